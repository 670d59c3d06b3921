import { alterationIsWithin } from '../../../domain/vocabulary/biomarkers/relations.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document } from '../sentences.ts'
import { fold } from '../text.ts'
import { readAtoms } from './atoms.ts'
import { allOf, anyOf, type Formula } from './formula.ts'
import { ANY_CHANGE } from './kinds.ts'
import { type Literal, literalsOf, literalsOfAtom } from './literals.ts'
import { isNeutral, isPlausible } from './neutral.ts'
import { withoutBothWays } from './opposed.ts'
import { readSentence, requiredBy } from './sentence.ts'
import { tokenise } from './tokens.ts'
import { saidOfSome } from './tumours.ts'

/** Titles name the marker of a whole trial: read for genes the criteria say nothing of (`known`). */
export function readTitles(input: CriteriaInput, known: Set<string>): Formula<Literal> | null {
  const parts: Formula<Literal>[] = []
  const named = new Set(known)
  for (const title of [input.officialTitle, input.briefTitle]) {
    if (!title) continue
    const folded = fold(title)
    const shouted = title === title.toUpperCase()
    const tokens = tokenise(shouted ? folded : title, folded)
    if (!tokens) continue
    const atoms = readAtoms(tokens).filter(
      (atom) => isPlausible(atom) && !isNeutral(folded, atom, 'title') && !atom.genes.some((gene) => named.has(gene)),
    )
    const ofSome = saidOfSome(title, folded, atoms)
    const ofAll = withoutBothWays(atoms).filter((atom) => !ofSome.has(atom))
    const { required } = requiredBy(folded, ofAll, (atom) => literalsOfAtom(atom, { title }))
    if (!required) continue
    parts.push(required)
    for (const { gene } of literalsOf(required)) named.add(gene)
  }
  return allOf(parts)
}

/**
 * "HER2 mutation" of a trial whose title says "HER2 exon 20 mutations": where a title names one kind of the change that
 * the criteria ask of everybody, that one is meant.
 */
export function narrowedByTitles(input: CriteriaInput, formula: Formula<Literal> | null): Formula<Literal> | null {
  const stated = formula === null ? [] : literalsOf(formula)
  const general = new Set(stated.filter(isGeneral).map(({ gene }) => gene))
  for (const literal of stated) if (!isGeneral(literal)) general.delete(literal.gene)
  if (formula === null || general.size === 0) return formula
  const titled = readTitles(input, new Set())
  const kinds = (titled ? literalsOf(titled) : []).filter(({ gene }) => general.has(gene))
  if (kinds.length === 0) return formula
  return mapLiterals(formula, (literal) => {
    const own = kinds.filter(({ gene }) => gene === literal.gene)
    const areKinds = own.every(
      (one) => !ANY_CHANGE.has(one.alteration) && alterationIsWithin(one.gene, one.alteration, literal.alteration),
    )
    return (areKinds && anyOf(own.map((one) => ({ one })))) || { one: literal }
  })
}

/** Some change of the gene, asked of everybody. */
const isGeneral = ({ alteration, sentence }: Literal) =>
  ANY_CHANGE.has(alteration) && (sentence?.cohort ?? null) === null

const mapLiterals = (formula: Formula<Literal>, change: (literal: Literal) => Formula<Literal>): Formula<Literal> => {
  if ('one' in formula) return change(formula.one)
  return 'all' in formula
    ? { all: formula.all.map((part) => mapLiterals(part, change)) }
    : { any: formula.any.map((part) => mapLiterals(part, change)) }
}

const OF_PEOPLE =
  /\b(?:patients?|participants?|subjects?|people|enrol+ed|eligible)\b|\bin (?:adults?|men|women|[a-z-]+ (?:cancers?|tumou?rs?))\b/

/** Without a word in criteria and titles, what the summary before them says of who takes part. */
export function readSummary(document: Document): Formula<Literal> | null {
  for (const sentence of document.summary) {
    if (!OF_PEOPLE.test(sentence.text)) continue
    const { required } = readSentence(document, { ...sentence, side: 'in' })
    if (required) return required
  }
  return null
}

import type { CriteriaInput } from '../input.ts'
import type { Document } from '../sentences.ts'
import { fold } from '../text.ts'
import { readAtoms } from './atoms.ts'
import { allOf, type Formula } from './formula.ts'
import { type Literal, literalsOf, literalsOfAtom } from './literals.ts'
import { isNeutral, isPlausible, withoutBothWays } from './neutral.ts'
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

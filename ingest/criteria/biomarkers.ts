import { TREATED_DISEASE } from './diagnosis.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import { allOf, anyOf, type Formula, toGroups } from './formula.ts'
import type { CriteriaInput } from './input.ts'
import { type Atom, readAtoms } from './marker-atoms.ts'
import { tokenise } from './marker-tokens.ts'
import type { Document, Sentence, Side } from './sentences.ts'
import { fold } from './text.ts'

/** One gene with what must be (or not be) of it, and where it is said. */
interface Literal {
  gene: string
  alteration: string
  threshold: string | null
  sentence: Sentence | null
  title: string | null
  from: number
  to: number
}

interface Reading {
  required: Formula<Literal> | null
  excluded: Literal[]
}

const NOTHING: Reading = { required: null, excluded: [] }

/** Words that say a marker is looked at, whatever it is. */
const WHATEVER =
  /\b(?:regardless|irrespective|independent(?:ly)?|whatever|whichever|quel(?:le)?s? que soi\w+|independamment|any (?:level of )?(?:pd|her2)|known or unknown|any value|all comers?|with or without|and without|(?:non-?mutated|wild[- ]?type|negative) (?:or|and) $|according to|stratif\w+|by (?:local |central )?(?:status|level))\b/
const LOOKED_AT =
  /\b(?:test(?:ed|ing|s)?|analys[ie]s|assess(?:ed|ment)|evaluat(?:e|ed|ion)|determin(?:e|ed|ation)|screen(?:ed|ing)?|result(?:s)?|sample|tissue|specimen|biops\w+|block|slides?|recherche|measure(?:d|ment)?) (?:[a-z]+ ){0,3}(?:for|of|to(?! be)|in|de|des|du|d'|whether|if)\b[^.;]{0,40}$/
/** "Any PD-L1 TPS": every value of the scale is taken. */
const SCALE_AFTER = /^ ?(?:tps|cps|tap|ihc|expression|score|status|level)\b/
/** A condition on those who have the marker, not a condition to have it. */
const CONDITIONAL_SUBJECT =
  /^(?:(?:for|in|if|when|among|pour|chez|si|dans)\b|(?:all |any |the )?(?:patients?|participants?|subjects?|those|individuals?|tumou?rs?|nsclc|women|men)\b)/
const CONDITIONAL_AFTER =
  /\b(?:must|should|shall|need(?:s)? to|(?:are|is) required to|have to|has to|will|may|can|are (?:eligible|allowed|permitted)|is (?:eligible|allowed|permitted)|doivent|doit|peuvent)\b/
const STILL_ADMITTED =
  /\b(?:who (?:have|has|are|were|had) (?:not|never)|that (?:have|has) not|without prior|unless|must have|should have|if (?:they|the|no)|in case|not (?:previously )?treated|who did not)\b/

/**
 * Biomarkers, required as alternatives of conjunctions and excluded one by one. Statements are joined by "and",
 * cohorts by "or"; what one cohort alone requires carries its name and no group, so that it binds nobody else.
 */
export function readBiomarkers(document: Document, input: CriteriaInput): Finding[] {
  const readings = document.sentences.map((sentence) => readSentence(document, sentence))
  const required = requiredFormula(document, readings)
  const titled = fromTitles(input, required.formula, readings)
  const stated = allOf([required.formula, titled])
  const summed = stated === null && required.cohortOnly.length === 0 ? fromSummary(document) : null
  const groups = toGroups(stated ?? summed, implies)
  const findings: Finding[] = []
  for (const [group, literals] of groups.entries()) {
    for (const literal of literals) findings.push(toFinding(literal, 'required', group))
  }
  for (const literal of required.cohortOnly) findings.push(toFinding(literal, 'required', null))
  const seen = new Set<string>()
  for (const literal of readings.flatMap(({ excluded }) => excluded)) {
    const key = `${literal.gene} ${literal.alteration} ${literal.threshold}`
    if (seen.has(key)) continue
    seen.add(key)
    findings.push(toFinding(literal, 'excluded', null))
  }
  return findings
}

function toFinding(literal: Literal, polarity: 'required' | 'excluded', group: number | null): Finding {
  const { gene, alteration, threshold, sentence, title, from, to } = literal
  const fact = { kind: 'biomarker', polarity, group, gene, alteration, state: 'present', threshold } as const
  if (!sentence) return foundElsewhere(fact, 'biomarker-title', 'title', title ?? '', 0.7)
  return found(fact, `biomarker-${sentence.side}`, sentence, { from, to, confidence: 0.85 })
}

function readSentence(document: Document, sentence: Sentence): Reading {
  const plain = document.plain.slice(sentence.start, sentence.end).replace(/\n/g, ' ')
  const tokens = tokenise(plain, sentence.text)
  if (!tokens) return NOTHING
  const atoms = readAtoms(tokens).filter((atom) => isPlausible(atom) && !isNeutral(sentence.text, atom, sentence.side))
  if (atoms.length === 0 || sentence.side === 'allowed') return NOTHING
  const literals = (atom: Atom): Literal[] =>
    atom.genes.map((gene) => ({
      gene,
      alteration: atom.alteration.code,
      threshold: atom.alteration.threshold,
      sentence,
      title: null,
      from: atom.start,
      to: atom.end,
    }))
  if (sentence.side === 'out') return { required: null, excluded: excludedBy(sentence, atoms, literals) }
  return requiredBy(sentence.text, atoms, literals)
}

/** Exclusion: what is there keeps out; what is denied there ("no CD20 expression") must be there. */
function excludedBy(sentence: Sentence, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Literal[] {
  return atoms.flatMap((atom) => {
    const after = sentence.text.slice(atom.end, atom.end + 90)
    const admitted = STILL_ADMITTED.exec(after)
    if (
      atom.excepted ||
      (admitted && !/\b(?:or|and) (?:those|patients|who)\b/.test(after.slice(0, admitted.index + 12)))
    )
      return []
    if (!atom.denied) return literals(atom)
    return literals(atom).map((literal) => ({
      ...literal,
      alteration:
        atom.alteration.sign === '-' ? 'positive' : EXPRESSED.has(literal.alteration) ? 'negative' : 'wild_type',
    }))
  })
}

const EXPRESSED = new Set(['positive', 'expression', 'overexpression', 'high', 'low', 'ultralow'])
const UNALTERED = new Set(['wild_type'])
/** Markers whose absence is itself how the disease is named: "HER2-negative" stays a requirement. */
const isAbsenceNamed = (atom: Atom) => atom.alteration.sign === '-' && !UNALTERED.has(atom.alteration.code)

function requiredBy(text: string, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Reading {
  const excluded: Literal[] = []
  const clauses: { atoms: Atom[]; parts: Formula<Literal>[] }[] = []
  for (const atom of atoms) {
    if (atom.excepted) continue
    const unaltered = UNALTERED.has(atom.alteration.code)
    if (atom.denied !== unaltered) {
      excluded.push(
        ...literals(atom).map((literal) => ({ ...literal, alteration: unaltered ? 'mutation' : literal.alteration })),
      )
      continue
    }
    if (atom.denied && unaltered) continue
    const made = literals(atom).map((one): Formula<Literal> => ({ one }))
    const formula = isAbsenceNamed(atom) ? allOf(made) : anyOf(made)
    if (!formula) continue
    const open = clauses[clauses.length - 1]
    if (open && isAlternative(text, open.atoms, atom)) {
      open.atoms.push(atom)
      open.parts.push(formula)
    } else clauses.push({ atoms: [atom], parts: [formula] })
  }
  return { required: allOf(clauses.map(({ parts }) => anyOf(parts))), excluded }
}

/** Whether an atom is one more alternative to those before it. */
function isAlternative(text: string, before: readonly Atom[], atom: Atom): boolean {
  const last = before[before.length - 1]
  if (!last) return false
  if (last.marker === atom.marker) return true
  const sameSign = last.alteration.sign === atom.alteration.sign
  const receptors = isReceptor(last) && isReceptor(atom)
  if (atom.join === 'or') return true
  if (!sameSign) return false
  if (atom.join === 'slash') return !isAbsenceNamed(atom) && !(receptors && last.genes[0] !== 'ER')
  if (isAbsenceNamed(atom)) return false
  const lists = isGeneChange(last) && isGeneChange(atom)
  if (atom.join === 'comma') return lists || laterOr(text, atom)
  if (atom.join === 'and')
    return lists && !/\bboth\b|\bco-?(?:mut|occ)|\bconcurrent/.test(text.slice(Math.max(0, last.start - 40), atom.end))
  return (
    lists &&
    /\b(?:or|either|one of|any of|at least one)\b/.test(
      text.slice(Math.max(0, before[0]?.start ?? 0) - 60 < 0 ? 0 : (before[0]?.start ?? 0) - 60, atom.start),
    )
  )
}

const laterOr = (text: string, atom: Atom) => /^[^.;]{0,60}\bor\b/.test(text.slice(atom.end))
const RECEPTORS = new Set(['ER', 'PR', 'HR', 'ERBB2'])
const isReceptor = (atom: Atom) => atom.genes.some((gene) => RECEPTORS.has(gene))
const isGeneChange = (atom: Atom) => !EXPRESSED.has(atom.alteration.code) && atom.alteration.code !== 'negative'

/** Fractions of their transcripts are residual disease, not what a tumour expresses. */
const NOT_MEASURED = new Set(['PHILADELPHIA', 'ABL1', 'BCR', 'NPM1', 'EBV', 'HPV'])

/** What can be said of signatures: "loss of MMR" in leukaemia is loss of a major molecular response. */
const SIGNATURES = new Set(['MMR', 'MSI', 'TMB', 'HRD'])
const SIGNATURE_STATES = new Set([
  'high',
  'low',
  'stable',
  'deficient',
  'proficient',
  'positive',
  'negative',
  'mutation',
])
const isPlausible = (atom: Atom) =>
  !atom.genes.some((gene) => SIGNATURES.has(gene)) || SIGNATURE_STATES.has(atom.alteration.code)

/** The result itself is stated. */
const RESULTS = new Set(['positive', 'negative', 'wild_type', 'high', 'low', 'deficient', 'proficient', 'stable'])
const TO_BE_TESTED =
  /^[^.;]{0,40}\b(?:must|should|needs? to|has to|doit|doivent) (?:have been|be|etre|avoir ete) (?:[a-z]+ )?(?:tested|assessed|known|determined|available|evaluated|measured|connue?s?|teste\w*|determine\w*)\b/

/** Mentions that set no condition: tested, whatever the result, or the subject of another condition. */
function isNeutral(text: string, atom: Atom, side: Side | 'title'): boolean {
  const before = text.slice(Math.max(0, atom.start - 80), atom.start)
  const after = text.slice(atom.end, atom.end + 110)
  if (
    WHATEVER.test(before.slice(-55)) ||
    /^[ ,)]*(?:status[ ,)]*)?(?:or unknown|or not|vs\.? |versus|and unknown|mandatory|not required|is unknown|unknown)/.test(
      after,
    )
  )
    return true
  if (
    atom.alteration.code === 'expression' &&
    atom.alteration.threshold === null &&
    /\bknown (?:tumou?r )?$/.test(before)
  )
    return true
  if (
    side !== 'out' &&
    LOOKED_AT.test(before) &&
    atom.alteration.threshold === null &&
    !/\b(?:positive|confirmed|documented)\b[^.;]{0,30}$/.test(before.slice(-30))
  )
    return true
  if (
    /\b(?:if|when|unless|in case of|in the case of|si|en cas de|cas de|for (?:patients?|participants?|subjects?|those) (?:with|whose|who))\b[^,.;]{0,40}$/.test(
      before.slice(-60),
    )
  )
    return true
  if (/\bany (?:level of )?$/.test(before) && (EXPRESSED.has(atom.alteration.code) || SCALE_AFTER.test(after)))
    return true
  if (atom.alteration.threshold === null && !RESULTS.has(atom.alteration.code) && TO_BE_TESTED.test(after)) return true
  if (side !== 'title' && TREATED_DISEASE.test(before)) return true
  if (atom.alteration.threshold !== null && atom.genes.some((gene) => NOT_MEASURED.has(gene))) return true
  if (/^(?:in|for|if|si|pour|chez|dans)\b/.test(text) && atom.start < 60 && /^[^.;]{0,80}:/.test(after)) return true
  const subject = CONDITIONAL_SUBJECT.test(text) && !CONDITIONAL_AFTER.test(text.slice(0, atom.start))
  if (subject && atom.start < 140) {
    const modal = CONDITIONAL_AFTER.exec(after)
    if (
      modal &&
      !/\b(?:eligible|included|enrolled|excluded)\b/.test(after.slice(modal.index, modal.index + 30)) &&
      !/^[^,.;]{0,60}\b(?:be|etre) (?:negative|positive|wild|confirmed|documented|present|known|available)/.test(
        after.slice(modal.index),
      )
    )
      return true
  }
  return false
}

/** Joins the statements: siblings by "and" or, under "one of the following", by "or"; cohorts by "or". */
function requiredFormula(
  document: Document,
  readings: readonly Reading[],
): { formula: Formula<Literal> | null; cohortOnly: Literal[] } {
  const own: (Formula<Literal> | null)[][] = document.statements.map(() => [])
  for (const [index, reading] of readings.entries()) {
    const statement = document.sentences[index]?.statement
    if (statement !== undefined && reading.required) own[statement]?.push(reading.required)
  }
  const children: number[][] = document.statements.map(() => [])
  const top: number[] = []
  for (const [index, { parent }] of document.statements.entries()) {
    if (parent === null) top.push(index)
    else children[parent]?.push(index)
  }
  const formulas: (Formula<Literal> | null)[] = document.statements.map(() => null)
  const cohortOnly: Literal[] = []
  for (let index = document.statements.length - 1; index >= 0; index--) {
    const ownCohort = document.statements[index]?.cohort ?? null
    const below = (children[index] ?? []).filter((child) => sameCohort(document, child, ownCohort))
    const apart = (children[index] ?? []).filter((child) => !sameCohort(document, child, ownCohort))
    const byName = new Map<string, (Formula<Literal> | null)[]>()
    for (const child of apart) {
      const name = document.statements[child]?.cohort ?? ''
      byName.set(name, [...(byName.get(name) ?? []), formulas[child] ?? null])
    }
    const lists = [...byName.values()].map((parts) => allOf(parts))
    const everyCohort = lists.length > 1 && lists.every((list) => list !== null)
    if (!everyCohort) cohortOnly.push(...lists.flatMap((list) => (list ? literalsOf(list) : [])))
    const parts = below.map((child) => formulas[child] ?? null)
    const alternatives = parts.some((part) => part !== null) && isAnyOf(document, index, below)
    const open = alternatives && below.some((child, at) => parts[at] === null && isAlternativeItem(document, child))
    if (open) cohortOnly.push(...parts.flatMap((part) => (part ? literalsOf(part) : [])))
    const joinedBelow = open ? null : alternatives ? anyOf(parts) : allOf(parts)
    formulas[index] = allOf([...(own[index] ?? []), joinedBelow, everyCohort ? anyOf(lists) : null])
  }
  const joined = byCohort(document, top, formulas)
  return { ...joined, cohortOnly: [...cohortOnly, ...joined.cohortOnly] }
}

const sameCohort = (document: Document, child: number, cohort: string | null) =>
  (document.statements[child]?.cohort ?? null) === cohort

/** An item that lets someone in without any marker: not a note, not a word on tests. */
function isAlternativeItem(document: Document, index: number): boolean {
  const statement = document.statements[index]
  if (!statement) return false
  const text = document.folded.slice(statement.start, statement.end)
  return (
    text.length > 12 &&
    !/^(?:note|nb|n\.b)\b|\b(?:test\w*|assay|laborator\w+|must|should|allowed|permitted)\b/.test(text)
  )
}

const ANY_OF =
  /\b(?:one of|any of|either|at least (?:one|1)|≥ ?1|or more|one or more|une? (?:des|parmi)|l'un|au moins une?|alterations?|mutations?|aberrations?|following (?:genes?|criteria for)|any one)\b/
const ALL_OF = /\b(?:all of|all the|toutes? les|tous les|both)\b/

function isAnyOf(document: Document, parent: number, below: readonly number[]): boolean {
  const statement = document.statements[parent]
  if (!statement) return false
  const lead = document.folded.slice(statement.start, statement.end)
  if (ALL_OF.test(lead.slice(-80))) return false
  if (ANY_OF.test(lead)) return true
  const cohorts = new Set(below.map((child) => document.statements[child]?.cohort ?? ''))
  if (cohorts.size > 1 && !cohorts.has('')) return true
  return below.some((child) => {
    const one = document.statements[child]
    const text = one ? document.folded.slice(one.start, one.end).trim() : ''
    return /\b(?:or|ou)[\s,;.]*$/.test(text) || /^(?:or|ou)\b/.test(text)
  })
}

function byCohort(document: Document, top: readonly number[], formulas: readonly (Formula<Literal> | null)[]) {
  const common: (Formula<Literal> | null)[] = []
  const cohorts = new Map<string, (Formula<Literal> | null)[]>()
  for (const { cohort, section } of document.statements) {
    if (cohort && section !== 'exclusion') cohorts.set(cohort, cohorts.get(cohort) ?? [])
  }
  for (const index of top) {
    const cohort = document.statements[index]?.cohort ?? null
    const formula = formulas[index] ?? null
    if (!formula) continue
    if (cohort === null) common.push(formula)
    else cohorts.get(cohort)?.push(formula)
  }
  const lists = [...cohorts.values()].map((parts) => allOf(parts))
  const every = lists.length > 1 && lists.every((formula) => formula !== null)
  const alone = lists.length === 1
  const formula = allOf([...common, every ? anyOf(lists) : null])
  const cohortOnly =
    every || (alone && lists[0] === null) ? [] : lists.flatMap((list) => (list ? literalsOf(list) : []))
  return { formula, cohortOnly }
}

function literalsOf(formula: Formula<Literal>): Literal[] {
  if ('one' in formula) return [formula.one]
  return ('all' in formula ? formula.all : formula.any).flatMap(literalsOf)
}

/** Titles name the marker of a whole trial: read for genes the criteria say nothing of. */
function fromTitles(
  input: CriteriaInput,
  formula: Formula<Literal> | null,
  readings: readonly Reading[],
): Formula<Literal> | null {
  const known = new Set(
    [...(formula ? literalsOf(formula) : []), ...readings.flatMap(({ excluded }) => excluded)].map(({ gene }) => gene),
  )
  const parts: Formula<Literal>[] = []
  for (const title of [input.officialTitle, input.briefTitle]) {
    if (!title) continue
    const folded = fold(title)
    const shouted = title === title.toUpperCase()
    const tokens = tokenise(shouted ? folded : title, folded)
    if (!tokens) continue
    const atoms = readAtoms(tokens).filter(
      (atom) => isPlausible(atom) && !isNeutral(folded, atom, 'title') && !atom.genes.some((gene) => known.has(gene)),
    )
    const { required } = requiredBy(folded, atoms, (atom) =>
      atom.genes.map((gene) => ({
        gene,
        alteration: atom.alteration.code,
        threshold: atom.alteration.threshold,
        sentence: null,
        title: title.slice(atom.start, atom.end),
        from: 0,
        to: 0,
      })),
    )
    if (!required) continue
    parts.push(required)
    for (const { gene } of literalsOf(required)) known.add(gene)
  }
  return allOf(parts)
}

/** Without a word in criteria and titles, what the summary before them says of who takes part. */
function fromSummary(document: Document): Formula<Literal> | null {
  for (const sentence of document.summary) {
    if (
      !/\b(?:patients?|participants?|subjects?|people|enrol+ed|eligible)\b|\bin (?:adults?|men|women|[a-z-]+ (?:cancers?|tumou?rs?))\b/.test(
        sentence.text,
      )
    )
      continue
    const { required } = readSentence(document, { ...sentence, side: 'in' })
    if (required) return required
  }
  return null
}

const ANY_CHANGE = new Set(['mutation', 'alteration', 'activating_mutation'])

/** The first says at least as much as the second. */
function implies(a: Literal, b: Literal): boolean {
  if (a.gene !== b.gene) return false
  if (a.alteration === b.alteration) return a.threshold === b.threshold || b.threshold === null
  if (ANY_CHANGE.has(b.alteration)) return !EXPRESSED.has(a.alteration) && a.alteration !== 'negative'
  return (
    (b.alteration === 'positive' || b.alteration === 'expression') &&
    EXPRESSED.has(a.alteration) &&
    (b.threshold === null || a.threshold === b.threshold)
  )
}

import type { LexiconEntry } from './lexicon.ts'
import { createLexicon } from './lexicon.ts'
import { isFreeName, lexiconEntries, type Sense, type Term } from './term.ts'
import { ANTIBODIES } from './therapies/antibodies.ts'
import { BLOOD_THERAPIES } from './therapies/blood.ts'
import { CHEMOTHERAPY } from './therapies/chemotherapy.ts'
import { HORMONES } from './therapies/hormones.ts'
import { IMMUNOTHERAPY } from './therapies/immunotherapy.ts'
import { LOCAL } from './therapies/local.ts'
import { SYSTEMIC } from './therapies/systemic.ts'
import { TARGETED } from './therapies/targeted.ts'
import type { SubstanceRow, TherapyClass } from './therapies/therapy-term.ts'
import { createTree } from './tree.ts'

/** Classes of treatments, widest first. */
export const THERAPY_CLASSES: readonly TherapyClass[] = [
  ...SYSTEMIC,
  ...IMMUNOTHERAPY,
  ...CHEMOTHERAPY,
  ...TARGETED,
  ...ANTIBODIES,
  ...BLOOD_THERAPIES,
  ...HORMONES,
  ...LOCAL,
]

/** One treatment: a class or a substance. The code is its English name: `anti-PD-1/PD-L1`, `nivolumab`. */
export interface Therapy extends Term {
  within: readonly string[]
  substance: boolean
}

/** Every class and substance of the vocabulary. */
export const THERAPIES: readonly Therapy[] = THERAPY_CLASSES.flatMap(({ substances = [], alsoSubstances, ...own }) => [
  { ...own, substance: false },
  ...substances.map((row) => readSubstance(row, own.code)),
])

function readSubstance([inn, dci, ...names]: SubstanceRow, ownClass: string): Therapy {
  const others = THERAPY_CLASSES.filter(({ alsoSubstances }) => alsoSubstances?.includes(inn))
  const free = names.filter((name) => isFreeName(name))
  const short = names.filter((name) => !isFreeName(name))
  return {
    code: inn,
    fr: dci,
    en: inn,
    ...(free.length > 0 && { names: free }),
    ...(short.length > 0 && { short }),
    within: [ownClass, ...others.map(({ code }) => code)],
    substance: true,
  }
}

const byCode = new Map(THERAPIES.map((therapy) => [therapy.code, therapy]))
const tree = createTree(THERAPIES.map(({ code, within }) => ({ code, parents: within })))

/** Every way of writing every treatment, for `createLexicon`. */
export const THERAPY_ENTRIES: readonly LexiconEntry<Sense>[] = [
  ...lexiconEntries(THERAPIES),
  ...THERAPY_CLASSES.map(({ code }) => ({ surface: code, value: { code, unsure: false } })),
]

const lexicon = createLexicon(THERAPY_ENTRIES.map(({ surface, value }) => ({ surface, value: value.code })))

/** The class or substance of a code, or null. */
export function therapyByCode(code: string): Therapy | null {
  return byCode.get(code) ?? null
}

/** The class or substance of a code or any of its names, in French or English, whatever the case; null if none. */
export function therapyByName(name: string): Therapy | null {
  return byCode.get(name) ?? byCode.get(lexicon.lookUp(name) ?? '') ?? null
}

/** Whether a treatment is another one or a kind of it (osimertinib: EGFR inhibitor). By code; false when unknown. */
export const therapyIsWithin = tree.isWithin

/** A treatment and the classes it belongs to, nearest first; empty for unknown codes. */
export const therapyAncestors = tree.ancestorsOf

import type { CriterionOf } from '../../domain/criterion.ts'
import type { GoldTrial } from './data.ts'

/** One biomarker statement, reduced to what is compared. */
export interface Atom {
  side: 'required' | 'excluded'
  gene: string
  /** Whether the marker is there (mutated, positive) or not (wild type, negative, absent). */
  sign: '+' | '-'
  alteration: string
  threshold: string | null
}

/** Whole families named by one word: a member and the family are the same gene in the labels. */
const FAMILIES: Record<string, string> = {
  NTRK1: 'NTRK',
  NTRK2: 'NTRK',
  NTRK3: 'NTRK',
  ER: 'HR',
  PR: 'HR',
  BRCA1: 'BRCA',
  BRCA2: 'BRCA',
  MLH1: 'MMR',
  MSH2: 'MMR',
  MSH6: 'MMR',
  PMS2: 'MMR',
  ABL1: 'PHILADELPHIA',
  BCR: 'PHILADELPHIA',
  'BCR::ABL1': 'PHILADELPHIA',
}
export const familyOf = (gene: string) => FAMILIES[gene] ?? gene

const NEGATIVE = /negative|wild|absent|proficient|stable|^low_msi$/

export const signOf = (alteration: string, state: 'present' | 'absent'): '+' | '-' =>
  NEGATIVE.test(alteration) !== (state === 'absent') ? '-' : '+'

export function atomsOfGold(labels: NonNullable<GoldTrial['biomarkers']>): Atom[] {
  const atom = (
    side: Atom['side'],
    b: { gene: string; alteration: string; state: 'present' | 'absent'; threshold?: string | null },
  ): Atom => ({
    side,
    gene: b.gene,
    sign: signOf(b.alteration, b.state),
    alteration: b.alteration,
    threshold: b.threshold ?? null,
  })
  return distinct([
    ...labels.required.flat().map((b) => atom('required', b)),
    ...labels.excluded.filter(({ gene }) => !/^other/i.test(gene)).map((b) => atom('excluded', b)),
  ])
}

export function atomsOfCriteria(criteria: readonly CriterionOf<'biomarker'>[]): Atom[] {
  return distinct(
    criteria
      .filter(({ polarity, group }) => polarity === 'excluded' || group !== null)
      .map(({ polarity, gene, alteration, state, threshold }) => ({
        side: polarity,
        gene,
        sign: signOf(alteration, state),
        alteration,
        threshold,
      })),
  )
}

const keyOf = ({ side, gene, sign, alteration }: Atom) => `${side} ${gene} ${sign} ${alteration}`
const distinct = (atoms: Atom[]) => [...new Map(atoms.map((atom) => [keyOf(atom), atom])).values()]

export const describeAtom = ({ side, gene, alteration, sign }: Atom) => `${side} ${gene} ${alteration} (${sign})`

/** Same gene (or family) and same meaning; "required negative" and "excluded positive" mean the same. */
export function sameSign(a: Atom, b: Atom): number {
  if (a.gene !== b.gene && familyOf(a.gene) !== familyOf(b.gene)) return 0
  const meaning = (atom: Atom) => (atom.side === 'required') === (atom.sign === '+')
  return meaning(a) === meaning(b) ? 1 : 0
}

const EXPRESSED = new Set(['expression', 'overexpression', 'positive', 'high', 'negative', 'low', 'ultralow'])

/** As `sameSign`, with the variant: the very variant 1, variant against any mutation 0.5. */
export function creditOfAtoms(a: Atom, b: Atom): number {
  if (sameSign(a, b) === 0) return 0
  const [one, other] = [plain(a.alteration), plain(b.alteration)]
  if (one === other || (EXPRESSED.has(a.alteration) && EXPRESSED.has(b.alteration))) return 1
  const general = [
    'mutation',
    'alteration',
    'activatingmutation',
    'wildtype',
    'targetablealteration',
    'fusion',
    'positive',
    'anyknownalteration',
    'validatedtargetabledrivermutationoralteration',
  ]
  if (general.includes(one) && general.includes(other))
    return general.indexOf(one) > 5 || general.indexOf(other) > 5 ? 1 : one === 'fusion' || other === 'fusion' ? 0.5 : 1
  return 0.5
}

/** Without what a label adds in its own words: who resists by a "TKI resistance mutation" is no part of the change. */
const plain = (alteration: string) =>
  alteration
    .replace(/^other:(?:TKI )?/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(skipping|deletion|insertion)mutations?$/, '$1')
    .replace(/mutations?$/, (m) => (m.length === alteration.length ? m : 'mutation'))

import { MARKER_LEXICON as NAMES } from '../../ingest/criteria/markers/names.ts'
import { readCriteria } from '../../ingest/criteria/read.ts'
import { type Atom, atomsOfCriteria, creditOfAtoms, describeAtom, sameSign, signOf } from './biomarker-atoms.ts'
import type { BiomarkerText } from './data.ts'
import type { DisputedLabel } from './disputed-labels.ts'
import { createTally, type Tally, tallySets } from './tally.ts'

/** Labels that are no gene: pathways and groups nobody is tested for by one name. */
const NO_GENE = /pathway|genetic aberrations/i
/** Ways of repair, named beside or instead of their genes: scored only where the labels name them too. */
const WAYS_OF_REPAIR = new Set(['HRD', 'HRR', 'DDR'])
/** A slip of the pen in a text, and in its label. */
const MISSPELT: Record<string, string> = { NTRAK: 'NTRK' }

/** "EGFR exon 19 deletion", "KRas G12C", "gBRCA1 deleterious mutation" → gene, alteration, sign. */
function atomsOfLabel(written: string, side: Atom['side']): Atom[] {
  const label = written.replace(/^[A-Z]+/, (name) => MISSPELT[name] ?? name)
  if (NO_GENE.test(label)) return []
  const found = NAMES.findAll(label)[0]
  const first = label.split(/[\s(]/)[0] ?? label
  const genes = found && found.start < 14 ? found.value.genes : [first.toUpperCase()]
  const words = label.slice(found ? found.end : first.length).toLowerCase()
  const named = found?.value.alteration ?? null
  const alteration = alterationOf(words, label) ?? named ?? 'mutation'
  return genes.map((gene) => ({ side, gene, alteration, sign: signOf(alteration, 'present'), threshold: null }))
}

function alterationOf(words: string, label: string): string | null {
  if (/negative/.test(words)) return 'negative'
  if (/wild|\bwt\b/.test(words)) return 'wild_type'
  const variant = /\b([A-Z]\d{2,4}[A-Z]?)\b/.exec(label.slice(4))
  if (variant) return variant[1] ?? null
  const exon = /exon (\d+) (del|ins)/.exec(words)
  if (exon) return `exon${exon[1]}_${exon[2] === 'del' ? 'deletion' : 'insertion'}`
  const named =
    /\b(fusion|rearrangement|translocation|amplification|overexpression|expression|positive|loss|deletion|itd|activating mutation|mutation|high|deficien\w+|alteration|aberration|defect)/.exec(
      words,
    )?.[1]
  if (!named) return null
  if (/rearr|transl/.test(named)) return 'fusion'
  if (/aberr|defect/.test(named)) return 'alteration'
  return named
    .replace('activating mutation', 'activating_mutation')
    .replace(/^deficien.*/, 'deficient')
    .replace('itd', 'ITD')
}

export const BIOMARKER_FIGURES = [
  'required, gene and sign',
  'excluded, gene and sign',
  'required, variant',
  'excluded, variant',
] as const

/**
 * Scores texts whose labels are biomarkers alone. The summary that precedes the criteria is left in, as published; what
 * one cohort alone requires counts, since the labels join all cohorts. Labels that `disputed` gives are put right.
 */
export function scoreBiomarkerTexts(
  texts: readonly BiomarkerText[],
  keep: (index: number) => boolean,
  disputed: (index: number) => readonly DisputedLabel[] = () => [],
): [string, Tally][] {
  const tallies = Object.fromEntries(BIOMARKER_FIGURES.map((figure) => [figure, createTally()])) as Record<
    (typeof BIOMARKER_FIGURES)[number],
    Tally
  >
  for (const [index, { input, output }] of texts.entries()) {
    if (!keep(index)) continue
    const criteria = readCriteria({
      briefTitle: '',
      officialTitle: null,
      conditions: [],
      keywords: [],
      eligibilityCriteria: input,
      minimumAgeYears: null,
      maximumAgeYears: null,
      sex: null,
    }).filter((criterion) => criterion.kind === 'biomarker')
    const labelled = putRight(
      [
        ...output.inclusion_biomarker.flat().flatMap((label) => atomsOfLabel(label, 'required')),
        ...output.exclusion_biomarker.flat().flatMap((label) => atomsOfLabel(label, 'excluded')),
      ],
      disputed(index),
    )
    const found = atomsOfCriteria(
      criteria.map((criterion) =>
        criterion.polarity === 'required' ? { ...criterion, group: criterion.group ?? -1 } : criterion,
      ),
    ).filter(({ gene }) => !WAYS_OF_REPAIR.has(gene) || labelled.some((one) => one.gene === gene))
    for (const [level, credit] of [
      ['gene and sign', sameSign],
      ['variant', creditOfAtoms],
    ] as const) {
      for (const side of ['required', 'excluded'] as const) {
        const tally = tallies[`${side}, ${level}`]
        scoreSide(
          tally,
          unique(
            found.filter((a) => a.side === side),
            level,
          ),
          labelled,
          found,
          unique(
            labelled.filter((a) => a.side === side),
            level,
          ),
          credit,
          `text ${index}`,
        )
      }
    }
  }
  return BIOMARKER_FIGURES.map((figure) => [figure, tallies[figure]])
}

function putRight(labelled: Atom[], disputed: readonly DisputedLabel[]): Atom[] {
  const wrong = disputed.filter(({ fault }) => fault === 'labelled')
  const kept = labelled.filter(
    (atom) =>
      !wrong.some(
        ({ side, genes, alteration }) =>
          side === atom.side && genes.includes(atom.gene) && signOf(alteration, 'present') === atom.sign,
      ),
  )
  const added = disputed
    .filter(({ fault }) => fault === 'left out')
    .flatMap(({ side, genes, alteration }) =>
      genes.map((gene): Atom => ({ side, gene, alteration, sign: signOf(alteration, 'present'), threshold: null })),
    )
  return [...kept, ...added]
}

/** At gene level one gene counts once per sign. */
const unique = (atoms: Atom[], level: string) => [
  ...new Map(atoms.map((a) => [level === 'variant' ? `${a.gene} ${a.alteration}` : `${a.gene} ${a.sign}`, a])).values(),
]

function scoreSide(
  tally: Tally,
  own: Atom[],
  labelled: Atom[],
  found: Atom[],
  wanted: Atom[],
  credit: (a: Atom, b: Atom) => number,
  label: string,
) {
  const precision = createTally()
  tallySets(precision, own, labelled, credit, describeAtom, label)
  const recall = createTally()
  tallySets(recall, found, wanted, credit, describeAtom, label)
  tally.found += precision.found
  tally.foundRight += precision.foundRight
  tally.expected += recall.expected
  tally.expectedRight += recall.expectedRight
  tally.misses.push(
    ...precision.misses.filter((miss) => /found, not/.test(miss)),
    ...recall.misses.filter((miss) => /labelled, not/.test(miss)),
  )
}

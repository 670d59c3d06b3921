import type { Criterion, CriterionOf } from '../../domain/criterion.ts'
import { CANCER_ENTRIES, oncotreeCodes } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { atomsOfCriteria, atomsOfGold, creditOfAtoms, describeAtom, sameSign } from './biomarker-atoms.ts'
import type { GoldTrial } from './data.ts'
import { createTally, type Tally, tallySets, tallyValue } from './tally.ts'
import { scoreTherapies } from './therapies.ts'

/** Names of the figures, in the order they are printed. */
export const GOLD_FIGURES = [
  'cancers',
  'cancers excluded',
  'stages and settings',
  'biomarkers required, gene and sign',
  'biomarkers excluded, gene and sign',
  'biomarkers required, variant',
  'biomarkers excluded, variant',
  'prior lines',
  'prior therapies required',
  'prior therapies excluded',
  'ECOG',
  'Karnofsky and Lansky',
  'brain metastases',
  'measurable disease',
  'transplant or CAR-T',
  'pregnancy',
  'HIV',
  'hepatitis B or C',
  'autoimmune',
  'interstitial lung disease',
  'second malignancy',
  'age',
  'sex',
] as const
export type GoldFigure = (typeof GOLD_FIGURES)[number]

export const createGoldTallies = () =>
  Object.fromEntries(GOLD_FIGURES.map((figure) => [figure, createTally()])) as Record<GoldFigure, Tally>

/** Trials whose labels of one kind are not scored (README of the labelled data). */
const CANCERS_NOT_SCORED = new Set(['NCT01949129'])

/** Adds one trial to the tallies, by the rules of the labelled data's README. */
export function scoreTrial(
  tallies: Record<GoldFigure, Tally>,
  gold: GoldTrial,
  criteria: readonly Criterion[],
  ancestors: Map<string, string[]>,
) {
  const label = gold.nctId
  const of = <K extends Criterion['kind']>(kind: K) => criteria.filter((c): c is CriterionOf<K> => c.kind === kind)
  scoreCancers(tallies, gold, of('cancer'), ancestors)
  if (!gold.oncology) return

  const wanted = [...new Set((gold.stages?.any_of ?? []).map((stage) => (stage === 'recurrent' ? 'relapsed' : stage)))]
  const read = new Set([...of('stage'), ...of('setting')].flatMap((c) => (c.polarity === 'required' ? c.anyOf : [])))
  const stages = tallies['stages and settings']
  for (const stage of wanted) {
    stages.expected++
    if (read.has(stage)) stages.expectedRight++
    else stages.misses.push(`${label}: labelled, not found ${stage} (found ${[...read].join(' ')})`)
  }
  stages.found += wanted.length > 0 ? read.size : 0
  stages.foundRight += wanted.length > 0 ? read.size : 0

  for (const [level, credit] of [
    ['gene and sign', sameSign],
    ['variant', creditOfAtoms],
  ] as const) {
    const labelled = atomsOfGold(gold.biomarkers ?? { required: [], excluded: [] })
    const found = atomsOfCriteria(of('biomarker'))
    for (const side of ['required', 'excluded'] as const) {
      const tally = tallies[`biomarkers ${side}, ${level}`]
      const own = found.filter((atom) => atom.side === side)
      const right = labelled.filter((atom) => atom.side === side)
      const partial = createTally()
      tallySets(partial, own, labelled, credit, describeAtom, label)
      tally.found += partial.found
      tally.foundRight += partial.foundRight
      tally.misses.push(
        ...partial.misses
          .filter((miss) => !miss.includes('labelled, not found') && !miss.includes(': near labelled'))
          .map((m) => m.replace(': near', ': near (found)'))
          .slice(0, partial.found),
      )
      const recall = createTally()
      tallySets(recall, found, right, credit, describeAtom, label)
      tally.expected += recall.expected
      tally.expectedRight += recall.expectedRight
      tally.misses.push(...recall.misses.filter((miss) => miss.includes('labelled, not found')))
    }
  }

  const lines = of('prior_lines')[0]
  tallyValue(tallies['prior lines'], lines?.min ?? null, gold.priorSystemicLines?.min ?? null, `${label} min`)
  tallyValue(tallies['prior lines'], lines?.max ?? null, gold.priorSystemicLines?.max ?? null, `${label} max`)

  scoreTherapies(
    { required: tallies['prior therapies required'], excluded: tallies['prior therapies excluded'] },
    gold,
    of('prior_therapy'),
  )

  const scale = (name: 'ECOG' | 'Karnofsky' | 'Lansky') => of('performance').find((c) => c.scale === name)
  tallyValue(tallies.ECOG, scale('ECOG')?.max ?? null, gold.ecogMax ?? null, label)
  tallyValue(
    tallies['Karnofsky and Lansky'],
    scale('Karnofsky')?.min ?? null,
    gold.karnofskyMin ?? null,
    `${label} Karnofsky`,
  )
  tallyValue(tallies['Karnofsky and Lansky'], scale('Lansky')?.min ?? null, gold.lanskyMin ?? null, `${label} Lansky`)
  tallyValue(tallies['brain metastases'], of('brain_metastases')[0]?.value ?? null, gold.brainMetastases ?? null, label)
  tallyValue(
    tallies['measurable disease'],
    of('measurable_disease').length > 0 || null,
    gold.measurableDisease ?? null,
    label,
  )

  const transplants = of('transplant').filter(
    ({ procedure }) => procedure !== 'organ' || gold.priorTransplantOrCART !== null,
  )
  const transplant = transplants.find((c) => c.polarity === 'required') ?? transplants[0]
  tallyValue(tallies['transplant or CAR-T'], transplant?.polarity ?? null, gold.priorTransplantOrCART ?? null, label)

  const has = (kind: Criterion['kind']) => criteria.some((c) => c.kind === kind) || null
  const infected = (agents: string[]) =>
    of('infection').some((c) => c.polarity === 'excluded' && agents.includes(c.agent)) || null
  scoreWhenLabelled(tallies.pregnancy, has('pregnancy'), gold.pregnancyExcluded, label)
  scoreWhenLabelled(tallies.HIV, infected(['HIV']), gold.hivExcluded, label)
  scoreWhenLabelled(tallies['hepatitis B or C'], infected(['HBV', 'HCV']), gold.hepatitisBCExcluded, label)
  scoreWhenLabelled(tallies.autoimmune, has('autoimmune'), gold.autoimmuneExcluded, label)
  scoreWhenLabelled(tallies['interstitial lung disease'], has('ild'), gold.ildExcluded, label)
  scoreWhenLabelled(tallies['second malignancy'], has('second_malignancy'), gold.secondMalignancyExcluded, label)

  const age = of('age')[0]
  tallyValue(tallies.age, rounded(age?.minYears), rounded(gold.minAgeYears), `${label} min`)
  tallyValue(tallies.age, rounded(age?.maxYears), rounded(gold.maxAgeYears), `${label} max`)
  tallyValue(tallies.sex, of('sex')[0]?.value ?? 'ALL', gold.sex ?? 'ALL', label)
}

const rounded = (years: number | null | undefined) =>
  years === null || years === undefined ? null : Math.round(years * 100) / 100

/** A null label is not scored. */
function scoreWhenLabelled(tally: Tally, found: true | null, labelled: true | null | undefined, label: string) {
  if (labelled) tallyValue(tally, found, true, label)
}

const CANCER_NAMES = createLexicon(CANCER_ENTRIES)

/**
 * A label without OncoTree code stands for the code of ours that its first words name (plasma cell leukaemia, POEMS,
 * Richter transformation, the family of germ cell tumours); null where they name none.
 */
function codeOfLabel(label: string): string | null {
  const first = CANCER_NAMES.findAll(label)[0]
  return first && first.start === 0 && !first.value.unsure && / ?(?:$|\(|\/)/y.test(label.slice(first.end))
    ? first.value.code
    : null
}

const SAME_CANCER: Record<string, string[]> = { BRCA: ['BREAST'], COADREAD: ['COAD', 'READ', 'BOWEL'] }

function scoreCancers(
  tallies: Record<GoldFigure, Tally>,
  gold: GoldTrial,
  found: CriterionOf<'cancer'>[],
  ancestors: Map<string, string[]>,
) {
  const credit = (a: string, b: string) => {
    if (a === b || SAME_CANCER[a]?.includes(b) || SAME_CANCER[b]?.includes(a)) return 1
    return ancestors.get(a)?.includes(b) || ancestors.get(b)?.includes(a) ? 0.5 : 0
  }
  const codes = (items: readonly { oncotree: string | null; label: string }[] | undefined) => [
    ...new Set((items ?? []).flatMap(({ oncotree, label }) => oncotree ?? codeOfLabel(label) ?? [])),
  ]
  const foundCodes = (polarity: 'required' | 'excluded', labelled: readonly string[]) => {
    const own = [...new Set(found.filter((c) => c.polarity === polarity).map(({ code }) => code))]
    const family = labelled.find(
      (code) => oncotreeCodes(code).length > 1 && oncotreeCodes(code).every((one) => own.includes(one)),
    )
    return family ? [family, ...own.filter((code) => !oncotreeCodes(family).includes(code))] : own
  }
  const describe = (code: string) => code
  if (!CANCERS_NOT_SCORED.has(gold.nctId)) {
    const labelled = codes(gold.cancers)
    tallySets(tallies.cancers, foundCodes('required', labelled), labelled, credit, describe, gold.nctId)
  }
  const excluded = codes(gold.excludedCancers)
  tallySets(tallies['cancers excluded'], foundCodes('excluded', excluded), excluded, credit, describe, gold.nctId)
}

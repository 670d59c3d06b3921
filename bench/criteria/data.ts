import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { CriteriaInput } from '../../ingest/criteria/input.ts'

const SHARED = new URL('../../../shared/data/', import.meta.url)

/** The JSON lines of a file of ../shared/data, gzipped or not. */
export const readLines = (path: string): unknown[] => {
  const bytes = readFileSync(new URL(path, SHARED))
  return parsed(path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8'))
}

const parsed = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))

export interface GoldBiomarker {
  gene: string
  alteration: string
  state: 'present' | 'absent'
  threshold?: string | null
}

/** One hand-labelled trial, as `criteria/README.md` describes it. */
export interface GoldTrial {
  nctId: string
  oncology: boolean
  cancers?: { oncotree: string | null; label: string }[]
  excludedCancers?: { oncotree: string | null; label: string }[]
  stages?: { any_of: string[] } | null
  setting?: string | null
  priorSystemicLines?: { min: number | null; max: number | null } | null
  ecogMax?: number | null
  karnofskyMin?: number | null
  lanskyMin?: number | null
  biomarkers?: { required: GoldBiomarker[][]; excluded: GoldBiomarker[] }
  brainMetastases?: string | null
  measurableDisease?: true | null
  priorTherapyRequired?: { therapy: string }[]
  priorTherapyExcluded?: { therapy: string }[]
  priorTransplantOrCART?: 'excluded' | 'required' | null
  minAgeYears?: number | null
  maxAgeYears?: number | null
  sex?: 'ALL' | 'FEMALE' | 'MALE'
  pregnancyExcluded?: true | null
  hivExcluded?: true | null
  hepatitisBCExcluded?: true | null
  autoimmuneExcluded?: true | null
  ildExcluded?: true | null
  secondMalignancyExcluded?: true | null
}

/**
 * Trials labelled from their texts, before what is read from them here was looked at. `shared`: those of
 * ../shared/data.
 * `own` and `unseen`: drawn from the other recorded studies (seeded) and labelled in the same form, without quotes, in
 * bench/criteria/labels. What is misread of `own` was read and mended; of `unseen` nobody looks at more than the
 * figures.
 */
export const LABEL_SETS = ['shared', 'own', 'unseen'] as const
export type LabelSet = (typeof LABEL_SETS)[number]

export const readLabels = (set: LabelSet): GoldTrial[] =>
  (set === 'shared'
    ? readLines('criteria/oncology-gold.ndjson')
    : parsed(readFileSync(new URL(`labels/${set}.ndjson`, import.meta.url), 'utf8'))) as GoldTrial[]

/** One text with inclusion and exclusion biomarkers in disjunctive normal form. */
export interface BiomarkerText {
  input: string
  output: { inclusion_biomarker: string[][]; exclusion_biomarker: string[][] }
}

export const readBiomarkerTexts = (part: 'train' | 'validation') =>
  readLines(`criteria/oncology-biomarkers-${part}.ndjson.gz`) as BiomarkerText[]

export interface Study {
  nctId: string
  input: CriteriaInput
}

interface RawStudy {
  protocolSection: {
    identificationModule: { nctId: string; briefTitle?: string; officialTitle?: string }
    conditionsModule?: { conditions?: string[]; keywords?: string[] }
    eligibilityModule?: { eligibilityCriteria?: string; minimumAge?: string; maximumAge?: string; sex?: string }
  }
  derivedSection?: { conditionBrowseModule?: { meshes?: { id: string; term: string }[] } }
}

const YEARS: Record<string, number> = {
  Year: 1,
  Month: 1 / 12,
  Week: 7 / 365.25,
  Day: 1 / 365.25,
  Hour: 1 / 8766,
  Minute: 1 / 525960,
}

const yearsOf = (age: string | undefined) => {
  const match = /^(\d+) (Year|Month|Week|Day|Hour|Minute)s?$/.exec(age ?? '')
  return match ? Number(match[1]) * (YEARS[match[2] ?? ''] ?? 1) : null
}

function toStudy(raw: RawStudy): Study {
  const { identificationModule: names, conditionsModule, eligibilityModule } = raw.protocolSection
  const sex = eligibilityModule?.sex
  return {
    nctId: names.nctId,
    input: {
      briefTitle: names.briefTitle ?? '',
      officialTitle: names.officialTitle ?? null,
      conditions: conditionsModule?.conditions ?? [],
      keywords: conditionsModule?.keywords ?? [],
      meshTerms: raw.derivedSection?.conditionBrowseModule?.meshes ?? [],
      eligibilityCriteria: eligibilityModule?.eligibilityCriteria ?? null,
      minimumAgeYears: yearsOf(eligibilityModule?.minimumAge),
      maximumAgeYears: yearsOf(eligibilityModule?.maximumAge),
      sex: sex === 'FEMALE' || sex === 'MALE' || sex === 'ALL' ? sex : null,
    },
  }
}

/** The 2,030 recorded studies, those with a French site first. */
export const readStudies = (): Study[] =>
  [...readLines('ctgov/studies-with-french-site.ndjson.gz'), ...readLines('ctgov/studies-other.ndjson.gz')].map((raw) =>
    toStudy(raw as RawStudy),
  )

interface OncotreeNode {
  code: string
  children: Record<string, OncotreeNode>
}

/** OncoTree code → the codes above it, nearest first. */
export function readOncotreeAncestors(): Map<string, string[]> {
  const tree = JSON.parse(readFileSync(new URL('vocabulary/oncotree_2025_10_03.json', SHARED), 'utf8')) as Record<
    string,
    OncotreeNode
  >
  const ancestors = new Map<string, string[]>()
  const visit = (node: OncotreeNode, above: string[]) => {
    ancestors.set(node.code, above)
    for (const child of Object.values(node.children)) visit(child, [node.code, ...above])
  }
  for (const root of Object.values(tree)) for (const child of Object.values(root.children)) visit(child, [])
  return ancestors
}

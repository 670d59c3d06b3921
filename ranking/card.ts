import type { CriterionVerdict } from '../domain/answer.ts'
import type { CriterionKind } from '../domain/criterion.ts'
import { REGISTRIES } from '../domain/registry.ts'
import { OPENNESS, type Openness } from '../domain/status.ts'
import type { Site, Trial } from '../domain/trial.ts'
import { disagreementOnTrial, type Statement } from './disagreement.ts'
import { faceOf, type ShownSite, shownSite } from './face.ts'
import { confirmedOn } from './freshness.ts'
import { opennessOf, type TrialOpenness } from './openness.ts'

/** The kinds of criteria that a question can ask about. */
const ASKED: Record<CriterionKind, boolean> = {
  cancer: true,
  stage: true,
  setting: true,
  biomarker: true,
  prior_lines: true,
  prior_therapy: true,
  performance: true,
  age: true,
  sex: true,
  brain_metastases: true,
  measurable_disease: false,
  transplant: false,
  infection: false,
  pregnancy: false,
  autoimmune: false,
  ild: false,
  second_malignancy: false,
}

/** What the ranking keeps of a trial: everything an answer shows or judges, without the long texts and closed sites. */
export interface Card
  extends Pick<
    Trial,
    | 'id'
    | 'briefTitle'
    | 'phases'
    | 'studyType'
    | 'lastUpdateDate'
    | 'conditions'
    | 'keywords'
    | 'meshTerms'
    | 'meshAncestors'
    | 'sex'
    | 'minimumAgeYears'
    | 'maximumAgeYears'
    | 'criteria'
  > {
  /**
   * The sites one may be shown, most recently confirmed first: those that take patients now; without any, those of
   * which nothing is said.
   */
  sites: ShownSite[]
  openSiteCount: number
  openness: TrialOpenness
  disagreement: readonly Statement[] | null
  /** A `Face` as JSON. */
  face: string
  /** The kind of each criterion, side by side: who looks for one kind need not fetch all of them from the memory. */
  kinds: readonly CriterionKind[]
  /** The record the criteria were read from. */
  criteriaSource: CriterionVerdict['source']
}

/** Cut a trial down to what the ranking needs. */
export function cardOf(trial: Trial): Card {
  const { sites, criteria } = trial
  const freshestFirst = byConfirmation(trial)
  const of = (openness: Openness) => sites.filter(({ status }) => OPENNESS[status] === openness).sort(freshestFirst)
  const open = of('open')
  const { id, briefTitle, phases, studyType, lastUpdateDate, conditions, keywords, meshTerms, meshAncestors } = trial
  const { sex, minimumAgeYears, maximumAgeYears } = trial
  const asked = criteria.filter(({ kind }) => ASKED[kind])
  return {
    id,
    face: faceOf(trial, open.length),
    sites: (open.length > 0 ? open : of('unknown')).map((site) => shownSite(site, trial)),
    criteria: asked,
    kinds: asked.map(({ kind }) => kind),
    criteriaSource: sourceOfCriteria(trial),
    disagreement: disagreementOnTrial(trial),
    openness: opennessOf(trial),
    openSiteCount: open.length,
    briefTitle,
    phases,
    studyType,
    lastUpdateDate,
    conditions,
    keywords,
    meshTerms,
    meshAncestors,
    sex,
    minimumAgeYears,
    maximumAgeYears,
  }
}

function sourceOfCriteria({ provenance, sources }: Trial): CriterionVerdict['source'] {
  const [registry, id] = (provenance.criteria ?? '').split(/:(.*)/)
  const known = REGISTRIES.find((name) => name === registry)
  if (known !== undefined && id) return { registry: known, id }
  const [first] = sources
  return first ? { registry: first.registry, id: first.registryId } : null
}

const byConfirmation = (trial: Trial) => (a: Site, b: Site) => {
  const [ofA, ofB] = [confirmedOn(a, trial) ?? '', confirmedOn(b, trial) ?? '']
  if (ofA !== ofB) return ofA > ofB ? -1 : 1
  return a.id < b.id ? -1 : 1
}

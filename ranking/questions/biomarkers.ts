import type { Criterion, CriterionOf } from '../../domain/criterion.ts'
import type { BiomarkerAnswer } from '../../domain/question.ts'
import { biomarkerByCode } from '../../domain/vocabulary/biomarkers.ts'
import { type Column, criteriaTopic, type Topic } from '../topic.ts'
import {
  CONTRADICTED,
  type Code,
  isSure,
  type Judgement,
  MET,
  NOT_RESTRICTED,
  NOTHING_ASKED,
  UNKNOWN,
  valuesByCode,
} from '../verdict.ts'
import type { Weights } from '../weights.ts'
import { isAnyCancer, numberOfCancer } from './cancer-relations.ts'
import { markerName, markerStatus } from './markers/names.ts'
import { createPanels, type Panels } from './markers/panel.ts'
import { BINDS, OF_OTHERS, reachOf } from './markers/reach.ts'
import { canonical, type Said, toldOf } from './markers/told.ts'
import { type Known, knownOf, NO, OPEN, type Truth, YES } from './markers/truth.ts'

type Marker = CriterionOf<'biomarker'>

/** A statement of the trial with what is known of it. */
interface Judged {
  one: Marker
  said: Said
  at: number
  known: Known
}

/**
 * Biomarkers. Required ones are an OR of ANDs by `group`; each excluded one keeps out alone; both in Kleene's logic.
 * What only some people of the trial must have (no group) is to be checked where it does not hold. There is one line
 * per answer, and two for what the trial asks and was not told: required and excluded markers. The topic is asked by
 * any cancer question, because the markers are part of the disease that a trial is for.
 */
export function createBiomarkers(): Topic<Marker[]> {
  const panels = createPanels()
  return {
    ...criteriaTopic('biomarker'),
    keep: panels.keep,
    inquire: ({ biomarkers: answers = [], cancer }, weights) =>
      answers.length === 0 && (cancer === undefined || isAnyCancer(cancer))
        ? null
        : inquirePanel(panels, answers, cancer === undefined ? -1 : numberOfCancer(cancer), weights),
  }
}

function inquirePanel(panels: Panels, answers: readonly BiomarkerAnswer[], cancer: number, weights: Weights) {
  const told = answers.map(toldOf)
  const { biomarkerPresent, biomarkerAbsent, biomarkerRequiredUntold, biomarkerExcludedUntold } = weights.questions
  const columns: Column[] = [
    ...answers.map((answer, at) => ({
      question: questionOf(answer),
      weight: told[at]?.present ? biomarkerPresent : biomarkerAbsent,
      name: markerName(answer),
    })),
    { question: 'biomarker', weight: biomarkerRequiredUntold, name: markerStatus(null), untold: true },
    { question: 'biomarker', weight: biomarkerExcludedUntold, name: markerStatus(null), untold: true },
  ]
  const sum = panels.against(told, cancer, {
    answers: columns.slice(0, told.length).map(({ weight }) => weight),
    requiredUntold: biomarkerRequiredUntold,
    excludedUntold: biomarkerExcludedUntold,
    values: valuesByCode(weights),
  })
  return { columns, sum, judge: (criteria: Marker[]) => judgePanel(criteria, told, cancer), untold: untoldLine }
}

const questionOf = ({ gene, alteration, state }: BiomarkerAnswer): string =>
  ['biomarker', gene, ...(alteration === undefined ? [] : [alteration]), state].join(':')

/** What was not told is asked marker by marker. */
function untoldLine(statement: Criterion): Pick<Column, 'question' | 'name'> {
  const gene = statement.kind === 'biomarker' ? statement.gene : ''
  return { question: `biomarker:${gene}`, name: markerStatus(biomarkerByCode(gene) ?? { fr: gene, en: gene }) }
}

function judgePanel(criteria: readonly Marker[], told: readonly Said[], cancer: number): Judgement[] {
  const judged = criteria.map((one, at): Judged => {
    const said = canonical(one.gene, one.alteration, one.state, one.threshold)
    const known = knownOf(said, told)
    return { one, said, at, known: isSure(one) ? known : { truth: OPEN, by: known.by } }
  })
  const required = groupsOf(judged)
  const ofSome = judged.filter(({ one }) => one.polarity === 'required' && one.group === null)
  const excluded = judged.filter(({ one }) => one.polarity === 'excluded' && reachOf(one, cancer) !== OF_OTHERS)
  const outcome = outcomeOf(required)
  const lines = told.map((_, at) =>
    worstOf([...requiredSays(required, outcome, at), ...ofSomeSays(ofSome, at), ...excludedSays(excluded, at, cancer)]),
  )
  const untold = (statements: readonly Judged[]): Judgement => {
    const at = statements.filter(({ known }) => known.truth === OPEN && known.by.length === 0).map((found) => found.at)
    return { code: at.length > 0 ? UNKNOWN : NOTHING_ASKED, at }
  }
  const alive = required.filter((group) => truthOf(group) === OPEN).flat()
  return [...lines, untold([...(outcome === OPEN ? alive : []), ...ofSome]), untold(excluded)]
}

function groupsOf(judged: readonly Judged[]): Judged[][] {
  const groups = new Map<number, Judged[]>()
  for (const one of judged) {
    const { polarity, group } = one.one
    if (polarity === 'required' && group !== null) groups.set(group, [...(groups.get(group) ?? []), one])
  }
  return [...groups.values()]
}

const truthOf = (group: readonly Judged[]): Truth => Math.min(...group.map(({ known }) => known.truth)) as Truth

/** OR of the groups. */
const outcomeOf = (groups: readonly Judged[][]): Truth =>
  groups.length === 0 ? YES : (Math.max(...groups.map(truthOf)) as Truth)

/** What the required markers say to one answer. */
function requiredSays(groups: readonly Judged[][], outcome: Truth, answer: number): Judgement[] {
  const anyAlive = groups.some((group) => truthOf(group) !== NO)
  return groups.flatMap((group) => {
    const alive = truthOf(group) !== NO
    if (outcome === YES && truthOf(group) !== YES) return []
    return group.flatMap(({ known, at }): Judgement[] => {
      if (!known.by.includes(answer)) return []
      // A group that failed while another may still hold decides nothing about the answer.
      if (!alive && anyAlive) return []
      if (!alive) return known.truth === NO ? [{ code: CONTRADICTED, at: [at] }] : []
      return [{ code: known.truth === YES ? MET : UNKNOWN, at: [at] }]
    })
  })
}

/** What only some of the trial's people must have says to one answer: others may enter without it. */
const ofSomeSays = (ofSome: readonly Judged[], answer: number): Judgement[] =>
  ofSome
    .filter(({ known }) => known.by.includes(answer))
    .map(({ known, at }) => ({ code: known.truth === YES ? MET : UNKNOWN, at: [at] }))

/** What the excluded markers say to one answer. */
function excludedSays(excluded: readonly Judged[], answer: number, cancer: number): Judgement[] {
  return excluded.flatMap(({ one, known, at }): Judgement[] => {
    if (!known.by.includes(answer)) return []
    if (known.truth === NO) return [{ code: MET, at: [at] }]
    const keepsOut = known.truth === YES && reachOf(one, cancer) === BINDS
    return [{ code: keepsOut ? CONTRADICTED : UNKNOWN, at: [at] }]
  })
}

/** Contradicted before unknown before met; silence when nothing was said. */
function worstOf(judgements: readonly Judgement[]): Judgement {
  const worst = judgements.reduce<Code>(
    (code, one) => (code === NOT_RESTRICTED || one.code > code ? one.code : code),
    NOT_RESTRICTED,
  )
  return { code: worst, at: judgements.filter(({ code }) => code === worst).flatMap(({ at }) => at) }
}

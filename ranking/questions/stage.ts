import { stageFits } from '../../domain/vocabulary/stages/fits.ts'
import { riskGroupsAreLocalised, STAGES, stageByName, stageFourMayBeLocal } from '../../domain/vocabulary/stages.ts'
import { QuestionError } from '../question-error.ts'
import { identityOf, type Topic } from '../topic.ts'
import { CONTRADICTED, type Judgement, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'
import { decapital } from '../words.ts'
import { createClosedAnswers } from './closed-answers.ts'
import { type ExtentCriterion, type Extents, extentCriteria, extentsOf, judgeWord } from './extent.ts'

const CODES = STAGES.map(({ code }) => code)

/** The stage told (numeral or extent) against the stages of the trial. */
export function createStage(): Topic<Extents> {
  const answers = KINDS.map((kind) =>
    createClosedAnswers<Extents, string>(CODES, (told, extents) => judgeStage(told, extents, kind).code),
  )
  return {
    facts: extentsOf,
    statements: extentCriteria,
    identity: ({ criteria }) => identityOf(criteria),
    keep: (extents, number) => {
      for (const one of answers) one.keep(extents, number)
    },
    inquire({ stage: told, cancer = null }, weights) {
      if (told === undefined) return null
      const term = stageByName(told)
      if (term === null)
        throw new QuestionError(
          '/stage',
          `"${told}" is no stage: 0, I to IV with letters, localised, locally_advanced or metastatic`,
        )
      const kind = kindOf(cancer)
      const name = { fr: decapital(term.fr), en: decapital(term.en) }
      return {
        columns: [{ question: `stage:${told}`, weight: weights.questions.stage, name }],
        codes: answers[KINDS.indexOf(kind)]?.look(told),
        judge: (extents) => [judgeStage(told, extents, kind)],
      }
    },
  }
}

/** What of a cancer bears on its stages. */
const KINDS = ['plain', 'stage IV may be local', 'prostate'] as const
type Kind = (typeof KINDS)[number]

function kindOf(cancer: string | null): Kind {
  if (riskGroupsAreLocalised(cancer)) return 'prostate'
  return stageFourMayBeLocal(cancer) ? 'stage IV may be local' : 'plain'
}

function judgeStage(told: string, { criteria, parts }: Extents, kind: Kind): Judgement {
  const judged = judgeWord(parts, (words) => stageFits(told, words, kind !== 'plain'))
  if (judged.code !== NOT_RESTRICTED) return judged
  const byRisk = kind === 'prostate' && told === 'metastatic' ? judgeByRisk(criteria) : SILENT
  return byRisk.code === NOT_RESTRICTED ? judgeByOperation(told, criteria) : byRisk
}

/**
 * Prostate cancer at low or intermediate risk is localised: a trial that takes nothing else takes no metastatic one.
 */
function judgeByRisk(criteria: readonly ExtentCriterion[]): Judgement {
  const required = criteria.flatMap((one, at) => (one.polarity === 'required' ? [{ one, at }] : []))
  if (required.length === 0 || !required.every(({ one }) => one.anyOf.every((word) => LOCALISED_RISKS.has(word))))
    return SILENT
  const firm = required.some(({ one }) => temper(CONTRADICTED, one) === CONTRADICTED)
  return { code: firm ? CONTRADICTED : UNKNOWN, at: required.map(({ at }) => at) }
}

const LOCALISED_RISKS: ReadonlySet<string> = new Set(['low_risk', 'intermediate_risk'])

/** After an operation that took out all that could be seen (NCI dictionary: adjuvant therapy). */
const AFTER_OPERATION: ReadonlySet<string> = new Set(['adjuvant', 'resected'])

const SILENT: Judgement = { code: NOT_RESTRICTED, at: [] }

/**
 * A trial that names no stage and takes people after a complete operation only: metastases told are not that; an
 * advanced cancer may have been operated on, and so may one of stage IV, told by its numeral at diagnosis.
 */
function judgeByOperation(told: string, criteria: readonly ExtentCriterion[]): Judgement {
  if (told !== 'metastatic' && told !== 'advanced' && told !== 'locally_advanced' && !told.startsWith('IV'))
    return SILENT
  const required = criteria.flatMap((one, at) => (one.polarity === 'required' ? [{ one, at }] : []))
  const after = required.filter(({ one }) => one.anyOf.some((word) => AFTER_OPERATION.has(word)))
  const words = after.flatMap(({ one }) => one.anyOf)
  if (after.length === 0 || words.some((word) => NOT_ONLY_AFTER.has(word))) return SILENT
  const firm = after.some(({ one }) => temper(CONTRADICTED, one) === CONTRADICTED)
  return { code: told === 'metastatic' && firm ? CONTRADICTED : UNKNOWN, at: after.map(({ at }) => at) }
}

/** Beside these, an operation is one of several ways into the trial. */
const NOT_ONLY_AFTER: ReadonlySet<string> = new Set([
  'neoadjuvant',
  'perioperative',
  'first_line',
  'later_line',
  'relapsed',
  'refractory',
  'unresectable',
  'oligometastatic',
  'maintenance',
  'residual_disease',
])

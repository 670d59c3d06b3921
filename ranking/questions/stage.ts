import { stageFits } from '../../domain/vocabulary/stages/fits.ts'
import { STAGES, stageByName, stageFourMayBeLocal } from '../../domain/vocabulary/stages.ts'
import { QuestionError } from '../question-error.ts'
import { identityOf, type Topic } from '../topic.ts'
import { CONTRADICTED, type Judgement, NOT_RESTRICTED, temper, UNKNOWN } from '../verdict.ts'
import { decapital } from '../words.ts'
import { createClosedAnswers } from './closed-answers.ts'
import { type ExtentCriterion, type Extents, extentCriteria, extentsOf, judgeWord } from './extent.ts'

const CODES = STAGES.map(({ code }) => code)

/** The stage told (numeral or extent) against the stages of the trial. */
export function createStage(): Topic<Extents> {
  const answers = [false, true].map((mayBeLocal) =>
    createClosedAnswers<Extents, string>(CODES, (told, extents) => judgeStage(told, extents, mayBeLocal).code),
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
      const mayBeLocal = stageFourMayBeLocal(cancer)
      const name = { fr: decapital(term.fr), en: decapital(term.en) }
      return {
        columns: [{ question: `stage:${told}`, weight: weights.questions.stage, name }],
        code: answers[Number(mayBeLocal)]?.look(told),
        judge: (extents) => [judgeStage(told, extents, mayBeLocal)],
      }
    },
  }
}

function judgeStage(told: string, { criteria, parts }: Extents, mayBeLocal: boolean): Judgement {
  const judged = judgeWord(parts, (words) => stageFits(told, words, mayBeLocal))
  return judged.code === NOT_RESTRICTED ? judgeByOperation(told, criteria) : judged
}

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

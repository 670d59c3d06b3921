import { SETTINGS, settingByName, settingFitsOf, stageByName, stageFitsOf } from '../../domain/vocabulary/stages.ts'
import { QuestionError } from '../question-error.ts'
import { identityOf, type Sums, type Topic } from '../topic.ts'
import { type Code, type Judgement, NOT_RESTRICTED, valuesByCode } from '../verdict.ts'
import { decapital } from '../words.ts'
import { createClosedAnswers } from './closed-answers.ts'
import { type Extents, extentCriteria, extentsOf, judgeWord } from './extent.ts'

const CODES = SETTINGS.map(({ code }) => code)

/** Each setting told (or extent: they share words), against the settings of the trial that speak of the same thing. */
export function createSetting(): Topic<Extents> {
  const answers = createClosedAnswers<Extents, string>(CODES, (told, extents) => judgeSetting(told, extents, null).code)
  return {
    facts: extentsOf,
    statements: extentCriteria,
    identity: ({ criteria }) => identityOf(criteria),
    keep: answers.keep,
    inquire({ setting: told = [], cancer = null }, weights) {
      if (told.length === 0) return null
      const weight = weights.questions.setting
      const columns = told.map((word, at) => {
        const term = settingByName(word) ?? stageByName(word)
        if (term === null)
          throw new QuestionError(`/setting/${at}`, `there is no setting "${word}": see /v1/vocabulary/settings`)
        return { question: `setting:${word}`, weight, name: { fr: decapital(term.fr), en: decapital(term.en) } }
      })
      const codes = told.flatMap((word) => {
        const column = answers.look(word)
        return column ? [column] : []
      })
      return {
        columns,
        judge: (extents) => told.map((word) => judgeSetting(word, extents, cancer)),
        // Extents told as settings are looked at one by one: they depend on the cancer.
        sum: codes.length === told.length ? summing(codes, weight, valuesByCode(weights)) : undefined,
      }
    },
  }
}

function judgeSetting(told: string, { parts }: Extents, cancer: string | null): Judgement {
  return judgeWord(parts, (words) =>
    settingByName(told) === null ? stageFitsOf(told, words, cancer) : settingFitsOf(told, words),
  )
}

function summing(codes: readonly Uint8Array[], weight: number, values: readonly number[]) {
  return (facts: number, sums: Sums): void => {
    sums.worst = NOT_RESTRICTED
    sums.weight = 0
    sums.value = 0
    for (const column of codes) {
      const code = column[facts] as Code
      if (code > sums.worst) sums.worst = code
      sums.weight += weight
      sums.value += weight * (values[code] as number)
    }
  }
}

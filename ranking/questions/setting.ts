import { settingByName, settingFitsOf, stageByName, stageFitsOf } from '../../domain/vocabulary/stages.ts'
import { QuestionError } from '../question-error.ts'
import { listTopic, type Topic } from '../topic.ts'
import { decapital } from '../words.ts'
import { type ExtentCriterion, extentCriteria, judgeWord, onceEach } from './extent.ts'

/** Each setting told (or extent: they share words), against the settings of the trial that speak of the same thing. */
export const setting: Topic<ExtentCriterion[]> = {
  facts: extentCriteria,
  ...listTopic,
  inquire({ setting: told = [], cancer }, weights) {
    if (told.length === 0) return null
    const columns = told.map((word, at) => {
      const term = settingByName(word) ?? stageByName(word)
      if (term === null)
        throw new QuestionError(`/setting/${at}`, `there is no setting "${word}": see /v1/vocabulary/settings`)
      const name = { fr: decapital(term.fr), en: decapital(term.en) }
      return { question: `setting:${word}`, weight: weights.questions.setting, name }
    })
    const fits = told.map((word) =>
      onceEach((words) =>
        settingByName(word) === null ? stageFitsOf(word, words, cancer ?? null) : settingFitsOf(word, words),
      ),
    )
    return { columns, judge: (criteria) => fits.map((fit) => judgeWord(criteria, fit)) }
  },
}

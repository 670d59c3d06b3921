import { stageByName, stageFitsOf } from '../../domain/vocabulary/stages.ts'
import { QuestionError } from '../question-error.ts'
import { listTopic, type Topic } from '../topic.ts'
import { decapital } from '../words.ts'
import { type ExtentCriterion, extentCriteria, judgeWord } from './extent.ts'

/** The stage told (numeral or extent) against the stages of the trial. */
export const stage: Topic<ExtentCriterion[]> = {
  facts: extentCriteria,
  ...listTopic,
  inquire({ stage: told, cancer }, weights) {
    if (told === undefined) return null
    const term = stageByName(told)
    if (term === null)
      throw new QuestionError(
        '/stage',
        `"${told}" is no stage: 0, I to IV with letters, localised, locally_advanced or metastatic`,
      )
    return {
      columns: [
        {
          question: `stage:${told}`,
          weight: weights.questions.stage,
          name: { fr: decapital(term.fr), en: decapital(term.en) },
        },
      ],
      judge: (criteria) => [judgeWord(criteria, (words) => stageFitsOf(told, words, cancer ?? null))],
    }
  },
}

import { bytes } from '../columns.ts'
import type { Code } from '../verdict.ts'

/**
 * The verdicts of a topic whose answers are few and known beforehand (cancers, grades, numbers of lines, stages, years
 * of age). They are worked out for every answer when facts are first met, so that a question looks them up.
 */
export interface ClosedAnswers<Facts, Answer> {
  keep(facts: Facts, number: number): void
  /** Number of the facts → code for one answer; undefined for an answer that is not one of them. */
  look(answer: Answer): Uint8Array | undefined
}

export function createClosedAnswers<Facts, Answer>(
  answers: readonly Answer[],
  codeOf: (answer: Answer, facts: Facts) => Code,
): ClosedAnswers<Facts, Answer> {
  const columns = answers.map(() => bytes())
  const columnOf = new Map(answers.map((answer, at) => [answer, columns[at]]))
  return {
    keep(facts, number) {
      answers.forEach((answer, at) => {
        const column = columns[at] as (typeof columns)[number]
        column.reserve(number + 1)
        column.data[number] = codeOf(answer, facts)
      })
    },
    look: (answer) => columnOf.get(answer)?.data,
  }
}

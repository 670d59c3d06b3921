import type { Answer } from '../domain/answer.ts'
import type { AnswerIn } from '../ranking/rank.ts'

/** An answer whose results are JSON already. */
export type WrittenAnswer = AnswerIn<string> & Pick<Answer, 'tookMs'>

/** UTF-8 takes at most three bytes for each unit of a string. */
const MOST_BYTES_PER_UNIT = 3

/**
 * Writes answers as JSON in UTF-8. The pieces go straight into one piece of memory that is used again for each answer,
 * and wiped after it: joining 50 kB of strings first, counting their bytes and encoding them takes longer.
 */
export function createAnswerWriter(): (answer: WrittenAnswer) => Buffer {
  let room = Buffer.alloc(0)
  return ({ total, tiers, results, ...rest }) => {
    const pieces = [`${JSON.stringify({ total, tiers }).slice(0, -1)},"results":[`]
    for (const [at, result] of results.entries()) pieces.push(at === 0 ? result : `,${result}`)
    pieces.push(`],${JSON.stringify(rest).slice(1)}`)
    const units = pieces.reduce((sum, { length }) => sum + length, 0)
    if (room.length < units * MOST_BYTES_PER_UNIT) room = Buffer.allocUnsafe(2 * units * MOST_BYTES_PER_UNIT)
    let length = 0
    for (const piece of pieces) length += room.write(piece, length)
    const body = Buffer.from(room.subarray(0, length))
    room.fill(0, 0, length)
    return body
  }
}

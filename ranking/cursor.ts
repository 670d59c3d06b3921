import { hash } from 'node:crypto'
import type { Question } from '../domain/question.ts'

/**
 * A cursor that cannot be used; `reason` says whether it is unreadable or belongs to another question or data version.
 */
export class CursorError extends Error {
  readonly reason: 'unreadable' | 'other_question_or_data'

  constructor(reason: 'unreadable' | 'other_question_or_data') {
    super(
      reason === 'unreadable'
        ? 'the cursor is not one that this service gave'
        : 'the cursor belongs to another question or to older data: ask for the first page again',
    )
    this.name = 'CursorError'
    this.reason = reason
  }
}

const HASH_BYTES = 12

/**
 * A cursor: the position of the next result and a hash of the question, the data and the order's version. Nothing of
 * the question can be read in it.
 */
export function writeCursor(position: number, question: Question, versions: string): string {
  const bytes = Buffer.alloc(4 + HASH_BYTES)
  bytes.writeUInt32BE(position)
  questionHash(question, versions).copy(bytes, 4)
  return bytes.toString('base64url')
}

/** The position a cursor names; 0 without one. Throws CursorError. */
export function readCursor(question: Question, versions: string): number {
  if (question.cursor === undefined) return 0
  const bytes = Buffer.from(question.cursor, 'base64url')
  if (bytes.length !== 4 + HASH_BYTES || bytes.toString('base64url') !== question.cursor)
    throw new CursorError('unreadable')
  if (!bytes.subarray(4).equals(questionHash(question, versions))) throw new CursorError('other_question_or_data')
  return bytes.readUInt32BE()
}

/** Page size, language and the cursor itself do not change the order. */
function questionHash({ cursor: _, size: _size, lang: _lang, ...question }: Question, versions: string): Buffer {
  return hash('sha256', `${versions}\n${canonical(question)}`, 'buffer').subarray(0, HASH_BYTES)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(',')}}`
}

import { readConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import { type Exclusion, listExclusions, recordKey } from '../db/exclusions.ts'
import { type NumberedRecord, recordsOfNumber } from '../db/record-numbers.ts'
import { decide, undecide } from '../ingest/decide.ts'
import { mergeRecords } from '../ingest/merge.ts'
import { type CommandContext, readArguments, table, UsageError } from './command.ts'
import { openDatabase } from './open.ts'

/** What is asked for: one number is a record that is not to be used, two are records of different studies. */
export interface DecisionRequest {
  numbers: string[]
  /** Null takes the decision back. */
  reason: string | null
  author: string
}

/** The decision cannot be taken or taken back; the message says why. */
export class DecisionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DecisionError'
  }
}

/** `essais exclude` (one number) and `essais unlink` (two): decide, take back with `--undo`, or `--list`. */
export async function runDecision(args: string[], { env, stdout }: CommandContext, count: 1 | 2): Promise<number> {
  const request = readRequest(args, env, count)
  const db = await openDatabase(readConfig(env))
  try {
    stdout.write(request === 'list' ? await listDecisions(db, count) : await carryOut(db, request, new Date()))
    return 0
  } finally {
    await db.close()
  }
}

function readRequest(args: string[], env: CommandContext['env'], count: 1 | 2): DecisionRequest | 'list' {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      reason: { type: 'string' },
      undo: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  })
  if (values.list) {
    if (args.length > 1) throw new UsageError('--list stands alone')
    return 'list'
  }
  if (positionals.length !== count) {
    const what = count === 1 ? 'the number of one record' : 'the numbers of two records'
    throw new UsageError(`give ${what}: NCT01234567 or 2023-505613-24-00`)
  }
  if (values.undo && values.reason !== undefined) throw new UsageError('--undo takes no reason')
  const reason = values.reason?.trim() ?? ''
  if (!values.undo && reason === '') {
    throw new UsageError('say why with --reason "…": it is kept with the decision, for whoever looks at it later')
  }
  return { numbers: positionals, reason: values.undo ? null : reason, author: env.USER || 'command line' }
}

/**
 * Take the decision or take it back, with all that follows for the trials, in one transaction.
 * @returns what was done, in words. @throws DecisionError
 */
export async function carryOut(db: Database, { numbers, reason, author }: DecisionRequest, at: Date): Promise<string> {
  const records: NumberedRecord[] = []
  for (const number of numbers) records.push(await oneRecord(db, number))
  const [first, second] = records
  if (!first) throw new RangeError('a decision is about a record')
  if (second && recordKey(first) === recordKey(second)) {
    throw new DecisionError(`${first.registryId} was given twice: name two records.`)
  }
  const keys = { a: recordKey(first), b: second ? recordKey(second) : null }
  const names = records.map(({ registryId }) => registryId).join(' and ')
  if (reason === null) {
    const changed = await undecide(db, keys, mergeRecords, at)
    if (changed === null) throw new DecisionError(`There is no such decision about ${names}.`)
    return `Taken back: ${second ? `${names} may be joined again` : `${names} is used again`}. ${trials(changed)}\n`
  }
  const before = await decisionOn(db, keys)
  if (second && !before && (first.trialId === null || first.trialId !== second.trialId)) {
    throw new DecisionError(`${names} are not linked: they stand in different trials already.`)
  }
  const changed = await decide(db, { ...keys, reason, author }, mergeRecords, at)
  if (before) return `This was decided before (${before.reason}); the reason is replaced. ${trials(changed)}\n`
  return `${second ? `${names} are kept apart` : `${names} is not used any more`}. ${trials(changed)}\n`
}

async function oneRecord(db: Database, number: string): Promise<NumberedRecord> {
  const found = await recordsOfNumber(db, number)
  if (found === null) {
    throw new DecisionError(`"${number}" is not the number of a record: NCT01234567 or 2023-505613-24-00 is.`)
  }
  const [record, ...others] = found
  if (!record) throw new DecisionError(`There is no record ${number.trim().toUpperCase()} in the database.`)
  if (others.length === 0) return record
  const names = found.map(({ registryId }) => registryId).join(', ')
  throw new DecisionError(`${number} has several submissions: name one of ${names}.`)
}

async function decisionOn(db: Database, { a, b }: { a: string; b: string | null }): Promise<Exclusion | undefined> {
  const pair = (x: string, y: string | null) => [x, y ?? ''].sort().join(' ')
  return (await listExclusions(db)).find((decision) => pair(decision.a, decision.b) === pair(a, b))
}

/** What was decided of one record (`count` 1: exclusions) or of two (2: unlinks), as a table. */
export async function listDecisions(db: Database, count: 1 | 2): Promise<string> {
  const decisions = (await listExclusions(db)).filter(({ b }) => (b === null) === (count === 1))
  if (decisions.length === 0) return 'Nothing was decided.\n'
  const rows = decisions.map(({ a, b, reason, author, at }) => {
    const records = b === null ? [a] : [a, b]
    return [...records.map((key) => key.slice(key.indexOf(':') + 1)), at.slice(0, 10), author, reason]
  })
  const heads = count === 1 ? ['RECORD'] : ['RECORD', 'AND']
  return table([[...heads, 'SINCE', 'BY', 'WHY'], ...rows])
}

const trials = (changed: number) => `${changed} ${changed === 1 ? 'trial' : 'trials'} changed.`

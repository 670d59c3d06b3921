import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { carryOut, DecisionError, listDecisions } from '../../commands/decisions.ts'
import { main } from '../../commands/main.ts'
import type { Database } from '../../db/database.ts'
import { listExclusions } from '../../db/exclusions.ts'
import { countTrials, getTrial } from '../../db/trials.ts'
import { ingest } from '../../ingest/ingest.ts'
import { nct, recordOf } from '../contract/db/given.ts'
import { createFakeRegistry } from '../ingest/fake-source.ts'
import { quietDeps } from '../ingest/quiet-deps.ts'
import { ctisRecordWith } from '../ingest/record-factory.ts'
import { emptied, memoryDatabase } from '../support/databases.ts'

const EU = '2023-500001-10-00'
const EU_AGAIN = '2023-500001-10-01'
const OTHER = '2024-500002-20-00'
const AT = new Date('2026-11-20T10:00:00Z')

let db: Database
beforeAll(async () => {
  db = await memoryDatabase()
})
afterAll(() => db.close())

/** One trial of two records, and a trial of one. */
async function given() {
  await emptied(db)
  const ctgov = createFakeRegistry('ctgov', (id, fields) => recordOf(Number(id.slice(3)), fields))
  const ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, ...fields }))
  ctgov.records.set(nct(1), { fields: {} })
  ctis.records.set(EU, { fields: { identifiers: [{ kind: 'nct', value: nct(1) }] } })
  ctis.records.set(OTHER, { fields: { identifiers: [] } })
  const deps = quietDeps(db, { now: () => AT })
  for (const { source } of [ctgov, ctis]) await ingest(source, deps, { owner: 'test', sweep: 'full' })
}

const decide = (numbers: string[], reason: string | null) => carryOut(db, { numbers, reason, author: 'claire' }, AT)
const trialOf = async (number: string) => (await getTrial(db, number))?.id
const refusal = (work: Promise<string>) =>
  work.then(
    () => 'done',
    (error) => (error instanceof DecisionError ? error.message : Promise.reject(error)),
  )

describe('unlink', () => {
  beforeEach(given)

  test('keeps two records apart, with the reason, until it is taken back', async () => {
    expect(await trialOf(nct(1))).toBe(await trialOf(EU))
    expect(await decide([nct(1), EU], 'another protocol')).toMatch(/are kept apart\. 2 trials changed\./)
    expect(await trialOf(nct(1))).not.toBe(await trialOf(EU))
    const [decision] = await listExclusions(db)
    expect(decision).toMatchObject({ reason: 'another protocol', author: 'claire', at: AT.toISOString() })

    expect(await decide([EU, nct(1)], null)).toMatch(/may be joined again/)
    expect(await trialOf(nct(1))).toBe(await trialOf(EU))
    expect(await listExclusions(db)).toEqual([])
  })

  test('takes numbers as people write them', async () => {
    expect(await decide([nct(1).toLowerCase(), ' 2023-500001-10 '], 'another protocol')).toMatch(/are kept apart/)
  })

  test('with another reason replaces the first one', async () => {
    await decide([nct(1), EU], 'another protocol')
    expect(await decide([EU, nct(1)], 'another product')).toMatch(/decided before \(another protocol\)/)
    expect((await listExclusions(db)).map(({ reason }) => reason)).toEqual(['another product'])
  })

  test.each<[string, string[], RegExp]>([
    ['records that are not linked', [nct(1), OTHER], /are not linked/],
    ['a number of nobody', [nct(1), 'NCT09999999'], /There is no record NCT09999999/],
    ['a text that is no number', [nct(1), 'hello'], /"hello" is not the number of a record/],
    ['a number that no record is kept under', [nct(1), '2010-012345-10'], /is not the number of a record/],
    ['the same record twice', [nct(1), nct(1)], /given twice/],
  ])('refuses %s', async (_, numbers, message) => {
    expect(await refusal(decide(numbers, 'why'))).toMatch(message)
    expect(await listExclusions(db)).toEqual([])
  })

  test('asks which, when an EU CT number has several submissions', async () => {
    const ctis = createFakeRegistry('ctis', (registryId, fields) => ctisRecordWith({ registryId, ...fields }))
    ctis.records.set(EU_AGAIN, { fields: { identifiers: [] } })
    await ingest(ctis.source, quietDeps(db, { now: () => AT }), { owner: 'test', sweep: { ids: [EU_AGAIN] } })
    expect(await refusal(decide([nct(1), '2023-500001-10'], 'why'))).toContain(`${EU}, ${EU_AGAIN}`)
  })

  test('has nothing to take back where nothing was decided', async () => {
    expect(await refusal(decide([nct(1), EU], null))).toMatch(/no such decision/)
  })
})

describe('exclude', () => {
  beforeEach(given)

  test('uses a record no more, and uses it again when that is taken back', async () => {
    expect(await decide([OTHER], 'a test entry of the sponsor')).toBe(
      `${OTHER} is not used any more. 1 trial changed.\n`,
    )
    expect(await trialOf(OTHER)).toBeUndefined()
    expect((await countTrials(db)).all).toBe(1)
    expect(await decide([OTHER], null)).toBe(`Taken back: ${OTHER} is used again. 1 trial changed.\n`)
    expect(await trialOf(OTHER)).toBeDefined()
  })

  test('leaves the rest of the trial as it is', async () => {
    await decide([EU], 'filed by mistake')
    expect((await getTrial(db, nct(1)))?.trial.sources.map(({ registryId }) => registryId)).toEqual([nct(1)])
  })
})

describe('the list', () => {
  beforeEach(given)

  test('is of exclusions or of unlinks, each with its day, author and reason', async () => {
    expect(await listDecisions(db, 1)).toBe('Nothing was decided.\n')
    await decide([OTHER], 'a test entry')
    await decide([nct(1), EU], 'another product')
    const rows = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((row) => row.split(/ {2,}/))
    expect(rows(await listDecisions(db, 1))).toEqual([
      ['RECORD', 'SINCE', 'BY', 'WHY'],
      [OTHER, '2026-11-20', 'claire', 'a test entry'],
    ])
    expect(rows(await listDecisions(db, 2))).toEqual([
      ['RECORD', 'AND', 'SINCE', 'BY', 'WHY'],
      [expect.any(String), expect.any(String), '2026-11-20', 'claire', 'another product'],
    ])
  })
})

async function command(...args: string[]) {
  let [out, err] = ['', '']
  const code = await main(args, {
    env: {},
    stdin: (async function* () {})(),
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    signal: new AbortController().signal,
  })
  return { code, out, err }
}

describe('the command line', () => {
  test.each<[string[], RegExp]>([
    [['unlink', nct(1), '--reason', 'why'], /give the numbers of two records/],
    [['unlink', nct(1), EU], /say why with --reason/],
    [['unlink', nct(1), EU, '--reason', '  '], /say why with --reason/],
    [['unlink', nct(1), EU, '--undo', '--reason', 'why'], /--undo takes no reason/],
    [['unlink', '--list', nct(1)], /--list stands alone/],
    [['exclude'], /give the number of one record/],
    [['exclude', nct(1), EU, '--reason', 'why'], /give the number of one record/],
    [['exclude', nct(1), '--resaon', 'why'], /--resaon/],
  ])('%j is refused with what to change, and how it is used', async (args, message) => {
    const { code, err } = await command(...args)
    expect(code).toBe(2)
    expect(err).toMatch(message)
    expect(err).toContain(`Usage: essais ${args[0]} `)
  })

  test.each(['unlink', 'exclude'])('%s --help says how it is used', async (name) => {
    const { code, out } = await command(name, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: essais ${name} .*--reason TEXT.*--undo`))
    expect((await command('help')).out).toContain(`essais ${name} `)
  })
})

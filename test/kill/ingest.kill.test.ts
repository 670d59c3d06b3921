import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { connect } from '../../db/connect.ts'
import { startChild } from '../support/child.ts'
import { describePostgres } from '../support/databases.ts'
import { dump } from '../support/dump.ts'
import { seededRandom } from '../support/random.ts'

const KILLS_PER_DAY = 10
const SLOW = { timeout: 15 * 60_000 }
const UNDEFINED_TABLE = '42P01'
/** What the child says on its way through a day: `open`, then a line per batch and look at each registry. */
const STEPS = 9

describe('an ingest that is killed again and again', () => {
  test('leaves the same embedded database as one that is not', SLOW, async () => {
    const [disturbed, calm] = [await folder(), await folder()]
    await compare({ dataDir: disturbed, databaseUrl: '' }, { dataDir: calm, databaseUrl: '' })
    await Promise.all([disturbed, calm].map((path) => rm(path, { recursive: true })))
  })
})

describePostgres('an ingest that is killed again and again', (server) => {
  test('leaves the same PostgreSQL database as one that is not', SLOW, async () => {
    const [disturbed, calm] = [await server().createDatabase(), await server().createDatabase()]
    await compare({ dataDir: '', databaseUrl: disturbed }, { dataDir: '', databaseUrl: calm })
  })
})

interface Where {
  dataDir: string
  databaseUrl: string
}

async function compare(disturbed: Where, calm: Where): Promise<void> {
  const random = seededRandom(20261120)
  for (const day of [1, 2]) {
    await finish(calm, day)
    let killed = 0
    for (let attempt = 0; killed < KILLS_PER_DAY && attempt < 2 * KILLS_PER_DAY; attempt++) {
      killed += await killSomewhere(disturbed, day, random)
    }
    expect(killed).toBe(KILLS_PER_DAY)
    await finish(disturbed, day)
    expect(await contentOf(disturbed)).toEqual(await contentOf(calm))
  }
}

const start = ({ dataDir, databaseUrl }: Where, day: number) =>
  startChild('test/kill/ingest-child.ts', [dataDir, String(day), databaseUrl])

async function finish(where: Where, day: number): Promise<void> {
  const child = start(where, day)
  await child.line(/^done$/)
  expect(await child.ended).toBe(0)
}

/** Kill it some random time after a random step; 1, or 0 when it was done before. */
async function killSomewhere(where: Where, day: number, random: () => number): Promise<number> {
  const child = start(where, day)
  const step = Math.floor(random() * STEPS)
  const laterMs = random() * 60
  while (child.lines.length <= step && child.process.exitCode === null) await sleep(2)
  await sleep(laterMs)
  await child.kill()
  if (where.databaseUrl) await letLeasesRunOut(where.databaseUrl)
  return child.lines.includes('done') ? 0 : 1
}

/** What half a minute of waiting would do. */
async function letLeasesRunOut(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  await client`delete from leases`.catch((error: { code?: string }) => {
    // Killed before the tables were made.
    if (error.code !== UNDEFINED_TABLE) throw error
  })
  await client.end()
}

async function contentOf({ dataDir, databaseUrl }: Where) {
  const db = await connect({ dataDir, databaseUrl })
  try {
    return await dump(db)
  } finally {
    await db.close()
  }
}

const folder = () => mkdtemp(join(tmpdir(), 'essais-kill-'))

/**
 * One process that does one or more of the jobs of a service, until it is killed. What it says, it says one JSON line
 * at a time, before and after each write: `asked` may or may not be kept, `acknowledged` must be.
 * `test/kill/child.ts JOB…`, configured by the environment as `essais` is.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { openDatabase, openIndex } from '../../commands/open.ts'
import { ingestDeps, openSources } from '../../commands/sources.ts'
import { readConfig } from '../../config.ts'
import { leases, sites } from '../../db/schema.ts'
import { setSiteStatus, UnknownSiteError } from '../../db/site-statuses.ts'
import { ingest } from '../../ingest/ingest.ts'
import { mergeRecords } from '../../ingest/merge.ts'
import { feedIndex } from '../../sync/outbox.ts'

const OWNER = `kill:${process.pid}`
const STATUSES = ['RECRUITING', 'SUSPENDED', 'COMPLETED', 'NOT_YET_RECRUITING'] as const

const config = readConfig(process.env)
const log = pino({ level: 'silent' })
const db = await openDatabase(config)
// The one process of an embedded database: whoever held these is dead.
if (db.kind === 'pglite') await db.orm.delete(leases)
const index = await openIndex(config, log)
const jobs: Record<string, () => Promise<void>> = {
  ingest: ingesting,
  feed: feeding,
  write: writing,
  rebuild: rebuilding,
}

say({ ready: true })
await Promise.all(process.argv.slice(2).map((name) => jobs[name]?.()))

async function ingesting(): Promise<void> {
  const source = openSources(config, log).of.ctgov
  const deps = ingestDeps(db, log)
  for (;;) {
    const { outcome } = await ingest(source, deps, { owner: OWNER, sweep: 'full' })
    say({ ingested: outcome })
    await sleep(500)
  }
}

async function feeding(): Promise<void> {
  feedIndex(db, index, { owner: OWNER, leaseMs: 3_000, pollMs: 300, firstRetryMs: 50, longestRetryMs: 1_000 })
}

async function writing(): Promise<void> {
  for (let count = 0; ; count++) {
    const known = await db.orm.select({ id: sites.id }).from(sites).orderBy(sites.id).limit(200)
    const site = known[(count * 7) % Math.max(known.length, 1)]
    if (site) await write(site.id, `${process.pid}-${Date.now()}-${count}`)
    await sleep(20)
  }
}

async function write(siteId: string, note: string): Promise<void> {
  const status = STATUSES[note.length % STATUSES.length] ?? 'RECRUITING'
  say({ asked: note })
  try {
    const given = { siteId, status, note, author: OWNER, at: new Date(), expectedVersion: null }
    const { siteStatus } = await setSiteStatus(db, given, mergeRecords)
    say({ acknowledged: note, siteId: siteStatus.siteId, version: siteStatus.version })
  } catch (error) {
    if (!(error instanceof UnknownSiteError)) throw error
  }
}

async function rebuilding(): Promise<void> {
  for (;;) {
    await sleep(1_500)
    await index.setPosition(null).catch(() => {})
  }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

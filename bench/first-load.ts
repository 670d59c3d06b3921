import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { latestSequence } from '../db/changes.ts'
import { connect } from '../db/connect.ts'
import { countTrials } from '../db/trials.ts'
import { loadPlaces } from '../domain/places/places.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { createCtgovSource } from '../ingest/ctgov/source.ts'
import { createCtisSource } from '../ingest/ctis/source.ts'
import { createHttp } from '../ingest/http.ts'
import { ingest } from '../ingest/ingest.ts'
import { createLocator } from '../ingest/locate.ts'
import { mergeRecords } from '../ingest/merge.ts'
import { type RenderedStudy, renderCtis } from '../test/registries/render-ctis.ts'
import { record } from './record.ts'
import { recordedStudies } from './recorded.ts'

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '10000' },
    trials: { type: 'string', default: '4600' },
    /** Used by the bench itself: write the registries' files into this folder and end. */
    write: { type: 'string' },
  },
})
const STUDIES = Number(values.studies)
const TRIALS = Number(values.trials)
const SERVER = fileURLToPath(new URL('../test/registries/main.ts', import.meta.url))
const MEGABYTE = 1024 * 1024

type Study = RenderedStudy & { protocolSection: { statusModule: { overallStatus?: string } } }

/** Copies of recorded French studies, each with numbers of its own, all open; the first `TRIALS` stand in CTIS too. */
function* copies(): Generator<Study> {
  const recorded = recordedStudies('french') as unknown as Study[]
  for (let n = 0; n < STUDIES; n++) {
    const study = structuredClone(recorded[n % recorded.length]) as Study
    const { identificationModule, statusModule, contactsLocationsModule } = study.protocolSection
    identificationModule.nctId = `NCT91${String(n).padStart(6, '0')}`
    identificationModule.orgStudyIdInfo = { id: `COPY-${n}` }
    Reflect.deleteProperty(identificationModule, 'nctIdAliases')
    const [year, sequence] = [2022 + Math.floor(n / 9999), 500_000 + (n % 9999)]
    identificationModule.secondaryIdInfos = n < TRIALS ? [{ id: `${year}-${sequence}-10-00` }] : []
    statusModule.overallStatus = 'RECRUITING'
    for (const location of contactsLocationsModule?.locations ?? []) {
      if (location.country === 'France') location.status = 'RECRUITING'
    }
    yield study
  }
}

const pathsIn = (folder: string) => ({ ctgov: join(folder, 'ctgov.ndjson'), ctis: join(folder, 'ctis.ndjson') })

async function writeFiles(folder: string): Promise<void> {
  const paths = pathsIn(folder)
  const files = { ctgov: createWriteStream(paths.ctgov), ctis: createWriteStream(paths.ctis) }
  let seed = 0
  for (const study of copies()) {
    const rendered = renderCtis(study, { seed: seed++, daysLater: seed % 30, franceCode: 4 })
    if (rendered) files.ctis.write(`${JSON.stringify(rendered.payload)}\n`)
    if (!files.ctgov.write(`${JSON.stringify(study)}\n`)) await once(files.ctgov, 'drain')
  }
  for (const file of Object.values(files)) {
    file.end()
    await once(file, 'finish')
  }
}

if (values.write !== undefined) {
  await writeFiles(values.write)
  process.exit(0)
}

/** The local registries, in a process of their own: their memory and their time are not the service's. */
async function startServer(paths: { ctgov: string; ctis: string }) {
  const argv = ['--import', 'tsx', SERVER, '--ctgov', paths.ctgov, '--ctis', paths.ctis, '--port', '0']
  const server = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
  const urls = new Map<string, string>()
  for await (const line of createInterface({ input: server.stdout })) {
    const match = /(CTGOV_URL|CTIS_URL)=(\S+)/.exec(line)
    if (match?.[1] && match[2]) urls.set(match[1], match[2])
    if (urls.size === 2) break
  }
  return { ctgov: urls.get('CTGOV_URL') ?? '', ctis: urls.get('CTIS_URL') ?? '', stop: () => server.kill() }
}

const folder = await mkdtemp(join(tmpdir(), 'essais-first-load-'))
// In a process of its own: what it needs is not the ingest's memory.
const writer = spawn(process.execPath, ['--import', 'tsx', ...process.argv.slice(1), '--write', folder], {
  stdio: 'inherit',
})
const [code] = await once(writer, 'exit')
if (code !== 0) throw new Error(`the files of the registries were not written (exit code ${code})`)
const registries = await startServer(pathsIn(folder))
const db = await connect({ dataDir: join(folder, 'data'), databaseUrl: process.env.DATABASE_URL })
const http = createHttp({ userAgent: 'bench', requestsPerSecond: Number.POSITIVE_INFINITY })
const deps = {
  db,
  locate: createLocator(loadPlaces()),
  merge: mergeRecords,
  now: () => new Date(),
  log: { info() {}, warn: (_: object, text: string) => console.warn(text) },
}
const sources = [
  createCtgovSource({ http, baseUrl: registries.ctgov, readCriteria }),
  createCtisSource({ http, baseUrl: registries.ctis, readCriteria }),
]
const rows = []
for (const round of ['first load', 'again, nothing changed']) {
  for (const source of sources) {
    const before = await latestSequence(db)
    const started = performance.now()
    // A maintenance window of the real registry is no reason to wait for the local one.
    const { pausedUntil: _, ...unpaused } = source
    const run = await ingest(unpaused, deps, { owner: 'bench', sweep: 'full' })
    const seconds = (performance.now() - started) / 1000
    rows.push({
      run: `${source.registry}, ${round}`,
      outcome: run.outcome ?? '',
      records: run.fetched,
      seconds: Math.round(seconds * 10) / 10,
      'records/s': Math.round(run.fetched / seconds),
      changes: (await latestSequence(db)) - before,
      'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
    })
    console.log(rows.at(-1))
  }
}
const { all, open } = await countTrials(db)
record(`First load from local registries, ${db.kind}`, rows, [
  `${all} trials of ${STUDIES} + ${TRIALS} records, ${open} open. Recorded studies with a French site, copied under new numbers; the first ${TRIALS} rendered as CTIS records too. The registries run in a process of their own; no rate limit. Peak memory is that of the ingesting process (the heap of the embedded database included), ${Math.round(process.memoryUsage().rss / MEGABYTE)} MB at the end.`,
])
await http.close()
await db.close()
registries.stop()
await rm(folder, { recursive: true, force: true })

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Round } from './first-load-service.ts'
import { record } from './record.ts'
import { pathsIn } from './registry-copies.ts'

const { values } = parseArgs({
  options: { studies: { type: 'string', default: '10000' }, trials: { type: 'string', default: '4600' } },
})
const SAMPLE_MS = 100
const MEGABYTE = 1024 * 1024

const pathOf = (script: string) => fileURLToPath(new URL(script, import.meta.url))

/** The local registries, in a process of their own: their memory and their time are not the service's. */
async function startServer(paths: { ctgov: string; ctis: string }) {
  const argv = [...process.execArgv, pathOf('../test/registries/main.ts'), '--port', '0']
  const server = spawn(process.execPath, [...argv, '--ctgov', paths.ctgov, '--ctis', paths.ctis], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const urls = new Map<string, string>()
  for await (const line of createInterface({ input: server.stdout })) {
    const match = /(CTGOV_URL|CTIS_URL)=(\S+)/.exec(line)
    if (match?.[1] && match[2]) urls.set(match[1], match[2])
    if (urls.size === 2) break
  }
  return { ctgov: urls.get('CTGOV_URL') ?? '', ctis: urls.get('CTIS_URL') ?? '', stop: () => server.kill() }
}

/** Memory of a process and all it has started, in megabytes (Linux). */
function memoryOf(pid: number): number {
  const parents = new Map<number, { parent: number; resident: number }>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      parents.set(Number(name), { parent: field('PPid'), resident: field('VmRSS') })
    } catch {
      // It has ended since the folder was listed.
    }
  }
  const isOurs = (id: number): boolean => id === pid || (parents.has(id) && isOurs(parents.get(id)?.parent ?? 0))
  const sum = [...parents].reduce((total, [id, { resident }]) => total + (isOurs(id) ? resident : 0), 0)
  return (sum * 1024) / MEGABYTE
}

/** The highest memory of a process and what it starts, sampled; `take` gives the peak since it was last asked. */
function watchMemory(child: ChildProcess) {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, memoryOf(child.pid ?? 0))
  }
  const timer = setInterval(look, SAMPLE_MS)
  return {
    take: () => {
      look()
      const highest = peak
      peak = 0
      return highest
    },
    stop: () => clearInterval(timer),
  }
}

const folder = await mkdtemp(join(tmpdir(), 'essais-first-load-'))
const writer = fork(pathOf('registry-copies.ts'), [
  '--folder',
  folder,
  '--studies',
  values.studies,
  '--trials',
  values.trials,
])
const [code] = await once(writer, 'exit')
if (code !== 0) throw new Error(`the files of the registries were not written (exit code ${code})`)
const registries = await startServer(pathsIn(folder))

const service = fork(pathOf('first-load-service.ts'), [
  ...['--folder', join(folder, 'data'), '--ctgov', registries.ctgov, '--ctis', registries.ctis],
])
const memory = watchMemory(service)
const rounds: (Round & { peak: number })[] = []
service.on('message', (round: Round) => {
  rounds.push({ ...round, peak: memory.take() })
  console.log(rounds.at(-1))
})
const [ended] = await once(service, 'exit')
memory.stop()
registries.stop()
await rm(folder, { recursive: true, force: true })
const [first] = rounds
if (ended !== 0 || !first) throw new Error(`the service did not finish (exit code ${ended})`)

const rows = rounds.map(({ round, runs, seconds, cpuSeconds, changes, indexed, heldUpMs, peak }) => ({
  round,
  ...Object.fromEntries(runs.map((run) => [`${run.registry} records`, run.records])),
  ...Object.fromEntries(runs.map((run) => [`${run.registry} s`, run.seconds.toFixed(1)])),
  outcome: [...new Set(runs.map(({ outcome }) => outcome))].join(', '),
  'all followed, s': seconds.toFixed(1),
  'CPU s': cpuSeconds.toFixed(1),
  changes,
  'documents indexed': indexed,
  'held up ms p99': Math.round(heldUpMs.p99),
  'held up ms max': Math.round(heldUpMs.max),
  'peak MB': Math.round(peak),
}))
const phases = Object.entries(first.phases).map(([phase, seconds]) => `${phase} ${seconds.toFixed(1)} s`)
record(`First load from local registries, ${first.database}`, rows, [
  `${first.trials.all} trials of ${values.studies} + ${values.trials} records, ${first.trials.open} open. Recorded studies with a French site, copied under new numbers; the first ${values.trials} rendered as CTIS records too. The service without its web server: both registries read at once, no rate limit, database, text index and catalogue kept up; a round ends when both have followed the change log to its end. The registries run in a process of their own, on the other core.`,
  `Peak memory: resident memory of the service and every process it starts, sampled every ${SAMPLE_MS} ms. Held up: the longest and the 99th percentile time the event loop could not turn. First load, time in: ${phases.join(', ')}; the rest is the database, JSON, hashes, the index and the catalogue.`,
])

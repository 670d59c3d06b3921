/**
 * The steps of the Dockerfile in an empty folder, without an engine for containers: copy what it copies, install the
 * production packages, start what it starts, ask as its health check does. `npm run docker:replay`. What it cannot show
 * is the base image, its user and its Node version.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../test/support/ports.ts'
import { answering, startEssais } from '../test/topology/essais.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'essais-image-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

for (const [, names = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
  for (const name of names.split(' ')) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
}
const install = /^RUN (npm ci .+)$/m.exec(dockerfile)?.[1]?.split(' ') ?? []
const [program = '', ...args] = install
console.log(`${install.join(' ')}…`)
execFileSync(program, args, { cwd: folder, stdio: 'inherit' })

const port = String(await freePort())
const env = {
  NODE_ENV: 'production',
  PORT: port,
  DATA_DIR: join(folder, 'data'),
  INGEST_CRON_CTGOV: '',
  INGEST_CRON_CTIS: '',
}
const service = startEssais(['serve'], env, { folder })
await answering(service, '/healthz')
const search = await fetch(`${service.url}/v1/search`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
})
const page = await fetch(`${service.url}/`)
if (!search.ok || !page.ok) throw new Error(`a search was answered with ${search.status}, the page with ${page.status}`)
const code = await service.stop()
console.log(`Installed, started, answered a search and a page, stopped with ${code}.`)
process.exit(code ?? 1)

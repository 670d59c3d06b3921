import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CTGOV_FIXTURES, CTIS_FIXTURES, readAll } from './fixtures/files.ts'
import { startRegistries } from './server.ts'

const ESSAIS = fileURLToPath(new URL('../../bin/essais.js', import.meta.url))

// The demonstration runs by itself: invented trials must never reach a database or an index that somebody uses.
const { DATABASE_URL: _database, MEILI_URL: _index, MEILI_API_KEY: _key, ...environment } = process.env

const registries = await startRegistries({
  ctgov: await readAll([CTGOV_FIXTURES]),
  ctis: await readAll([CTIS_FIXTURES]),
})
const dataDir = await mkdtemp(join(tmpdir(), 'essais-demo-'))
const service = spawn(process.execPath, [ESSAIS, 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...environment, CTGOV_URL: registries.ctgovUrl, CTIS_URL: registries.ctisUrl, DATA_DIR: dataDir, DEMO: '1' },
})

// Ctrl-C reaches the service too; it ends when it has cleaned up, and the demonstration with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => service.kill(signal))
service.on('exit', async (code) => {
  await registries.close()
  await rm(dataDir, { recursive: true, force: true })
  process.exitCode = code ?? 0
})

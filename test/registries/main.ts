import { parseArgs } from 'node:util'
import { readAll } from './fixtures/files.ts'
import { startRegistries } from './server.ts'

const USAGE = `Serves recorded or invented registry records on this machine.
  npm run registries -- [--ctgov FILES…] [--ctis FILES…] [--port N]
FILES: one record per line (a CTIS record as retrieve gives it), gzipped where the name ends in .gz.
The registries hold these and nothing else.`

const { values, tokens } = parseArgs({
  options: {
    ctgov: { type: 'string' },
    ctis: { type: 'string' },
    port: { type: 'string', default: '8787' },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
  tokens: true,
})

/** Files named after a flag belong to it until the next flag. */
function filesAfter(flag: string): string[] {
  const files: string[] = []
  let current = ''
  for (const token of tokens) {
    if (token.kind === 'option') current = token.name
    if (token.kind !== 'option-terminator' && current === flag && token.value !== undefined) files.push(token.value)
  }
  return files
}

const files = { ctgov: filesAfter('ctgov'), ctis: filesAfter('ctis') }
if (values.help || files.ctgov.length + files.ctis.length === 0) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 2)
}

/** Only what the registries make of the records is kept. */
async function start() {
  const ctgov = await readAll(files.ctgov)
  const ctis = await readAll(files.ctis)
  const registries = await startRegistries({ ctgov, ctis, port: Number(values.port) })
  return { registries, studies: ctgov.length, trials: ctis.length }
}

const { registries, studies, trials } = await start()
console.log(`${studies} studies: CTGOV_URL=${registries.ctgovUrl}`)
console.log(`${trials} trials: CTIS_URL=${registries.ctisUrl}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void registries.close())

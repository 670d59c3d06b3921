import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { REGISTRIES, type Registry } from '../domain/registry.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { explainCriteria } from '../ingest/criteria/read.ts'
import type { RawRecord } from '../ingest/source.ts'
import { NormaliseError } from '../ingest/source.ts'
import { type CommandContext, type CommandOutput, readArguments, UsageError } from './command.ts'
import { normaliseStored } from './normalise-stored.ts'
import { createNormaliser } from './normalisers.ts'
import { readRecords } from './read-records.ts'

/**
 * `essais normalise`: registry JSON in, one normalised trial per line out; with `--explain`, how its criteria were
 * read. Records that cannot be used are named on stderr with their reason, the others still come out; the exit code is
 * 1 when there was any.
 */
export async function run(args: string[], context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      registry: { type: 'string' },
    },
  })
  if (positionals.length > 1) throw new UsageError(`one FILE at a time, not ${positionals.length}`)
  const registry = readRegistry(values.registry)
  if (values.all) {
    if (values.explain) throw new UsageError('--explain reads a FILE: leave --all out')
    if (positionals.length > 0) throw new UsageError('--all works on the stored records: leave FILE out')
    return normaliseStored(context, registry)
  }
  const [file] = positionals
  const input = file && file !== '-' ? createReadStream(file) : context.stdin
  return normaliseInput(input, registry, context, values.explain ? explained : (record) => record)
}

async function normaliseInput(
  input: AsyncIterable<Uint8Array>,
  registry: Registry | null,
  { stdout, stderr, signal }: CommandContext,
  show: (record: NormalisedRecord) => unknown,
): Promise<number> {
  const normalise = createNormaliser()
  let read = 0
  let refused = 0
  // A record that cannot be used is told on stderr: stdout stays pure NDJSON.
  const refuse = (at: string, reason: string) => {
    refused++
    stderr.write(`${at}: ${reason}\n`)
  }
  for await (const record of readRecords(input)) {
    if (signal.aborted) return 130
    read++
    if ('problem' in record) {
      refuse(record.at, record.problem)
      continue
    }
    const raw = rawRecordOf(record.value, registry)
    if (typeof raw === 'string') {
      refuse(record.at, raw)
      continue
    }
    try {
      await write(stdout, `${JSON.stringify(show(normalise(raw.registry, raw)))}\n`)
    } catch (error) {
      if (!(error instanceof NormaliseError)) throw error
      refuse(record.at, error.message)
    }
  }
  if (read === 0) stderr.write('The input holds no record: give registry JSON as a FILE or on standard input.\n')
  else if (refused > 0) stderr.write(`${read - refused} normalised, ${refused} refused.\n`)
  return read === 0 || refused > 0 ? 1 : 0
}

/** In place of the record: how its eligibility text was split, and which rule read what from each statement. */
const explained = (record: NormalisedRecord) => ({
  registry: record.registry,
  registryId: record.registryId,
  ...explainCriteria(record),
})

/** Which registry a record is of, by its shape, and its number there; or a sentence that says what is missing. */
function rawRecordOf(value: unknown, asked: Registry | null): (RawRecord & { registry: Registry }) | string {
  const numbers: Record<Registry, unknown> = {
    ctgov: dig(value, 'protocolSection', 'identificationModule', 'nctId'),
    ctis: dig(value, 'ctNumber'),
  }
  const registry = asked ?? REGISTRIES.find((candidate) => typeof numbers[candidate] === 'string')
  const number = registry && numbers[registry]
  if (registry && typeof number === 'string') return { registry, registryId: number, payload: value }
  return asked
    ? `not a ${asked} record: it has no ${asked === 'ctgov' ? 'protocolSection.identificationModule.nctId' : 'ctNumber'}`
    : 'neither a ClinicalTrials.gov study (protocolSection.identificationModule.nctId) nor a CTIS record (ctNumber)'
}

function dig(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value)
}

function readRegistry(text: string | undefined): Registry | null {
  if (text === undefined) return null
  const registry = REGISTRIES.find((candidate) => candidate === text)
  if (!registry) throw new UsageError(`--registry is ${REGISTRIES.join(' or ')}, not "${text}"`)
  return registry
}

/** Waits when the reader is slower than we are, so that a long file is never held in memory. */
async function write(output: CommandOutput, text: string): Promise<void> {
  if (output.write(text) === false && 'once' in output) await once(output as unknown as NodeJS.WriteStream, 'drain')
}

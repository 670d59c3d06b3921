import type { Registry } from '../../domain/registry.ts'
import type { NormalisedRecord } from '../../domain/trial.ts'
import { NormaliseError, type RegistrySource, type SweepReport } from '../../ingest/source.ts'

/** The payload of an invented registry: the fields of its record, or what makes it unusable. */
export interface Payload {
  fields: Partial<NormalisedRecord>
  /** Restamped at every refresh; no content. */
  stamp?: number
  unusable?: string
  bug?: boolean
}

/** A registry in memory whose answers a test can spoil. */
export interface FakeRegistry {
  source: RegistrySource
  /** What it lists in a full sweep, by number. */
  records: Map<string, Payload>
  /** What it also answers when asked by number: closed records, of a registry that lists open ones only. */
  unlisted: Map<string, Payload>
  /** Old number → the number it answers with. */
  renamed: Record<string, string>
  dataVersion: string
  /** Rows it announces beyond those it gives. */
  missingRows: number
  /** Thrown after this many records. */
  failAfter: { records: number; error: Error } | null
  /** Called before each record is given. */
  onRecord: (count: number) => void
  /** The stamp of a record's state in its lists, if it has one. */
  stampOf: ((payload: Payload) => string) | null
  /** Every sweep asked for. */
  sweeps: string[]
}

/** @param base turns fields into a whole record. */
export function createFakeRegistry(
  registry: Registry,
  base: (registryId: string, fields: Partial<NormalisedRecord>) => NormalisedRecord,
): FakeRegistry {
  const fake: FakeRegistry = {
    records: new Map(),
    unlisted: new Map(),
    renamed: {},
    dataVersion: 'v1',
    missingRows: 0,
    failAfter: null,
    onRecord: () => {},
    stampOf: null,
    sweeps: [],
    source: {
      registry,
      async *fetch({ sweep, signal, known, onUnchanged, onPage, heldVersion }) {
        fake.sweeps.push(sweep.kind === 'full' ? 'full' : `${sweep.kind} ${'ids' in sweep ? sweep.ids : sweep.since}`)
        const report: SweepReport = { announced: 0, received: 0, dataVersion: fake.dataVersion, gone: [], renamed: {} }
        if (sweep.kind === 'delta' && heldVersion === fake.dataVersion) return report
        const asked = sweep.kind === 'ids' ? sweep.ids : [...fake.records.keys()]
        report.announced = asked.length + fake.missingRows
        onPage?.({ number: 1, rows: asked.length, announced: report.announced })
        for (const [count, id] of asked.entries()) {
          signal?.throwIfAborted()
          fake.onRecord(count)
          if (fake.failAfter?.records === count) throw fake.failAfter.error
          report.received += 1
          const current = fake.renamed[id] ?? id
          if (current !== id) report.renamed[id] = current
          const payload = fake.records.get(current) ?? fake.unlisted.get(current)
          const version = payload && fake.stampOf?.(payload)
          if (!payload) report.gone.push(id)
          else if (version !== undefined && known?.(current) === version) onUnchanged?.(current)
          else yield { registryId: current, payload, ...(version === undefined ? {} : { version }) }
        }
        return report
      },
      normalise({ registryId, payload }) {
        const { fields, unusable, bug } = payload as Payload
        if (bug) throw new TypeError('a bug in the normaliser')
        if (unusable) throw new NormaliseError(registryId, 'title', unusable)
        return base(registryId, fields)
      },
      content: (payload) => ({ ...(payload as Payload), stamp: null }),
    },
  }
  return fake
}

import { contentHash } from '../db/content.ts'
import type { RecordToPut } from '../db/records.ts'
import { findIdentifiers } from '../domain/identifiers.ts'
import { mayRecruit } from '../domain/open.ts'
import type { NormalisedRecord, RecordSite } from '../domain/trial.ts'
import { absentFields } from './guards.ts'
import { protocolNumber } from './protocol-code.ts'
import { NormaliseError, type RawRecord, type RegistrySource } from './source.ts'

/**
 * Raised whenever the same payload gives another normalised record: a normaliser, the criteria readers, the locator
 * or the places have changed. Records of an older version are normalised again by `normalise --all`.
 */
export const NORMALISER_VERSION = '4'

/** A record that cannot be used, as it goes into quarantine. */
export interface RefusedRecord {
  registryId: string
  payload: unknown
  field: string
  reason: string
}

export type Prepared = { kind: 'record'; record: RecordToPut } | { kind: 'refused'; refused: RefusedRecord }

/** The hash of what counts as content of a payload. */
export function hashOf(source: RegistrySource, payload: unknown): string {
  return contentHash(source.content(payload))
}

/**
 * One raw record normalised and located, or refused with the reason. Pure.
 * @throws whatever is not a NormaliseError: a bug, which must stop the run.
 */
export function prepare(source: RegistrySource, locate: (site: RecordSite) => RecordSite, raw: RawRecord): Prepared {
  try {
    const normalised = located(source.normalise(raw), locate)
    return { kind: 'record', record: asRecord(source, raw, normalised) }
  } catch (error) {
    if (!(error instanceof NormaliseError)) throw error
    const { field, message } = error
    return { kind: 'refused', refused: { registryId: raw.registryId, payload: raw.payload, field, reason: message } }
  }
}

function located(record: NormalisedRecord, locate: (site: RecordSite) => RecordSite): NormalisedRecord {
  return { ...record, sites: record.sites.map(locate) }
}

function asRecord(source: RegistrySource, raw: RawRecord, normalised: NormalisedRecord): RecordToPut {
  const own = findIdentifiers([normalised.registryId, ...normalised.aliases].join(' '))
  return {
    payload: raw.payload,
    hash: hashOf(source, raw.payload),
    sourceVersion: raw.version ?? null,
    normalised,
    normaliserVersion: NORMALISER_VERSION,
    open: mayRecruit(normalised),
    absent: absentFields(normalised),
    identifiers: [...own, ...normalised.identifiers, ...protocolOf(normalised)],
  }
}

/** The protocol code finds related records like a registry number; it is none, and names no trial. */
function protocolOf(normalised: NormalisedRecord): RecordToPut['identifiers'] {
  const value = protocolNumber(normalised)
  return value === null ? [] : [{ kind: 'protocol', value }]
}

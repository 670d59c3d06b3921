import type { Registry } from '../domain/registry.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { readCriteria } from '../ingest/criteria/read.ts'
import { normaliseStudy } from '../ingest/ctgov/normalise.ts'
import type { RawRecord } from '../ingest/source.ts'
import { NormaliseError } from '../ingest/source.ts'

/** Raw record → normalised trial, for every registry, without a network or a database. Throws NormaliseError. */
export function normaliseRecord(registry: Registry, raw: RawRecord): NormalisedRecord {
  if (registry !== 'ctgov') throw new NormaliseError(raw.registryId, 'registry', `${registry} cannot be read yet`)
  return normaliseStudy(raw, { readCriteria })
}

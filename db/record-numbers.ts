import { and, asc, eq, like } from 'drizzle-orm'
import { findIdentifiers } from '../domain/identifiers.ts'
import type { RecordKey } from '../domain/registry.ts'
import type { Handle } from './database.ts'
import { type RecordState, records } from './schema.ts'

/** A record as somebody names it, and the trial it is part of. */
export interface NumberedRecord extends RecordKey {
  state: RecordState
  trialId: string | null
}

/**
 * The records that a number names: of an EU CT number without its resubmission (`2023-505613-24`) every submission we
 * hold. Any case. None for a number we have no record of; null for a text that is not the number of a record.
 */
export async function recordsOfNumber(db: Handle, text: string): Promise<NumberedRecord[] | null> {
  const asked = text.trim().toUpperCase()
  const [number, ...others] = findIdentifiers(asked)
  if (!number || others.length > 0) return null
  const rest = asked.replace(number.value, '')
  const isOf =
    number.kind === 'nct' && rest === ''
      ? and(eq(records.registry, 'ctgov'), eq(records.registryId, asked))
      : number.kind === 'euct' && rest === ''
        ? and(eq(records.registry, 'ctis'), like(records.registryId, `${asked}-%`))
        : number.kind === 'euct' && /^-\d{2}$/.test(rest)
          ? and(eq(records.registry, 'ctis'), eq(records.registryId, asked))
          : null
  if (isOf === null) return null
  return db.orm
    .select({
      registry: records.registry,
      registryId: records.registryId,
      state: records.state,
      trialId: records.trialId,
    })
    .from(records)
    .where(isOf)
    .orderBy(asc(records.registryId))
}

import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../../db/database.ts'

/** Every table that says something of the world, without instants, runs and what follows from them. */
const TABLES: Record<string, string> = {
  records: `registry, registry_id, payload, hash, version, source_version, normalised, normaliser_version, open, to_jsonb(absent) as absent,
    source_date, state, missing_since is null as never_missed, trial_id`,
  record_identifiers: 'registry, registry_id, kind, value',
  record_history: 'registry, registry_id, version, hash, source_date',
  trials: 'id, trial, hash, open',
  trial_identifiers: 'kind, value, trial_id, own',
  trial_aliases: 'alias, trial_id',
  sites: 'id, trial_id, to_jsonb(source_site_ids) as source_site_ids, status, departement',
  site_statuses:
    'site_id, trial_id, to_jsonb(source_site_ids) as source_site_ids, status, status_date, note, author, version',
  site_status_audit: 'site_id, version, trial_id, status, previous_status, status_date, note, author',
  links: 'a, b, method, value, unlinked_at is null as holds',
  exclusions: 'a, b, reason, author',
  quarantine: 'registry, registry_id, payload, field, reason',
  changes: 'sequence, trial_id, kind',
}

/** The content of the database as sorted lines by table, for comparison with another one. */
export async function dump(db: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows = await rowsOf<object>(db, sql.raw(`select ${columns} from ${table}`))
    content[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return content
}

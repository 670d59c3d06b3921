import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { IdentifierKind } from '../domain/identifiers.ts'
import type { Registry } from '../domain/registry.ts'
import type { SiteStatus } from '../domain/status.ts'
import type { NormalisedRecord, Trial } from '../domain/trial.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const registryColumn = () => text('registry').$type<Registry>().notNull()
const registryIdColumn = () => text('registry_id').notNull()

/**
 * Where a record stands at its registry: returned by the last sweep, missed by it, or confirmed gone by a second look.
 */
export const RECORD_STATES = ['present', 'missing', 'departed'] as const
export type RecordState = (typeof RECORD_STATES)[number]

/** One registry's last word on one study, as received and in our words. Never deleted. */
export const records = pgTable(
  'records',
  {
    registry: registryColumn(),
    registryId: registryIdColumn(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    /** Of what its source calls content: without what the registry stamps anew at every refresh. */
    hash: text('hash').notNull(),
    /** Counts the contents seen so far, from 1; `record_history` has a row for each. */
    version: integer('version').notNull(),
    /** The registry's stamp of this state, where its lists carry one: tells that a record did not change. */
    sourceVersion: text('source_version'),
    normalised: jsonb('normalised').$type<NormalisedRecord>().notNull(),
    normaliserVersion: text('normaliser_version').notNull(),
    /** It may still take patients in France: see domain/open.ts. */
    open: boolean('open').notNull(),
    /** The watched fields this record lacks: their share among all records tells when a registry renames one. */
    absent: text('absent').array().notNull(),
    sourceDate: date('source_date', { mode: 'string' }),
    /** The run that brought this content; it knows the registry's version of its data. */
    runId: integer('run_id'),
    firstSeenAt: instant('first_seen_at').notNull(),
    fetchedAt: instant('fetched_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    state: text('state').$type<RecordState>().notNull(),
    missingSince: instant('missing_since'),
    trialId: text('trial_id'),
  },
  (table) => [
    primaryKey({ columns: [table.registry, table.registryId] }),
    index('records_by_trial').on(table.trialId),
    index('records_by_state').on(table.registry, table.state),
  ],
)

/** The registry numbers each record names, its own and its aliases included: what records are linked by. */
export const recordIdentifiers = pgTable(
  'record_identifiers',
  {
    registry: registryColumn(),
    registryId: registryIdColumn(),
    kind: text('kind').$type<IdentifierKind | 'protocol'>().notNull(),
    value: text('value').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.registry, table.registryId, table.kind, table.value] }),
    index('record_identifiers_by_value').on(table.value),
  ],
)

/** Every content a record ever had: hash and dates, not the payload. */
export const recordHistory = pgTable(
  'record_history',
  {
    registry: registryColumn(),
    registryId: registryIdColumn(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    sourceDate: date('source_date', { mode: 'string' }),
    runId: integer('run_id'),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.registry, table.registryId, table.version] })],
)

/** Computed from records and partners' statuses; can be thrown away and computed again. */
export const trials = pgTable(
  'trials',
  {
    id: text('id').primaryKey(),
    trial: jsonb('trial').$type<Trial>().notNull(),
    hash: text('hash').notNull(),
    /** It may still take patients in France: see domain/open.ts. */
    open: boolean('open').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('trials_open').on(table.open, table.id)],
)

/**
 * Every registry number a trial carries, aliases included. A number may stand in two trials that must not be joined.
 */
export const trialIdentifiers = pgTable(
  'trial_identifiers',
  {
    kind: text('kind').$type<IdentifierKind>().notNull(),
    value: text('value').notNull(),
    trialId: text('trial_id').notNull(),
    /** The number of one of its own records or an alias of it, not one that is merely quoted. */
    own: boolean('own').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.value, table.kind, table.trialId] }),
    index('trial_identifiers_by_trial').on(table.trialId),
  ],
)

/** Ids of trials that were joined into another one: an address once given keeps working. */
export const trialAliases = pgTable(
  'trial_aliases',
  { alias: text('alias').primaryKey(), trialId: text('trial_id').notNull(), since: instant('since').notNull() },
  (table) => [index('trial_aliases_by_trial').on(table.trialId)],
)

/** The sites of the trials, for look-up by id; the rest of a site is in its trial. */
export const sites = pgTable(
  'sites',
  {
    id: text('id').primaryKey(),
    trialId: text('trial_id').notNull(),
    sourceSiteIds: text('source_site_ids').array().notNull(),
    status: text('status').$type<SiteStatus>().notNull(),
    departement: text('departement'),
  },
  (table) => [index('sites_by_trial').on(table.trialId)],
)

/** A partner's word on one site; `version` goes up by one at each write. */
export const siteStatuses = pgTable(
  'site_statuses',
  {
    siteId: text('site_id').primaryKey(),
    trialId: text('trial_id').notNull(),
    /** The record sites the site stood for when it was written: the word follows them when sites are matched anew. */
    sourceSiteIds: text('source_site_ids').array().notNull(),
    status: text('status').$type<SiteStatus>().notNull(),
    statusDate: date('status_date', { mode: 'string' }).notNull(),
    note: text('note'),
    author: text('author').notNull(),
    version: integer('version').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (table) => [index('site_statuses_by_trial').on(table.trialId)],
)

/** Every write of a partner, in order, never changed. */
export const siteStatusAudit = pgTable(
  'site_status_audit',
  {
    siteId: text('site_id').notNull(),
    version: integer('version').notNull(),
    trialId: text('trial_id').notNull(),
    status: text('status').$type<SiteStatus>().notNull(),
    previousStatus: text('previous_status').$type<SiteStatus>(),
    statusDate: date('status_date', { mode: 'string' }).notNull(),
    note: text('note'),
    author: text('author').notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.version] })],
)

/** Why two records stand in one trial: one row per pair and method, closed when the reason no longer holds. */
export const links = pgTable(
  'links',
  {
    a: text('a').notNull(),
    b: text('b').notNull(),
    method: text('method').notNull(),
    value: text('value').notNull(),
    linkedAt: instant('linked_at').notNull(),
    unlinkedAt: instant('unlinked_at'),
  },
  (table) => [primaryKey({ columns: [table.a, table.b, table.method, table.value] }), index('links_by_b').on(table.b)],
)

/** Decisions of the house: a record that is not to be used (`b` empty), or two records never to be joined. */
export const exclusions = pgTable(
  'exclusions',
  {
    a: text('a').notNull(),
    b: text('b').notNull().default(''),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.a, table.b] })],
)

/** `skipped`: the registry was in maintenance, or another worker held the job. */
export const RUN_OUTCOMES = ['complete', 'failed', 'interrupted', 'skipped'] as const
export type RunOutcome = (typeof RUN_OUTCOMES)[number]

/** One execution of an ingest job. `outcome` is null while it runs. */
export const runs = pgTable(
  'runs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    registry: registryColumn(),
    kind: text('kind').$type<'full' | 'delta' | 'ids'>().notNull(),
    since: date('since', { mode: 'string' }),
    owner: text('owner').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    outcome: text('outcome').$type<RunOutcome>(),
    reason: text('reason'),
    announced: integer('announced'),
    dataVersion: text('data_version'),
    fetched: integer('fetched').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    quarantined: integer('quarantined').notNull().default(0),
    missing: integer('missing').notNull().default(0),
    departed: integer('departed').notNull().default(0),
    /** Trials changed, created or removed: as many change rows. */
    trialsChanged: integer('trials_changed').notNull().default(0),
    /** Share of records that lack each watched field, 0..1. */
    nullRates: jsonb('null_rates').$type<Record<string, number>>(),
    alarms: jsonb('alarms').$type<string[]>(),
    /** Of a run that was skipped because the registry is being maintained: until when. */
    pausedUntil: instant('paused_until'),
  },
  (table) => [index('runs_by_registry').on(table.registry, table.startedAt)],
)

/** Records that could not be used, with what was received and why; the last usable content stays in `records`. */
export const quarantine = pgTable(
  'quarantine',
  {
    registry: registryColumn(),
    registryId: registryIdColumn(),
    payload: jsonb('payload').$type<unknown>(),
    field: text('field').notNull(),
    reason: text('reason').notNull(),
    runId: integer('run_id'),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.registry, table.registryId] })],
)

export const CHANGE_KINDS = ['created', 'updated', 'removed'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** What happened to the trials, in the order of commits, without a gap. */
export const changes = pgTable('changes', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
  trialId: text('trial_id').notNull(),
  kind: text('kind').$type<ChangeKind>().notNull(),
  at: instant('at').notNull(),
})

/** Rows that are locked and counted up: `changes` holds the last sequence given. */
export const counters = pgTable('counters', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
})

/** Who does which job, and until when unless it says so again. By the clock of the database. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  owner: text('owner').notNull(),
  acquiredAt: instant('acquired_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

/** How far each search index has followed the changes. */
export const indexCheckpoints = pgTable('index_checkpoints', {
  target: text('target').primaryKey(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  detail: jsonb('detail').$type<unknown>(),
  updatedAt: instant('updated_at').notNull(),
})

/** Small facts about this database. */
export const meta = pgTable('meta', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
})

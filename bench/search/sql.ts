import postgres from 'postgres'
import { OPENNESS } from '../../domain/status.ts'
import type { Trial } from '../../domain/trial.ts'
import { ancestorsOf, descendantsOf } from '../../domain/vocabulary/cancers.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import type { Asked } from '../search-questions.ts'

/**
 * The same question as one SQL statement, as a competent engineer would index it: cancers by code, sites by trial where
 * open, earthdistance for kilometres, planner statistics fresh. It judges less than the product (no stages, no
 * settings, no families of markers, no explanation).
 */
export interface Rival {
  ask(asked: Asked): Promise<number>
  close(): Promise<void>
}

const TABLES = `
  create extension cube;
  create extension earthdistance;
  create table trials (
    id integer primary key, name text not null, min_age real, max_age real, sex text, ecog_max real,
    lines_min integer, lines_max integer, brain text, names tsvector not null
  );
  create table cancers (trial_id integer not null, code text not null, excluded boolean not null);
  create table markers (
    trial_id integer not null, grp integer not null, gene text not null, alteration text not null,
    present boolean not null, excluded boolean not null
  );
  create table sites (trial_id integer not null, spot earth not null, confirmed date not null, city text);
`
const INDEXES = `
  create index on cancers (code, trial_id) where not excluded;
  create index on cancers (trial_id) where excluded;
  create index on markers (trial_id);
  create index on sites (trial_id) include (spot, confirmed);
  create index on trials using gin (names);
`

/** A throw-away server with these trials. Only open sites are stored: the statement asks for no other. */
export async function startSql(trials: Iterable<Trial>): Promise<Rival> {
  const server = await startPostgres()
  const sql = postgres(await server.createDatabase(), { max: 1, onnotice: () => {} })
  await sql.unsafe(TABLES)
  let batch = emptyBatch()
  let number = 0
  for (const trial of trials) {
    addTo(batch, ++number, trial)
    if (batch.sites.length < 4000) continue
    await insert(sql, batch)
    batch = emptyBatch()
  }
  await insert(sql, batch)
  await sql.unsafe(INDEXES)
  await sql.unsafe('vacuum analyze')
  return {
    ask: (asked) => ask(sql, asked),
    async close() {
      await sql.end()
      await server.stop()
    },
  }
}

type Row = Record<string, string | number | boolean | null>
interface Batch {
  trials: Row[]
  cancers: Row[]
  markers: Row[]
  sites: Row[]
}
const emptyBatch = (): Batch => ({ trials: [], cancers: [], markers: [], sites: [] })

function addTo(batch: Batch, id: number, trial: Trial): void {
  const of = <K extends Trial['criteria'][number]['kind']>(kind: K) =>
    trial.criteria.filter((one): one is Extract<typeof one, { kind: K }> => one.kind === kind)
  const lines = of('prior_lines')[0]
  batch.trials.push({
    id,
    name: trial.briefTitle,
    min_age: trial.minimumAgeYears,
    max_age: trial.maximumAgeYears,
    sex: trial.sex,
    ecog_max: of('performance').find(({ scale }) => scale === 'ECOG')?.max ?? null,
    lines_min: lines?.min ?? null,
    lines_max: lines?.max ?? null,
    brain: of('brain_metastases')[0]?.value ?? null,
    names: [...trial.conditions, ...trial.meshTerms.map(({ term }) => term)].join(' '),
  })
  for (const { code, polarity } of of('cancer'))
    batch.cancers.push({ trial_id: id, code, excluded: polarity === 'excluded' })
  for (const { group, gene, alteration, state, polarity } of of('biomarker'))
    batch.markers.push({
      trial_id: id,
      grp: group ?? 0,
      gene,
      alteration,
      present: state === 'present',
      excluded: polarity === 'excluded',
    })
  for (const { status, point, statusDate, city } of trial.sites) {
    if (OPENNESS[status] !== 'open' || point === null) continue
    batch.sites.push({ trial_id: id, lat: point.lat, lon: point.lon, confirmed: statusDate ?? '2000-01-01', city })
  }
}

async function insert(sql: postgres.Sql, { trials, cancers, markers, sites }: Batch): Promise<void> {
  const put = (statement: string, rows: Row[]) => sql.unsafe(statement, [rows as unknown as string])
  await put(
    `insert into trials select id, name, min_age, max_age, sex, ecog_max, lines_min, lines_max, brain,
       to_tsvector('english', names)
     from jsonb_to_recordset($1) as r(id integer, name text, min_age real, max_age real, sex text, ecog_max real,
       lines_min integer, lines_max integer, brain text, names text)`,
    trials,
  )
  await put(
    'insert into cancers select * from jsonb_to_recordset($1) as r(trial_id integer, code text, excluded boolean)',
    cancers,
  )
  await put(
    `insert into markers select * from jsonb_to_recordset($1)
       as r(trial_id integer, grp integer, gene text, alteration text, present boolean, excluded boolean)`,
    markers,
  )
  await put(
    `insert into sites select trial_id, ll_to_earth(lat, lon), confirmed, city from jsonb_to_recordset($1)
       as r(trial_id integer, lat float8, lon float8, confirmed date, city text)`,
    sites,
  )
}

const WITH_CANCER = `select distinct t.* from cancers c join trials t on t.id = c.trial_id
  where c.code = any($3::text[]) and not c.excluded
    and not exists (select from cancers x where x.trial_id = t.id and x.excluded and x.code = any($4::text[]))`
const WITH_CONDITION = `select t.* from trials t where t.names @@ plainto_tsquery('english', $11)`
const ALL = 'select t.* from trials t'

const statement = (candidates: string) => `
  with told as (
    select * from jsonb_to_recordset($5) as r(gene text, alteration text, present boolean)
  ), candidates as (${candidates}),
  facts as (
    select m.trial_id, m.grp, m.excluded,
      coalesce(max(case when told.gene is null then null
        when told.alteration is not null and told.alteration <> m.alteration then null
        when told.present = m.present then 1 else -1 end), 0) as truth
    from markers m join candidates c on c.id = m.trial_id left join told on told.gene = m.gene
    group by m.trial_id, m.grp, m.excluded, m.gene, m.alteration
  ), groups as (
    select trial_id, min(truth) as truth from facts where not excluded group by trial_id, grp
  ), required as (select trial_id, max(truth) as truth from groups group by trial_id),
  ruled_out as (select trial_id, max(truth) as truth from facts where excluded group by trial_id),
  judged as (
    select c.id, c.name, coalesce(r.truth, 1) as required, coalesce(x.truth, -1) as ruled_out,
      case when $6::real is null then 0 when $6 < c.min_age or $6 > c.max_age then -1 else 1 end as age,
      case when $7::text is null or c.sex is null or c.sex = 'ALL' then 0 when c.sex = $7 then 1 else -1 end as sex,
      case when $8::real is null or c.ecog_max is null then 0 when $8 <= c.ecog_max then 1 else -1 end as ecog,
      case when $9::integer is null or (c.lines_min is null and c.lines_max is null) then 0
        when $9 >= coalesce(c.lines_min, 0) and $9 <= coalesce(c.lines_max, 99) then 1 else -1 end as lines,
      case when $10::text is null or c.brain is null then 0 when $10 = 'none' and c.brain <> 'required' then 1
        when c.brain = 'excluded' then -1 else 1 end as brain
    from candidates c left join required r on r.trial_id = c.id left join ruled_out x on x.trial_id = c.id
  ), placed as (
    select j.*, near.km, near.confirmed, near.city
    from judged j left join lateral (
      select earth_distance(s.spot, ll_to_earth($1, $2)) / 1000 as km, s.confirmed, s.city
      from sites s where s.trial_id = j.id order by 1 limit 1
    ) near on true
  ), scored as (
    select *, case when required = -1 or ruled_out = 1 or least(age, sex, ecog, lines, brain) = -1 then 3
        when required = 0 or ruled_out = 0 then 2 else 1 end as tier,
      (5 + 4 * (0.65 + required * 0.35) + 3 * (0.5 + lines * 0.5) + 2 * (0.5 + brain * 0.5) + 0.5 * (3 + ecog + age + sex)) * 4
        + 25 * power(2, -greatest(0, coalesce(km, 1e6) - 10) / 50)
        + 15 * power(2, -(date '2026-11-21' - coalesce(confirmed, date '2000-01-01')) / 141.0) as score
    from placed
  ), listed as (select * from scored where tier < 3)
  select listed.*, (select count(*) from scored where tier = 1) as a, (select count(*) from scored where tier = 2) as b,
    (select count(*) from scored where tier = 3) as c
  from listed order by tier, score desc, km, id limit 20`

async function ask(sql: postgres.Sql, { question, point }: Asked): Promise<number> {
  const { cancer, condition, biomarkers = [], age, sex, ecog, priorLines, brainMetastases } = question
  const specific = cancer !== undefined && cancer !== 'ANY'
  const told = biomarkers.map(({ gene, alteration = null, state }) => ({
    gene,
    alteration,
    present: state === 'present',
  }))
  const parameters = [
    point?.lat ?? 0,
    point?.lon ?? 0,
    specific ? [...ancestorsOf(cancer), ...descendantsOf(cancer)] : [],
    specific ? [...ancestorsOf(cancer)] : [],
    told,
    age ?? null,
    sex ?? null,
    ecog ?? null,
    priorLines ?? null,
    brainMetastases ?? null,
    condition ?? '',
  ]
  // Every statement names every parameter, so that all three are prepared with the same types.
  const candidates = specific ? WITH_CANCER : condition === undefined ? ALL : WITH_CONDITION
  const text = `${statement(candidates)} offset case when $3::text[] is null or $4::text[] is null or $11::text is null then 0 else 0 end`
  const rows = await sql.unsafe(text, parameters as unknown as string[], { prepare: true })
  return rows.length
}

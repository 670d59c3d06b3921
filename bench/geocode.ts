/**
 * How well French sites are located: every French site of the recorded ClinicalTrials.gov studies against La Poste's
 * postal codes, Eurostat's hospitals and the registry's own city points; and the gazetteer alone on every postal code.
 * `npm run bench:geocode`, with `-v` for the worst cases.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readPlaceName } from '../domain/places/place-name.ts'
import { loadPlaces } from '../domain/places/places.ts'
import { resolvePostalCode } from '../domain/places/resolve.ts'
import { POINT_PRECISIONS, type Point, type RecordSite } from '../domain/trial.ts'
import { normaliseStudy } from '../ingest/ctgov/normalise.ts'
import { readFacilityWords, withoutCare } from '../ingest/facility-words.ts'
import { createLocator } from '../ingest/locate.ts'
import {
  byTown,
  type HospitalRow,
  km,
  meanPoint,
  type PostalRow,
  readHospitals,
  readPostalRows,
} from './places/truth.ts'
import { quantile } from './quantile.ts'
import { record } from './record.ts'

const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const STUDIES = ['ctgov/studies-with-french-site.ndjson.gz', 'ctgov/studies-other.ndjson.gz']
/** Words that many hospitals of a town share. */
const GENERIC = new Set(
  'chu chr ch hopital centre clcc institut clinique aphp aphm hcl universitaire regional cancer saint sainte'.split(
    ' ',
  ),
)
const verbose = process.argv.includes('-v')

const postal = readPostalRows(`${DATA}places/laposte_codes_postaux_2024.csv.gz`)
const byCode = new Map<string, PostalRow[]>()
for (const row of postal) byCode.set(row.postalCode, [...(byCode.get(row.postalCode) ?? []), row])
const towns = byTown(postal)
const hospitals = readHospitals(`${DATA}places/eurostat_healthcare_FR.csv.gz`)

const loading = process.cpuUsage()
const places = loadPlaces()
const loadMs = process.cpuUsage(loading).user / 1000
const locate = createLocator(places)
const sites = STUDIES.flatMap((path) => readSites(`${DATA}${path}`))
const locating = process.cpuUsage()
const located = sites.map(locate)
const perSite = process.cpuUsage(locating).user / sites.length

record(
  'Geocoding: the recorded French sites',
  [
    ...POINT_PRECISIONS.map((precision) =>
      line(
        precision,
        located.filter(({ pointPrecision }) => pointPrecision === precision),
      ),
    ),
    line('all', located),
  ],
  [
    `${located.filter(({ point }) => point).length} of ${located.length} sites located (target: 99.5 %). Errors in km.`,
    'Postal code: La Poste 2024, of sites with a geographic code (target: median ≤ 1.5 km). Town: La Poste, by the name of the town, of sites with a CEDEX code or none; the middle of a commune, not where its hospital stands. Hospital: Eurostat 2020 from FINESS, where it names the hospital. Registry: the city point of ClinicalTrials.gov.',
    `Gazetteer loaded in ${loadMs.toFixed(0)} ms of processor time; ${perSite.toFixed(0)} µs a site, the index of names (built once) included.`,
  ],
)
record(
  'Geocoding: every postal code of La Poste',
  [gazetteer()],
  [
    'The middle of the communes of a code as the gazetteer has them against the middle of La Poste’s. `area`: the population of the code lives for more than half in communes without a point of their own.',
  ],
)
if (verbose) worst()

function readSites(path: string): RecordSite[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  return lines.flatMap((line) => {
    const payload = JSON.parse(line)
    const registryId = payload.protocolSection.identificationModule.nctId
    return normaliseStudy({ registryId, payload }, { readCriteria: () => [] }).sites
  })
}

function line(precision: string, list: RecordSite[]) {
  const errors = (truth: (site: RecordSite) => Point | null) =>
    list.flatMap((site) => {
      const point = truth(site)
      return point && site.point ? [km(point, site.point)] : []
    })
  return {
    precision,
    sites: list.length,
    share: `${((100 * list.length) / located.length).toFixed(1)} %`,
    ...summary('postal code', errors(postalTruth)),
    ...summary(
      'town',
      errors((site) => (postalTruth(site) ? null : townTruth(site))),
    ),
    ...summary('hospital', errors(hospitalTruth)),
    ...summary(
      'registry',
      errors(({ registryPoint }) => registryPoint),
    ),
  }
}

function summary(name: string, errors: number[]) {
  const text = (share: number) => (errors.length ? quantile(errors, share).toFixed(2) : '')
  return { [`${name} n`]: errors.length, [`${name} median`]: text(0.5), [`${name} p95`]: text(0.95) }
}

/** La Poste's point of a geographic code: of the commune the city names, else the middle of the code. */
function postalTruth({ postalCode, city }: RecordSite): Point | null {
  const rows = byCode.get(postalCode ?? '')
  if (!rows) return null
  const named = rows.filter(({ name }) => city !== null && readPlaceName(name).key === readPlaceName(city).key)
  return meanPoint((named.length ? named : rows).map(({ point }) => point))
}

/** La Poste's point of the town: of namesakes the one in the département of the code, or at the registry's point. */
function townTruth({ postalCode, city, registryPoint }: RecordSite): Point | null {
  const { key, arrondissement } = readPlaceName(city ?? '')
  const rows = towns.get(`${key}${arrondissement ?? ''}`) ?? []
  const inside = rows.filter((row) => postalCode && row.postalCode.slice(0, 2) === postalCode.slice(0, 2))
  const near = rows.filter(({ point }) => registryPoint && km(point, registryPoint) < 20)
  const meant = inside.length && !postalCode?.startsWith('97') ? inside : near
  return meant.length ? meanPoint(meant.map(({ point }) => point)) : null
}

/**
 * Eurostat's point of the hospital whose name has every word of the site's; of several
 * one of its town, then the one that says least else.
 */
function hospitalTruth({ facility, city, postalCode, registryPoint }: RecordSite): Point | null {
  const town = readPlaceName(city ?? '').words
  const words = withoutCare(readFacilityWords(facility ?? '')).filter((word) => word.length > 2 && !town.includes(word))
  const anchor = townTruth({ postalCode, city, registryPoint } as RecordSite) ?? registryPoint
  const own = words.filter((word) => !GENERIC.has(word))
  if (own.length < 2 || !anchor) return null
  const named = (hospital: HospitalRow) =>
    own.every((word) => hospital.words.has(word)) && km(hospital.point, anchor) < 25
  const elsewhere = (hospital: HospitalRow) =>
    Number(readPlaceName(hospital.city).key !== readPlaceName(city ?? '').key)
  const [best] = hospitals.filter(named).sort((a, b) => elsewhere(a) - elsewhere(b) || a.words.size - b.words.size)
  return best?.point ?? null
}

function gazetteer() {
  const errors: Record<string, number[]> = { postal_code: [], area: [] }
  let missing = 0
  for (const [code, rows] of byCode) {
    const found = places.byPostalCode(code).length ? resolvePostalCode(places, code) : null
    if (found) errors[found.precision]?.push(km(found.point, meanPoint(rows.map(({ point }) => point))))
    else missing++
  }
  return {
    codes: byCode.size,
    missing,
    ...summary('postal_code', errors.postal_code ?? []),
    ...summary('area', errors.area ?? []),
  }
}

function worst() {
  const rows = located.map((site) => {
    const truth = hospitalTruth(site) ?? postalTruth(site) ?? townTruth(site)
    const error = truth && site.point ? km(truth, site.point) : Number.NaN
    return { error, facility: site.facility, city: site.city, code: site.postalCode, precision: site.pointPrecision }
  })
  console.table(
    rows
      .filter(({ error }) => error > 5)
      .sort((a, b) => b.error - a.error)
      .slice(0, 60),
  )
}

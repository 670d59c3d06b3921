import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import distance from '@turf/distance'
import { readPlaceName } from '../../domain/places/place-name.ts'
import type { Point } from '../../domain/trial.ts'
import { readFacilityWords, withoutCare } from '../../ingest/facility-words.ts'

/** One line of La Poste's table of postal codes. */
export interface PostalRow {
  name: string
  postalCode: string
  point: Point
}

/** One hospital of Eurostat's table, from the French register FINESS. */
export interface HospitalRow {
  words: Set<string>
  name: string
  postalCode: string
  city: string
  point: Point
}

/** Comma-separated values with quoted fields, as both files have them. */
export function readRows(path: string): Record<string, string>[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split(/\r?\n/)
  const columns = fieldsOf(head)
  return lines.map((line) => {
    const fields = fieldsOf(line)
    return Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? '']))
  })
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replaceAll('""', '"'),
  )
}

/** Postal codes with a point: La Poste, 2024. */
export function readPostalRows(path: string): PostalRow[] {
  return readRows(path).flatMap((row) => {
    const [lat, lon] = (row._geopoint ?? '').split(',').map(Number)
    if (!lat || !lon) return []
    return [{ name: row.nom_de_la_commune ?? '', postalCode: row.code_postal ?? '', point: { lat, lon } }]
  })
}

/** Hospitals located to the building: Eurostat, 2020. Quality 2 and 3 are streets and towns. */
export function readHospitals(path: string): HospitalRow[] {
  return readRows(path)
    .filter(({ geo_qual, lat, lon }) => geo_qual === '1' && Number(lat) && Number(lon))
    .map((row) => ({
      words: new Set(withoutCare(readFacilityWords(`${row.hospital_name} ${row.site_name}`))),
      name: row.hospital_name ?? '',
      postalCode: row.postcode ?? '',
      city: row.city ?? '',
      point: { lat: Number(row.lat), lon: Number(row.lon) },
    }))
}

/** Lines by the name of their town, arrondissements under their number. */
export function byTown(rows: PostalRow[]): Map<string, PostalRow[]> {
  const towns = new Map<string, PostalRow[]>()
  for (const row of rows) {
    const { key, arrondissement } = readPlaceName(row.name)
    for (const name of new Set([key, `${key}${arrondissement ?? ''}`]))
      towns.set(name, [...(towns.get(name) ?? []), row])
  }
  return towns
}

/** The middle of points, degree by degree: they are near one another. Not for none. */
export function meanPoint(points: Point[]): Point {
  const mean = (part: (point: Point) => number) => points.reduce((sum, point) => sum + part(point), 0) / points.length
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) }
}

/** Kilometres as the crow flies. */
export function km(a: Point, b: Point): number {
  return distance([a.lon, a.lat], [b.lon, b.lat])
}

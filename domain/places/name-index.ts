import type { Place } from './place.ts'
import { readPlaceName, wordsOf } from './place-name.ts'

/** Finds places by their name and by its beginning. */
export interface NameIndex {
  find(name: string, departement?: string): Place[]
  search(prefix: string, limit: number): Place[]
}

interface Entry {
  key: string
  place: Place
  /** False for the end of a name ("Herblain"): it suggests, it does not name. */
  whole: boolean
}

const ARTICLES = new Set(['le', 'la', 'les', 'l'])
/** More than the inhabitants of any place: one form of a name always goes before the next. */
const MOST_PEOPLE = 1e8

/** Words that do not tell one place from another: no suggestion starts at them. */
const LINKS = new Set('sur sous les le la l d de du des en et aux saint sainte'.split(' '))

/** An index over places given largest first; ties keep that order. */
export function createNameIndex(places: Place[]): NameIndex {
  const byKey = new Map<string, Place[]>()
  for (const place of places) {
    for (const key of keysOf(place)) {
      const list = byKey.get(key)
      if (list) list.push(place)
      else byKey.set(key, [place])
    }
  }
  // Suggestions need every beginning in order: sorted when the first one is asked for.
  let sorted: Entry[] | undefined

  return {
    find(name, departement) {
      const { words, arrondissement } = readPlaceName(name)
      const key = arrondissement ? `${words.join('')}${arrondissement}` : words.join('')
      // "Le Mont-Dore" may be Mont-Dore, and "Havre" Le Havre; who bears the very name goes first.
      const bare = ARTICLES.has(words[0] ?? '') && !arrondissement ? words.slice(1).join('') : key
      const found = new Set([...(byKey.get(key) ?? []), ...(byKey.get(bare) ?? [])])
      const rank = (place: Place) => (keysOf(place)[0] === key ? 0 : 2) + (place.kind === 'former' ? 1 : 0)
      return [...found]
        .filter((place) => !departement || place.departement === departement)
        .sort((a, b) => rank(a) - rank(b) || b.population - a.population)
    },
    search(prefix, limit) {
      const key = keyOf(prefix)
      if (!key) return []
      sorted ??= places.flatMap(entriesOf).sort((a, b) => compare(a.key, b.key))
      // Who types "st" may go on to "Strasbourg".
      const unspelt = /(^|[^\p{L}])ste?$/iu.test(prefix) ? [key.replace(/saint(e?)$/, 'st$1')] : []
      const found = [key, ...unspelt].flatMap((start) => startingWith(sorted ?? [], start))
      return firstPlaces(found, limit, ({ key: name, whole, place }) => {
        const form = (whole ? (name === key && unspelt.length === 0 ? 0 : 2) : 4) + (place.kind === 'former' ? 1 : 0)
        return form * MOST_PEOPLE - place.population
      })
    },
  }
}

/** Different places of the entries that rank lowest, in order: one letter begins thousands of names. */
function firstPlaces(entries: Entry[], limit: number, rank: (entry: Entry) => number): Place[] {
  const best: { place: Place; rank: number }[] = []
  for (const entry of entries) {
    const own = { place: entry.place, rank: rank(entry) }
    if (best.length >= limit && own.rank >= (best.at(-1)?.rank ?? 0)) continue
    const same = best.findIndex(({ place }) => place === own.place)
    if (same >= 0 && (best[same]?.rank ?? 0) <= own.rank) continue
    if (same >= 0) best.splice(same, 1)
    const at = best.findIndex((other) => own.rank < other.rank)
    best.splice(at < 0 ? best.length : at, 0, own)
    if (best.length > limit) best.pop()
  }
  return best.map(({ place }) => place)
}

/** "Lyon 8e", "LYON CEDEX 08" → `lyon8`; "St-Étienne" → `saintetienne`. */
function keyOf(name: string): string {
  const { key, arrondissement } = readPlaceName(name)
  return arrondissement ? `${key}${arrondissement}` : key
}

/** The keys that name a place: with and without its article. */
function keysOf({ name, kind }: Place): string[] {
  if (kind === 'arrondissement') return [keyOf(name)]
  const words = wordsOf(name)
  return ARTICLES.has(words[0] ?? '') && words.length > 1 ? [words.join(''), words.slice(1).join('')] : [words.join('')]
}

function entriesOf(place: Place): Entry[] {
  const whole = keysOf(place).map((key) => ({ key, place, whole: true }))
  if (place.kind === 'arrondissement') return whole
  const words = wordsOf(place.name)
  const later = words.flatMap((word, position) =>
    position < whole.length || LINKS.has(word) ? [] : [{ key: words.slice(position).join(''), place, whole: false }],
  )
  return [...whole, ...later]
}

/** The run of entries whose key begins so, by bisection. */
function startingWith(entries: Entry[], start: string): Entry[] {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(entries[middle]?.key ?? '', start) < 0) low = middle + 1
    else high = middle
  }
  let end = low
  while (entries[end]?.key.startsWith(start)) end++
  return entries.slice(low, end)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

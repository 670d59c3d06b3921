import type { Remark } from '../domain/answer.ts'
import type { Place } from '../domain/places/place.ts'
import type { Places } from '../domain/places/places.ts'
import { type ResolvedPlace, resolvePlace } from '../domain/places/resolve.ts'
import type { Language, PlaceQuestion } from '../domain/question.ts'
import { ProblemError } from './problem.ts'

/** Homonyms: the largest is taken without asking only when it has this many times the people of the next. */
const PLAINLY_LARGER = 10
const MOST_SUGGESTIONS = 8
const SHORTEST_PREFIX = 2

const FIELD_WORDS = { postalCode: 'postal code', city: 'name', code: 'INSEE code' } as const

/** A place that was found, and what has to be said about how. */
export interface LocatedPlace extends ResolvedPlace {
  warnings: Remark[]
}

/**
 * The point of a place question. Throws ProblemError (400) with near suggestions when there is no such place, and with
 * the candidates when several towns bear the name and none is plainly the largest.
 */
export function locatePlace(places: Places, question: PlaceQuestion, lang: Language): LocatedPlace {
  const warnings: Remark[] = []
  if ('city' in question) {
    const [first, second, ...others] = places.byName(question.city, question.departement)
    if (first && second && second.kind !== 'former') {
      const homonyms = [first, second, ...others].filter(({ kind }) => kind !== 'former')
      if (first.population < PLAINLY_LARGER * second.population) throw ambiguous(homonyms)
      warnings.push({ code: 'place_homonym', text: HOMONYM[lang](first) })
    }
  }
  // A CEDEX code is a number of the post: the town it may belong to is offered, not taken.
  if ('postalCode' in question && places.byPostalCode(question.postalCode).length === 0) {
    throw unknown(places, question)
  }
  const resolved = resolvePlace(places, question)
  if (!resolved) throw unknown(places, question)
  return { ...resolved, warnings }
}

const HOMONYM: Record<Language, (taken: Place) => string> = {
  fr: ({ name, departement }) =>
    `Plusieurs communes s’appellent ${name} : la plus grande (${departement}) a été prise. Précisez le département s’il s’agit d’une autre.`,
  en: ({ name, departement }) =>
    `Several communes are called ${name}: the largest (${departement}) was taken. Give the département if you mean another one.`,
}

function ambiguous(homonyms: Place[]): ProblemError {
  return new ProblemError(400, 'Several communes of France bear this name.', [
    {
      pointer: '/place/city',
      detail: 'several communes bear this name; give "departement" too, or "code" (INSEE) instead of "city"',
      suggestions: homonyms.slice(0, MOST_SUGGESTIONS).map(suggestion),
    },
  ])
}

function unknown(places: Places, question: PlaceQuestion): ProblemError {
  const [field, typed] = Object.entries(question)[0] as [keyof typeof FIELD_WORDS, string]
  const near = nearPlaces(places, typed)
  return new ProblemError(400, `No place in France is known by this ${FIELD_WORDS[field]}.`, [
    {
      pointer: `/place/${field}`,
      detail: `no place in France has this ${FIELD_WORDS[field]}; give another one, or "lat" and "lon"`,
      ...(near.length > 0 && { suggestions: near.map(suggestion) }),
    },
  ])
}

/** Places whose name or postal code begins like what was typed: as much of its beginning as leads anywhere. */
function nearPlaces(places: Places, typed: string): Place[] {
  for (let length = Math.min(typed.length, 40); length >= SHORTEST_PREFIX; length--) {
    const found = places.search(typed.slice(0, length), MOST_SUGGESTIONS)
    if (found.length > 0) return found
  }
  return []
}

/** As `{ value: '69123', label: 'Lyon (69)' }`. */
function suggestion({ code, name, departement }: Place): { value: string; label: string } {
  return { value: code, label: `${name} (${departement})` }
}

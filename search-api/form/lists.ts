import { DEPARTEMENTS } from '../../domain/places/departements.ts'
import type { Place } from '../../domain/places/place.ts'
import type { Places } from '../../domain/places/places.ts'
import type { Language } from '../../domain/question.ts'
import { BIOMARKERS } from '../../domain/vocabulary/biomarkers.ts'
import { CANCERS } from '../../domain/vocabulary/cancers.ts'
import { surfacesOf, type Term } from '../../domain/vocabulary/term.ts'

/**
 * Every town of France for the browser to search in by itself: name, département, postal codes, separated by tabs,
 * largest first. Some 300 kB compressed, kept by the browser.
 */
export function placeList(places: Places): string {
  const order = (a: Place, b: Place) =>
    Number(a.kind === 'former') - Number(b.kind === 'former') || b.population - a.population
  return Object.keys(DEPARTEMENTS)
    .flatMap((departement) => places.inDepartement(departement))
    .sort(order)
    .map(({ name, departement, postalCodes }) => `${name}\t${departement}\t${postalCodes.join(' ')}`)
    .join('\n')
}

/** Cancers and biomarkers for the browser to search in: label first, then the other names. */
export function termLists(lang: Language): string {
  return JSON.stringify({
    cancers: CANCERS.map((term) => names(term, lang)),
    biomarkers: BIOMARKERS.map((term) => names(term, lang)),
  })
}

function names(term: Term, lang: Language): string[] {
  const label = term[lang]
  return [...new Set([label, ...surfacesOf(term).map(({ surface }) => surface)])]
}

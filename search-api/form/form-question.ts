import type { Places } from '../../domain/places/places.ts'
import type { BiomarkerAnswer, Language, PlaceQuestion, Question } from '../../domain/question.ts'
import { cancerByCode } from '../../domain/vocabulary/cancers.ts'
import { searchTerms } from '../../domain/vocabulary/search.ts'
import { stageByName } from '../../domain/vocabulary/stages.ts'
import { locatePlace } from '../place.ts'
import { ProblemError } from '../problem.ts'
import type { FieldError } from './fields.ts'
import { readBiomarker, readCancer } from './form-terms.ts'
import type { FormValues } from './form-values.ts'
import { say } from './words.ts'

/** What was understood of a form: the question, what has to be mended, and what the person should know or check. */
export interface UnderstoodForm {
  question: Question
  errors: FieldError[]
  notes: string[]
}

const MOST_SUGGESTIONS = 5

/** Read the answers as a question. Nothing is guessed: what cannot be read is an error that says what to write. */
export function understand(values: FormValues, { places, lang }: { places: Places; lang: Language }): UnderstoodForm {
  const errors: FieldError[] = []
  const notes: string[] = []
  const question: Question = {
    lang,
    ...disease(values.disease, lang, notes),
    ...(stageByName(values.stage) && { stage: values.stage }),
    ...biomarkers(values, lang, errors),
    ...numbers(values, lang, errors),
    ...((values.sex === 'FEMALE' || values.sex === 'MALE') && { sex: values.sex }),
    ...whereabouts(values, places, lang, errors),
    ...(values.text !== '' && { text: values.text }),
    ...(values.contradicted && { include: ['contradicted' as const] }),
    ...(values.cursor !== '' && { cursor: values.cursor }),
  }
  return { question, errors, notes }
}

/** A cancer of the vocabulary by any of its names; anything else is looked for among the names of conditions. */
function disease(text: string, lang: Language, notes: string[]): Pick<Question, 'cancer' | 'condition'> {
  if (text === '') return {}
  const code = readCancer(text)
  if (code !== null) {
    const label = cancerByCode(code)?.[lang]
    if (label !== undefined && label.toLowerCase() !== text.toLowerCase()) {
      notes.push(say(lang, `Compris : ${label}.`, `Understood as: ${label}.`))
    }
    return { cancer: code }
  }
  const near = searchTerms('cancers', text, { lang, limit: MOST_SUGGESTIONS }).map(({ label }) => label)
  notes.push(
    say(
      lang,
      `« ${text} » n’est pas un nom de cancer que nous connaissons : il a été cherché tel quel parmi les noms de maladies.`,
      `"${text}" is not a cancer name we know: it was looked for as it is among the names of conditions.`,
    ) + (near.length > 0 ? ` ${say(lang, 'Noms proches :', 'Near names:')} ${near.join(', ')}.` : ''),
  )
  return { condition: text.slice(0, 200) }
}

function biomarkers(
  { biomarkers: lines }: FormValues,
  lang: Language,
  errors: FieldError[],
): Pick<Question, 'biomarkers'> {
  const answers: BiomarkerAnswer[] = []
  const unread: string[] = []
  for (const { name, state } of lines) {
    if (name === '') continue
    const known = readBiomarker(name)
    if (known === null) {
      unread.push(name)
      continue
    }
    // "dMMR, absent" and "EGFR wild type, present" each turn the state that the words carry.
    const present = (state !== 'absent') === (known.state === 'present')
    answers.push({
      gene: known.gene,
      ...(known.alteration && { alteration: known.alteration }),
      state: present ? 'present' : 'absent',
    })
  }
  if (unread.length > 0) errors.push({ field: 'biomarker-0', message: unknownBiomarkers(unread, lang) })
  return answers.length > 0 ? { biomarkers: answers } : {}
}

function unknownBiomarkers(names: string[], lang: Language): string {
  const list = names.map((name) => say(lang, `« ${name} »`, `"${name}"`)).join(', ')
  return say(
    lang,
    `Biomarqueur non reconnu : ${list}. Écrivez le nom du gène ou du marqueur, par exemple EGFR L858R, HER2, PD-L1`,
    `Biomarker not recognised: ${list}. Write the name of the gene or marker, for example EGFR L858R, HER2, PD-L1`,
  )
}

/** The answers that are numbers, in the order of the form; `fr` and `en` say what to write. */
const NUMBERS = [
  {
    field: 'age',
    most: 130,
    fr: 'L’âge est un nombre d’années, par exemple 64',
    en: 'The age is a number of years, for example 64',
  },
  {
    field: 'priorLines',
    most: 20,
    fr: 'Le nombre de lignes est un nombre entier, par exemple 1',
    en: 'The number of lines is a whole number, for example 1',
  },
  { field: 'ecog', most: 4, fr: 'Le score ECOG va de 0 à 4', en: 'The ECOG score goes from 0 to 4' },
] as const

function numbers(values: FormValues, lang: Language, errors: FieldError[]): Partial<Question> {
  const read: Partial<Question> = {}
  for (const { field, most, fr, en } of NUMBERS) {
    const text = values[field]
    if (text === '') continue
    if (/^\d{1,3}$/.test(text) && Number(text) <= most) read[field] = Number(text)
    else errors.push({ field, message: say(lang, fr, en) })
  }
  return read
}

function whereabouts(
  values: FormValues,
  places: Places,
  lang: Language,
  errors: FieldError[],
): Pick<Question, 'place' | 'radiusKm'> {
  const place = placeOf(values)
  const radiusKm = Number(values.radiusKm)
  if (place === null) {
    if (radiusKm > 0) errors.push({ field: 'place', message: say(lang, PLACE_WANTED.fr, PLACE_WANTED.en) })
    return {}
  }
  const fault = placeFault(places, place, lang)
  if (fault === null) return radiusKm > 0 ? { place, radiusKm } : { place }
  errors.push(fault)
  return {}
}

const PLACE_WANTED = {
  fr: 'Indiquez un lieu pour chercher à moins d’une certaine distance',
  en: 'Give a place to search within a distance',
}

/** `69008`, `Lyon`, `Lyon (69)`, `Saint-Denis (93200)`, or the choice made among homonyms. */
function placeOf({ place, placeChoice, placeAsked }: FormValues): PlaceQuestion | null {
  if (place === '') return null
  if (/^[\dAB]{5}$/.test(placeChoice) && place === placeAsked) return { code: placeChoice }
  const digits = place.replaceAll(' ', '')
  if (/^\d{5}$/.test(digits)) return { postalCode: digits }
  const [, city, within] = /^(.+?)\s*\((\d{5}|\d{2,3}|2[AB])\)$/i.exec(place) ?? []
  if (city === undefined || within === undefined) return { city: place.slice(0, 100) }
  const departement = within.length === 5 ? departementOf(within) : within.toUpperCase()
  return departement === null ? { city } : { city, departement }
}

/** Of a postal code: the first two digits, three overseas; Corsica's do not tell 2A from 2B. */
function departementOf(postalCode: string): string | null {
  if (postalCode.startsWith('20')) return null
  return postalCode.startsWith('97') || postalCode.startsWith('98') ? postalCode.slice(0, 3) : postalCode.slice(0, 2)
}

function placeFault(places: Places, place: PlaceQuestion, lang: Language): FieldError | null {
  try {
    locatePlace(places, place, lang)
    return null
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const choices = error.errors[0]?.suggestions ?? []
    const message =
      choices.length > 0
        ? say(
            lang,
            'Ce lieu n’est pas précis ou n’est pas connu : choisissez parmi les lieux proposés',
            'This place is not precise or not known: choose one of the places proposed',
          )
        : say(
            lang,
            'Ce lieu n’est pas connu : donnez un code postal ou une commune de France',
            'This place is not known: give a postal code or a town in France',
          )
    return { field: 'place', message, choices }
  }
}

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

const OLDEST = 130
const MOST_LINES = 20
const MOST_SUGGESTIONS = 5

/** Read the answers as a question. Nothing is guessed: what cannot be read is an error that says what to write. */
export function understand(values: FormValues, { places, lang }: { places: Places; lang: Language }): UnderstoodForm {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const errors: FieldError[] = []
  const notes: string[] = []
  const question: Question = { lang }
  const whole = (field: string, text: string, most: number, message: string): number | undefined => {
    if (text === '') return undefined
    const value = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
    if (value <= most) return value
    errors.push({ field, message })
    return undefined
  }

  Object.assign(question, disease(values.disease, lang, notes))
  if (values.stage !== '' && stageByName(values.stage)) question.stage = values.stage

  const biomarkers = values.biomarkers.filter(({ name }) => name !== '')
  const read = biomarkers.map(({ name, state }): BiomarkerAnswer | null => {
    const known = readBiomarker(name)
    if (known === null) return null
    // "dMMR, absent" and "EGFR wild type, present" each turn the state that the words carry.
    const present = (state !== 'absent') === (known.state === 'present')
    return {
      gene: known.gene,
      ...(known.alteration && { alteration: known.alteration }),
      state: present ? 'present' : 'absent',
    }
  })
  const unread = biomarkers.filter((_, at) => read[at] === null).map(({ name }) => name)
  if (unread.length > 0) errors.push({ field: 'biomarker-0', message: unknownBiomarkers(unread, lang) })
  const answers = read.filter((answer) => answer !== null)
  if (answers.length > 0) question.biomarkers = answers

  const age = whole(
    'age',
    values.age,
    OLDEST,
    t('L’âge est un nombre d’années, par exemple 64', 'The age is a number of years, for example 64'),
  )
  const priorLines = whole(
    'priorLines',
    values.priorLines,
    MOST_LINES,
    t(
      'Le nombre de lignes est un nombre entier, par exemple 1',
      'The number of lines is a whole number, for example 1',
    ),
  )
  const ecog = whole('ecog', values.ecog, 4, t('Le score ECOG va de 0 à 4', 'The ECOG score goes from 0 to 4'))
  if (age !== undefined) question.age = age
  if (priorLines !== undefined) question.priorLines = priorLines
  if (ecog !== undefined) question.ecog = ecog
  if (values.sex === 'FEMALE' || values.sex === 'MALE') question.sex = values.sex

  const place = placeOf(values)
  if (place) {
    const fault = placeFault(places, place, lang)
    if (fault) errors.push(fault)
    else question.place = place
  }
  const radius = Number(values.radiusKm)
  if (radius > 0 && question.place) question.radiusKm = radius
  if (radius > 0 && place === null) {
    errors.push({
      field: 'place',
      message: t(
        'Indiquez un lieu pour chercher à moins d’une certaine distance',
        'Give a place to search within a distance',
      ),
    })
  }

  if (values.text !== '') question.text = values.text
  if (values.contradicted) question.include = ['contradicted']
  if (values.cursor !== '') question.cursor = values.cursor
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

function unknownBiomarkers(names: string[], lang: Language): string {
  const list = names.map((name) => say(lang, `« ${name} »`, `"${name}"`)).join(', ')
  return say(
    lang,
    `Biomarqueur non reconnu : ${list}. Écrivez le nom du gène ou du marqueur, par exemple EGFR L858R, HER2, PD-L1`,
    `Biomarker not recognised: ${list}. Write the name of the gene or marker, for example EGFR L858R, HER2, PD-L1`,
  )
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

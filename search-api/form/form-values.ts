/** What the form holds, as typed: text, trimmed and cut; empty where nothing was given. */
export interface FormValues {
  disease: string
  stage: string
  biomarkers: { name: string; state: string }[]
  priorLines: string
  age: string
  sex: string
  ecog: string
  place: string
  /** The choice among several places of the same name, and the text it was offered for. */
  placeChoice: string
  placeAsked: string
  radiusKm: string
  text: string
  contradicted: boolean
  cursor: string
  /** `search`, or `add-biomarker`: one more line, nothing searched. */
  action: string
}

const LONGEST = 300
const MOST_BIOMARKERS = 20
export const FIRST_BIOMARKERS = 2

/** Read a posted form. Unknown fields are passed over, missing ones are empty: nothing here can fail. */
export function readForm(body: unknown): FormValues {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const all = (name: string) => [fields[name] ?? []].flat().map((value) => String(value).trim().slice(0, LONGEST))
  const one = (name: string) => all(name)[0] ?? ''
  const states = all('biomarkerState')
  const biomarkers = all('biomarker')
    .slice(0, MOST_BIOMARKERS)
    .map((name, at) => ({ name, state: states[at] ?? '' }))
  return {
    disease: one('disease'),
    stage: one('stage'),
    biomarkers,
    priorLines: one('priorLines'),
    age: one('age'),
    sex: one('sex'),
    ecog: one('ecog'),
    place: one('place'),
    placeChoice: one('placeChoice'),
    placeAsked: one('placeAsked'),
    radiusKm: one('radiusKm'),
    text: one('text'),
    contradicted: one('contradicted') === 'yes',
    cursor: one('cursor'),
    action: one('action') || 'search',
  }
}

import { withoutAccents } from '../../domain/accents.ts'

/** A location of a ClinicalTrials.gov study. */
export interface Location {
  facility?: string
  status?: string
  city?: string
  zip?: string
  country?: string
}

const PLACEHOLDER = /research site|investigati|local institution|for additional information|^site\b/i

/**
 * The French locations of a study as another office would have typed them: in another order, some missing
 * (`onlyInOne`), some more; and which is which.
 */
export function renderSites(locations: Location[], random: () => number, onlyInOne: number) {
  const named = locations
    .map((location, index) => ({ location, index }))
    .filter(({ location }) => location.facility && !PLACEHOLDER.test(location.facility) && random() >= onlyInOne)
  const shuffled = named
    .map((entry) => ({ entry, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
  const sites = shuffled.map(({ location }, index) => renderSite(location, index, random))
  const more = Math.round(locations.length * onlyInOne * random())
  for (let extra = 0; extra < more; extra++) {
    const city = locations[extra]?.city ?? 'Paris'
    sites.push(renderSite({ facility: `Clinique Ajoutee ${extra + 1}`, city }, sites.length, random))
  }
  return { sites, pairs: shuffled.map(({ index }, site) => ({ location: index, site })) }
}

function renderSite({ facility = '', city = '', zip }: Location, index: number, random: () => number) {
  const { town, postcode } = renderPlace(city, zip, random)
  return {
    id: 30_000 + index,
    organisationAddressInfo: {
      id: 40_000 + index,
      organisation: {
        id: 50_000 + index,
        type: 'Hospital/Clinic/Other health care facility',
        typeCode: '8',
        name: respell(facility, random),
        commercial: false,
        businessKey: `ORG-9${String(index).padStart(8, '0')}`,
      },
      address: {
        addressId: 60_000 + index,
        oneLine: `${index + 1} Rue De La Fiction`,
        addressLine1: `${index + 1} Rue De La Fiction`,
        city: town,
        ...(postcode && { postcode }),
        country: 2012,
        countryName: 'France',
      },
      phone: '+33 1 99 00 00 01',
      email: 'investigateur@example.org',
      businessKey: `LOC-9${String(index).padStart(8, '0')}`,
    },
    personInfo: {
      id: index,
      firstName: 'Prénom',
      lastName: 'Nom',
      telephone: '+33 1 99 00 00 01',
      email: 'x@example.org',
    },
    departmentName: random() < 0.5 ? 'Oncologie médicale' : 'Medical Oncology',
  }
}

/** Words that offices write in more ways than one. */
const SYNONYMS: [RegExp, string[]][] = [
  [
    /\bCHR?U\b|\bCentre hospitalier (?:regional )?(?:et )?universitaire\b/i,
    ['CHU', 'Centre Hospitalier Universitaire', 'CHRU'],
  ],
  [/\bCH\b|\bCentre hospitalier\b(?! (?:regional|universitaire|et))/i, ['Centre Hospitalier', 'CH']],
  [/\bHopital\b/i, ['Hopital', 'Hospital']],
  [/\bInst(?:itut|\.)(?= )/i, ['Institut', 'Institute']],
  [/\bSaint\b|\bSt\b/i, ['Saint', 'St']],
]

/** The name as CTIS spells names: capitals on every word, no accents, no hyphens, now and then other words. */
function respell(name: string, random: () => number): string {
  let spelt = plain(name.replace(/\s*(?:\(\s*site\s*[\w-]+\s*\)|\/\s*id#\s*[\w-]+)\s*$/i, ''))
  for (const [pattern, words] of SYNONYMS) {
    const word = words[Math.floor(random() * words.length)]
    if (word && random() < 0.5) spelt = spelt.replace(pattern, word)
  }
  const kind = random()
  if (kind < 0.15) return spelt.toUpperCase()
  return kind < 0.7 ? spelt.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : spelt
}

/** Text without accents, hyphens or apostrophes, as CTIS spells names. */
export function plain(text: string): string {
  return withoutAccents(text).replace(/[’']/g, ' ').replace(/[-–]/g, ' ').replace(/\s+/g, ' ').trim()
}

/** A third of the addresses carry a CEDEX town and code; some of the others have lost theirs. */
function renderPlace(city: string, zip: string | undefined, random: () => number) {
  const town = plain(city).replace(/\s*cedex.*$/i, '')
  const code = /^\d{5}$/.test(zip ?? '') ? zip : undefined
  const kind = random()
  if (kind < 0.33 && code) {
    const cedex = `${code.slice(0, 2)}${String(300 + Math.floor(random() * 690)).padStart(3, '0')}`
    return { town: `${town} Cedex${random() < 0.5 ? ` ${1 + Math.floor(random() * 9)}` : ''}`, postcode: cedex }
  }
  if (kind < 0.4) return { town: town.toUpperCase(), postcode: undefined }
  return { town, postcode: code }
}

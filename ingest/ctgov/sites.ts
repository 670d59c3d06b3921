import { OPENNESS, OVERALL_STATUSES, SITE_STATUSES } from '../../domain/status.ts'
import type { Contact, Point, RecordSite } from '../../domain/trial.ts'
import { readMember } from '../look-up.ts'
import { countryOfPostalCode, readPostalCode } from '../postal-code.ts'
import { createSiteIds } from '../site-id.ts'
import { readLine, tidy } from '../text.ts'
import type { Note } from '../unread-record.ts'
import { frenchCountry } from './codes.ts'
import { readCity, readFacility } from './facility.ts'
import type { Location, Study } from './study.ts'

type ProtocolSection = Study['protocolSection']

/**
 * The French sites of a study as it gives them, and how many others
 * there are. `statusDate`: when they were last stated.
 */
export function readSites(protocol: ProtocolSection, statusDate: string | null, note: Note) {
  const locations = protocol.contactsLocationsModule?.locations ?? []
  const siteId = createSiteIds({ registry: 'ctgov', registryId: protocol.identificationModule.nctId })
  const sites = locations.flatMap((location): RecordSite[] => {
    const country = frenchCountry(location.country ?? '')
    if (country === null) return []
    const { facility, city, zip: postalCode } = location
    const code = readPostalCode(postalCode)
    if (code.odd) note('zip', postalCode ?? '')
    const status = readMember(SITE_STATUSES, location.status, 'locations.status', note) ?? 'UNKNOWN'
    return [
      {
        id: siteId({ facility, city, postalCode }),
        facility: readFacility(facility),
        city: readCity(city),
        postalCode: code.postalCode,
        country: country === 'FR' ? countryOfPostalCode(code.postalCode) : country,
        departement: null,
        point: null,
        pointPrecision: null,
        status,
        statusDate: status === 'UNKNOWN' ? null : statusDate,
        registryPoint: readPoint(location.geoPoint),
        // Names of a team are kept for as long as somebody may have a reason to call it.
        contacts: isClosed(protocol) || OPENNESS[status] === 'closed' ? [] : readContacts(location.contacts),
      },
    ]
  })
  return { sites, foreignSiteCount: locations.length - sites.length }
}

function readPoint(point: Location['geoPoint']): Point | null {
  const { lat, lon } = point ?? {}
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return lat === 0 && lon === 0 ? null : { lat, lon }
}

/** Those whom the registry publishes for people to call; investigators named beside them are left out. */
export function readContacts(contacts: Location['contacts']): Contact[] {
  return (contacts ?? [])
    .filter(({ role }) => role === 'CONTACT')
    .map(({ name, phone, phoneExt, email }) => {
      const number = readLine(phone)
      return {
        name: readLine(name),
        role: 'CONTACT',
        phone: number !== null && phoneExt ? `${number} (${tidy(phoneExt)})` : number,
        email: readLine(email),
      }
    })
    .filter(({ name, phone, email }) => name !== null || phone !== null || email !== null)
}

/** The study takes nobody (any more), as it says itself. */
export function isClosed({ statusModule: status }: ProtocolSection): boolean {
  const known = OVERALL_STATUSES.find((overall) => overall === status?.overallStatus)
  return known !== undefined && OPENNESS[known] === 'closed'
}

import type { RecordSite } from '../../domain/trial.ts'
import { countryOfPostalCode, readPostalCode } from '../postal-code.ts'
import { createSiteIds } from '../site-id.ts'
import { readLine } from '../text.ts'
import type { Note } from '../unread-record.ts'
import type { PartII } from './trial.ts'

/**
 * Sites of part II. CTIS says that they take part, not that they recruit: their status is unknown, that of France
 * holds for them. Departments of one hospital are one site.
 */
export function readSites(ctNumber: string, parts: PartII[], note: Note): RecordSite[] {
  const siteId = createSiteIds({ registry: 'ctis', registryId: ctNumber })
  const seen = new Set<string>()
  return parts
    .flatMap(({ trialSites = [] }) => trialSites)
    .flatMap(({ organisationAddressInfo: info }): RecordSite[] => {
      const facility = readLine(info?.organisation?.name)
      const city = readLine(info?.address?.city)
      const code = readPostalCode(info?.address?.postcode)
      if (code.odd) note('postcode', info?.address?.postcode ?? '')
      const street = readLine(info?.address?.oneLine)
      const words = JSON.stringify([facility, city, code.postalCode, street])
      if (seen.has(words) || (facility === null && city === null)) return []
      seen.add(words)
      return [
        {
          id: siteId({ facility: facility ?? '', city: city ?? '', postalCode: code.postalCode ?? '' }),
          facility,
          city,
          postalCode: code.postalCode,
          ...(street !== null && { street }),
          country: countryOfPostalCode(code.postalCode),
          departement: null,
          point: null,
          pointPrecision: null,
          status: 'UNKNOWN',
          statusDate: null,
          registryPoint: null,
          contacts: [],
        },
      ]
    })
}

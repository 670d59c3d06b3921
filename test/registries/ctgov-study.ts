import type { Searchable } from './essie.ts'

/** One study as it is served: its text, and what the filters look at. */
export interface StoredStudy extends Searchable {
  nctId: string
  aliases: string[]
  title: string
  lastUpdatePostDate: string
  body: string
}

interface Location {
  country?: string | undefined
  status?: string | undefined
  city?: string | undefined
  facility?: string | undefined
}

/** The part of a study that this server reads; the rest is only passed on. */
export interface CtgovStudy {
  protocolSection: {
    identificationModule: { nctId: string; nctIdAliases?: string[]; briefTitle?: string }
    statusModule?: {
      overallStatus?: string
      lastUpdatePostDateStruct?: { date?: string }
      studyFirstPostDateStruct?: { date?: string }
    }
    designModule?: { studyType?: string; phases?: string[] }
    contactsLocationsModule?: { locations?: Location[] }
  }
}

/** A study as the registry keeps it. */
export function toStored(study: CtgovStudy): StoredStudy {
  const { identificationModule, statusModule, designModule, contactsLocationsModule } = study.protocolSection
  const locations = (contactsLocationsModule?.locations ?? []).map(({ country, status, city, facility }) => {
    return { country, status, city, facility }
  })
  const lastUpdatePostDate = statusModule?.lastUpdatePostDateStruct?.date ?? ''
  const values: Record<string, string[]> = {
    NCTId: [identificationModule.nctId],
    OverallStatus: listed(statusModule?.overallStatus),
    LastUpdatePostDate: listed(lastUpdatePostDate),
    StudyFirstPostDate: listed(statusModule?.studyFirstPostDateStruct?.date),
    StudyType: listed(designModule?.studyType),
    Phase: designModule?.phases ?? [],
  }
  for (const [field, key] of Object.entries(LOCATION_FIELDS)) {
    values[field] = [...new Set(locations.flatMap((location) => listed(location[key])))]
  }
  return {
    nctId: identificationModule.nctId,
    aliases: identificationModule.nctIdAliases ?? [],
    title: identificationModule.briefTitle ?? '',
    lastUpdatePostDate,
    body: JSON.stringify(study),
    values: (field) => values[field],
    nested: (kind) => (kind === 'Location' ? locations.map(toSearchable) : undefined),
  }
}

const LOCATION_FIELDS: Record<string, keyof Location> = {
  LocationCountry: 'country',
  LocationStatus: 'status',
  LocationCity: 'city',
  LocationFacility: 'facility',
}

function toSearchable(location: Location): Searchable {
  const values = (field: string) => {
    const key = LOCATION_FIELDS[field]
    return key && listed(location[key])
  }
  return { values, nested: () => undefined }
}

function listed(value: string | undefined): string[] {
  return value ? [value] : []
}

import { OPENNESS, OVERALL_STATUSES, SITE_STATUSES } from '../../domain/status.ts'

type Members = Record<string, unknown>

/**
 * A ClinicalTrials.gov study without the people in it, as it may be stored: investigators and officials are left out,
 * and the contacts of a study or a site that takes nobody any more. They are personal data although they are public;
 * those whom the registry names for people to call stay while there is a reason to call. Pure; what is not a study is
 * returned as it is.
 */
export function withoutPersons(study: unknown): unknown {
  if (!isObject(study) || !isObject(study.protocolSection)) return study
  const { protocolSection: protocol } = study
  const kept = { ...protocol }
  if (isObject(protocol.sponsorCollaboratorsModule)) {
    kept.sponsorCollaboratorsModule = withoutInvestigator(protocol.sponsorCollaboratorsModule)
  }
  if (isObject(protocol.contactsLocationsModule)) {
    const { overallStatus } = isObject(protocol.statusModule) ? protocol.statusModule : {}
    kept.contactsLocationsModule = withoutOfficials(protocol.contactsLocationsModule, isClosed(overallStatus))
  }
  return { ...study, protocolSection: kept }
}

function withoutInvestigator(module: Members): Members {
  if (!isObject(module.responsibleParty)) return module
  const { investigatorFullName: _name, investigatorTitle: _title, ...party } = module.responsibleParty
  return { ...module, responsibleParty: party }
}

function withoutOfficials({ overallOfficials: _, ...module }: Members, closed: boolean): Members {
  const kept = { ...module }
  if (module.centralContacts !== undefined) kept.centralContacts = contactsKept(module.centralContacts, closed)
  if (Array.isArray(module.locations)) {
    kept.locations = module.locations.map((location: unknown) => {
      if (!isObject(location) || location.contacts === undefined) return location
      return { ...location, contacts: contactsKept(location.contacts, closed || isClosed(location.status)) }
    })
  }
  return kept
}

function contactsKept(contacts: unknown, closed: boolean): unknown[] {
  if (closed || !Array.isArray(contacts)) return []
  return contacts.filter((contact: unknown) => isObject(contact) && contact.role === 'CONTACT')
}

/** A status that is not known, or not given, closes nothing. */
function isClosed(status: unknown): boolean {
  const known = [...OVERALL_STATUSES, ...SITE_STATUSES].find((candidate) => candidate === status)
  return known !== undefined && OPENNESS[known] === 'closed'
}

function isObject(value: unknown): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

import { type PartialDate, parsePartialDate } from '../../domain/partial-date.ts'
import type { SiteStatus } from '../../domain/status.ts'
import { lookUp } from '../look-up.ts'
import type { Note } from '../unread-record.ts'
import { EARLY_TERMINATION, ENDED, FRANCE_NAME, PUBLIC_STATUSES, STARTS, STOPS, UNDER_EVALUATION } from './codes.ts'
import type { CtisTrial, PartII } from './trial.ts'

/**
 * France as CTIS states it: `memberStatesConcerned[].mscPublicStatusCode`, never the sites, never
 * `hasRecruitmentStarted`, which stays true after the end.
 */
export function readFrance({ ctPublicStatusCode, authorizedApplication, events }: CtisTrial, note: Note) {
  const states = authorizedApplication.memberStatesConcerned ?? []
  const state = states.find(({ mscName }) => mscName === FRANCE_NAME)
  const french = events?.trialEvents?.find(({ mscName }) => mscName === FRANCE_NAME)
  // Records of June 2024 lack the country's code; of a trial in one country the trial's own says the same.
  const code = state?.mscPublicStatusCode ?? (states.length === 1 ? ctPublicStatusCode : undefined)
  const happened = (french?.events ?? []).toSorted((a, b) => (a.date ?? '').localeCompare(b.date ?? ''))
  const last = happened.findLast(
    ({ notificationType = '' }) => STARTS.has(notificationType) || STOPS.has(notificationType),
  )
  let status = state === undefined ? null : readStatus(code, 'mscPublicStatusCode', note)
  if (code === ENDED && happened.some(({ notificationType }) => notificationType === EARLY_TERMINATION)) {
    status = 'TERMINATED'
  }
  // The code is what counts; an event that says otherwise is put down for somebody to look at.
  if (status === 'RECRUITING' && STOPS.has(last?.notificationType ?? '')) {
    note('trialEvents', `recruiting, but ${last?.notificationType} on ${last?.date}`)
  }
  return {
    status,
    underEvaluation: code === UNDER_EVALUATION,
    earlyTerminationReason: french?.earlyTerminationReason,
  }
}

/**
 * The trial's own code; where there is none, what France says. Terminated when every member state terminated it early.
 */
export function readOverallStatus(payload: CtisTrial, france: SiteStatus | null, note: Note): SiteStatus {
  const { ctPublicStatusCode: code, events } = payload
  if (code === undefined && france !== null) return france
  const states = payload.authorizedApplication.memberStatesConcerned ?? []
  const terminated = (events?.trialEvents ?? []).filter((state) =>
    state.events?.some(({ notificationType }) => notificationType === EARLY_TERMINATION),
  )
  if (code === ENDED && states.length > 0 && terminated.length >= states.length) return 'TERMINATED'
  return readStatus(code, 'ctPublicStatusCode', note)
}

/** When the trial began in France, else in Europe, else when it means to; and when it means to end. */
export function readPeriod(payload: CtisTrial, frenchParts: PartII[], note: Note) {
  const duration = payload.authorizedApplication.authorizedPartI.trialDetails.trialInformation?.trialDuration
  const inFrance = frenchParts.flatMap(({ mscInfo }) => [mscInfo?.activeTrialPeriod, ...(mscInfo?.trialPeriod ?? [])])
  const start =
    inFrance.find((period) => period?.trialStartDate !== undefined)?.trialStartDate ??
    payload.startDateEU ??
    duration?.estimatedRecruitmentStartDate
  return {
    startDate: readDay(start, 'startDate', note),
    completionDate: readDay(payload.endDateEU ?? duration?.estimatedEndDate, 'completionDate', note),
  }
}

/** ISO dates and datetimes without zone, or `DD/MM/YYYY`, to the day: the zone of CTIS is not known. */
export function readDay(text: string | undefined, field: string, note: Note): PartialDate | null {
  if (text === undefined || text === '') return null
  const date = parsePartialDate(text.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1'))
  if (date === null) note(field, text)
  return date
}

function readStatus(code: number | undefined, field: string, note: Note): SiteStatus {
  const status = lookUp(PUBLIC_STATUSES, code)
  if (status === undefined) note(field, String(code))
  return status ?? 'UNKNOWN'
}

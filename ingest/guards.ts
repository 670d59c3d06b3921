import { OPENNESS } from '../domain/status.ts'
import type { NormalisedRecord } from '../domain/trial.ts'

/** The run stops here and hides nothing: what the registry gave cannot be right. The message says why. */
export class RunRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RunRefused'
  }
}

/**
 * More than this share of the open trials leaving at once is a fault of the registry (AACT raises on the same sign).
 */
const DEPARTING_SHARE = 0.02
/** … unless they are this few: in a small database one trial is a large share. */
const DEPARTING_FEW = 3
/** The trials open in France change by a few per cent a week. */
const SHRUNK_TO = 0.8
const QUARANTINED_SHARE = 0.05
const QUARANTINED_FEW = 20
/** Below this many records a share says nothing. */
const FEW_RECORDS = 200
const FEW_CHANGED = 20
/** A field that nearly every record had and that half of what comes in lacks was renamed or lost. */
const USUALLY_ABSENT = 0.1
const SUDDENLY_ABSENT = 0.5
const ALARMING_RISE = 0.05

/** @throws RunRefused when a sweep gave fewer rows than the registry announced, or far fewer than the last one. */
export function checkLength(sweep: { announced: number | null; received: number }, lastReceived: number | null): void {
  const { announced, received } = sweep
  if (announced !== null && received < announced) {
    throw new RunRefused(`short sweep: the registry announced ${announced} records and gave ${received}`)
  }
  if (lastReceived !== null && lastReceived >= FEW_RECORDS && received < lastReceived * SHRUNK_TO) {
    throw new RunRefused(`short sweep: ${received} records, after ${lastReceived} in the last complete one`)
  }
}

/** @throws RunRefused when too many open records would leave at once. */
export function checkDepartures(leaving: number, open: number): void {
  if (leaving > DEPARTING_FEW && leaving > open * DEPARTING_SHARE) {
    throw new RunRefused(`${leaving} of ${open} open records would leave at once: nothing was hidden`)
  }
}

/** @throws RunRefused when so many records are unusable that something else than the records must be wrong. */
export function checkQuarantine(quarantined: number, fetched: number): void {
  if (quarantined > QUARANTINED_FEW && quarantined > fetched * QUARANTINED_SHARE) {
    throw new RunRefused(`${quarantined} of ${fetched} records cannot be used: has the registry changed its format?`)
  }
}

/** How many records were looked at, and how many of them lack each watched field. */
export interface AbsenceCount {
  records: number
  absent: Record<string, number>
}

/** @throws RunRefused when a field is missing from most new contents although nearly all records had it until now. */
export function checkFields(changed: AbsenceCount, held: AbsenceCount): void {
  if (changed.records < FEW_CHANGED || held.records < FEW_RECORDS) return
  for (const [field, count] of Object.entries(changed.absent)) {
    const usual = (held.absent[field] ?? 0) / held.records
    if (usual <= USUALLY_ABSENT && count >= changed.records * SUDDENLY_ABSENT) {
      const shares = `${percent(count / changed.records)} of what came in lack it, ${percent(usual)} until now`
      throw new RunRefused(`the field ${field} is gone: ${shares}`)
    }
  }
}

/** Share of records that lack each field, 0..1. */
export function absenceRates({ records, absent }: AbsenceCount): Record<string, number> {
  if (records === 0) return {}
  return Object.fromEntries(Object.entries(absent).map(([field, count]) => [field, count / records]))
}

/** What to tell when fields are missing more often than after the last complete run. */
export function absenceAlarms(rates: Record<string, number>, before: Record<string, number> | null): string[] {
  if (before === null) return []
  return Object.entries(rates)
    .filter(([field, rate]) => rate - (before[field] ?? 0) > ALARMING_RISE)
    .map(
      ([field, rate]) => `${field} is missing from ${percent(rate)} of records, ${percent(before[field] ?? 0)} before`,
    )
}

/** The watched fields that a record lacks. A site status is expected only while the study may still take patients. */
export function absentFields(record: NormalisedRecord): string[] {
  const running = OPENNESS[record.overallStatus] !== 'closed'
  const absent: Record<string, boolean> = {
    overallStatus: record.overallStatus === 'UNKNOWN',
    conditions: record.conditions.length === 0,
    eligibilityCriteria: record.eligibilityCriteria === null,
    phases: record.phases.length === 0,
    sponsor: record.sponsor === null,
    sex: record.sex === null,
    minimumAgeYears: record.minimumAgeYears === null,
    startDate: record.startDate === null,
    lastUpdateDate: record.lastUpdateDate === null,
    interventions: record.interventions.length === 0,
    sites: record.sites.length === 0,
    siteStatus: running && record.sites.every((site) => site.status === 'UNKNOWN') && record.franceStatus === null,
    sitePlace: record.sites.some((site) => site.city === null && site.postalCode === null),
  }
  return Object.keys(absent).filter((field) => absent[field])
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`

import { createPace } from '../db/batches.ts'
import { lockTrials } from '../db/changes.ts'
import type { Transaction } from '../db/database.ts'
import { exclusionsAmong, recordKey } from '../db/exclusions.ts'
import { logLinks } from '../db/links.ts'
import { assignRecords, relatedRecords, type StoredRecord } from '../db/related-records.ts'
import { moveSiteStatuses, partnerStatuses } from '../db/site-statuses.ts'
import { putTrials, removeTrials, type TrialToPut } from '../db/trials.ts'
import type { RecordKey } from '../domain/registry.ts'
import type { MergeRecords } from '../domain/trial.ts'
import { groupRecords, type RefusedLink } from './identity.ts'
import { assignTrialIds } from './trial-ids.ts'

/** The records of one study: those that count, and older numbers of theirs that do so no longer. */
interface Study {
  live: StoredRecord[]
  replaced: StoredRecord[]
}

/**
 * Link these records anew with all they hang together with, and compute the trials they are part of. Trials that
 * come out the same are not touched.
 * @param onRefused told of links that do not hold, so that they are logged.
 * @returns how many trials were created, changed or removed.
 */
export async function relink(
  tx: Transaction,
  keys: readonly RecordKey[],
  merge: MergeRecords,
  at: Date,
  onRefused: (links: RefusedLink[]) => void = () => {},
): Promise<number> {
  if (keys.length === 0) return 0
  await lockTrials(tx)
  const related = await relatedRecords(tx, keys)
  const decisions = await exclusionsAmong(tx, related.map(recordKey))
  const unused = new Set(decisions.filter(({ b }) => b === null).map(({ a }) => a))
  const live = related.filter((record) => record.state !== 'departed' && !unused.has(recordKey(record)))
  const apart = decisions.flatMap(({ a, b }) => (b === null ? [] : [[a, b] as const]))
  const { groups, links, refused } = groupRecords(
    live.map(({ normalised }) => normalised),
    apart,
  )
  if (refused.length > 0) onRefused(refused)

  const byKey = new Map(related.map((record) => [recordKey(record), record]))
  const studies = groups.map((group) => studyOf(group, byKey))
  const { ids, removed } = assignTrialIds(studies.map(membersOf), related.map(asMember))
  const known = await partnerStatuses(tx, trialIdsOf(related))
  const pace = createPace()
  const trials: TrialToPut[] = []
  for (const [index, { live: records }] of studies.entries()) {
    const trial = merge(
      records.map(({ normalised }) => normalised),
      { id: ids[index] ?? '', partnerStatuses: known },
    )
    trials.push({ trial, aliases: records.flatMap(({ normalised }) => normalised.aliases) })
    await pace()
  }

  const gone = await removeTrials(tx, removed, at)
  const { created, updated } = await putTrials(tx, trials, at)
  await assignRecords(
    tx,
    studies.flatMap(({ live: records, replaced }, index) =>
      [...records, ...replaced].map(({ registry, registryId }) => ({
        registry,
        registryId,
        trialId: ids[index] ?? '',
      })),
    ),
  )
  await moveSiteStatuses(tx, trialIdsOf(related), removed)
  await logLinks(tx, related.map(recordKey), links, at)
  return gone + created + updated
}

function studyOf(group: RecordKey[], byKey: Map<string, StoredRecord>): Study {
  const live = group.flatMap((key) => byKey.get(recordKey(key)) ?? [])
  const aliases = new Set(
    live.flatMap(({ registry, normalised }) => normalised.aliases.map((id) => `${registry}:${id}`)),
  )
  const replaced = [...byKey].filter(([key, record]) => record.state === 'departed' && aliases.has(key))
  return { live, replaced: replaced.map(([, record]) => record) }
}

const membersOf = ({ live, replaced }: Study) => [...live, ...replaced].map(asMember)

const asMember = (record: StoredRecord) => ({
  key: recordKey(record),
  firstSeenAt: record.firstSeenAt,
  trialId: record.trialId,
})

const trialIdsOf = (records: StoredRecord[]) => [...new Set(records.flatMap(({ trialId }) => trialId ?? []))]

import { lockTrials } from '../db/changes.ts'
import { releaseRecords } from '../db/quarantine.ts'
import { heldHeads, type RecordHead } from '../db/record-heads.ts'
import { departRecords, missRecords } from '../db/records.ts'
import type { RunContext } from './apply.ts'
import { checkDepartures } from './guards.ts'
import { REGISTRY_RULES } from './plan.ts'
import { relink } from './relink.ts'
import type { SweepReport } from './source.ts'
import { batched } from './streams.ts'

const RELINK_BATCH = 100

/**
 * After a complete full sweep: note which records it should have listed and did not, and return those that are due for
 * a second look. @throws RunRefused when too many are missing; then none is noted.
 */
export async function noteMissing({ db, source, now, tally }: RunContext): Promise<string[]> {
  const { listsClosed, secondLookAfterMs } = REGISTRY_RULES[source.registry]
  const held = await heldHeads(db, source.registry)
  const missing = held.filter((head) => !tally.has(head.registryId) && (listsClosed || head.open))
  if (listsClosed) checkDepartures(openOnes(missing).length, openOnes(held).length)
  const at = now()
  await db.transaction(async (tx) => {
    await lockTrials(tx)
    await missRecords(tx, source.registry, idsOf(missing), at)
  })
  tally.add({ missing: missing.length })
  const longAgo = at.getTime() - secondLookAfterMs
  return idsOf(missing.filter(({ missingSince }) => (missingSince ?? at).getTime() <= longAgo))
}

/**
 * After the second look: let those go that the registry itself says it does not have, or has under another number.
 * What it simply did not answer stays missing and is asked for again. @throws RunRefused when too many would leave;
 * then none does.
 */
export async function confirmDepartures(
  { db, source, merge, now, tally }: RunContext,
  asked: readonly string[],
  { gone, renamed }: Pick<SweepReport, 'gone' | 'renamed'>,
): Promise<void> {
  const held = await heldHeads(db, source.registry)
  const confirmed = held.filter(
    ({ registryId }) => asked.includes(registryId) && (gone.includes(registryId) || registryId in renamed),
  )
  const lost = confirmed.filter(({ registryId }) => gone.includes(registryId))
  checkDepartures(openOnes(lost).length, openOnes(held).length)
  for await (const ids of batched(each(idsOf(confirmed)), RELINK_BATCH)) {
    const keys = ids.map((registryId) => ({ registry: source.registry, registryId }))
    const trialsChanged = await db.transaction(async (tx) => {
      await lockTrials(tx)
      await departRecords(tx, source.registry, ids)
      await releaseRecords(tx, source.registry, ids)
      return relink(tx, keys, merge, now())
    })
    tally.add({ departed: ids.length, trialsChanged })
  }
}

const openOnes = (heads: RecordHead[]) => heads.filter(({ open }) => open)
const idsOf = (heads: RecordHead[]) => heads.map(({ registryId }) => registryId)

async function* each<T>(items: T[]): AsyncGenerator<T, void> {
  yield* items
}

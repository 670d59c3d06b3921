import { createHash } from 'node:crypto'

/** A record as far as ids are concerned. */
export interface Member {
  /** `ctgov:NCT01234567` */
  key: string
  firstSeenAt: Date
  /** The trial it was last part of. */
  trialId: string | null
}

export interface Assignment {
  /** For each group, in the order given. */
  ids: string[]
  /** Trials that lost their last record: joined into another one, or gone. */
  removed: { id: string; into?: string }[]
}

/** 60 bits: among a hundred thousand trials two alike are a one in two hundred million chance. */
const LENGTH = 12
/** Crockford's base 32, lower case: no letter that reads as a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of a trial whose first record is this one. */
export function trialIdOf(recordKey: string, attempt = 0): string {
  const digest = createHash('sha256')
    .update(attempt === 0 ? recordKey : `${recordKey}#${attempt}`)
    .digest()
  return [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/**
 * Give every group of records its trial id. Pure.
 * A group keeps the oldest id that its records bring along, the others become aliases of it. When the records of one
 * trial fall apart, its id stays with the record it was made from, and the other group gets the id it had before they
 * were joined, because that follows from its own first record.
 * @param groups live records, each group one trial; a group may bring along retired members that it replaces.
 * @param all every record that was looked at, the ones that count no longer included.
 */
export function assignTrialIds(groups: readonly Member[][], all: readonly Member[]): Assignment {
  const holders = claims(groups)
  const taken = new Set<string>()
  const ids = groups.map((group, index) => {
    const own = idsOf(group).filter((id) => holders.get(id) === index)
    const kept = oldest(own, all)
    if (kept) taken.add(kept)
    return kept
  })
  const complete = ids.map((id, index) => id ?? freshId(groups[index] ?? [], taken))
  const before = idsOf(all)
  const removed = before
    .filter((id) => !complete.includes(id))
    .map((id) => {
      const heir = holders.get(id)
      const into = heir === undefined ? undefined : complete[heir]
      return into ? { id, into } : { id }
    })
  return { ids: complete, removed }
}

/** Which group each id stays with: the one that has the record it was made from, else the one with the earliest. */
function claims(groups: readonly Member[][]): Map<string, number> {
  const holders = new Map<string, number>()
  for (const id of idsOf(groups.flat())) {
    const claimants = groups.flatMap((group, index) => {
      const members = group.filter((member) => member.trialId === id)
      return members.length > 0
        ? [{ index, founder: group.some(({ key }) => trialIdOf(key) === id), first: earliest(members) }]
        : []
    })
    claimants.sort((a, b) => Number(b.founder) - Number(a.founder) || byAge(a.first, b.first))
    if (claimants[0]) holders.set(id, claimants[0].index)
  }
  return holders
}

/** The id whose trial began first: by the first record that was ever part of it. */
function oldest(ids: string[], all: readonly Member[]): string | undefined {
  const began = (id: string) => earliest(all.filter(({ key, trialId }) => trialId === id || trialIdOf(key) === id))
  return ids.toSorted((a, b) => byAge(began(a), began(b)) || (a < b ? -1 : 1))[0]
}

function freshId(group: readonly Member[], taken: Set<string>): string {
  const { key } = earliest(group)
  let attempt = 0
  while (taken.has(trialIdOf(key, attempt))) attempt += 1
  const id = trialIdOf(key, attempt)
  taken.add(id)
  return id
}

function earliest(members: readonly Member[]): Member {
  return members.reduce((a, b) => (byAge(b, a) < 0 ? b : a))
}

function byAge(a: Member, b: Member): number {
  return a.firstSeenAt.getTime() - b.firstSeenAt.getTime() || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

function idsOf(members: readonly Member[]): string[] {
  return [...new Set(members.flatMap(({ trialId }) => trialId ?? []))]
}

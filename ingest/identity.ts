import { findIdentifiers, type Identifier, type IdentifierKind } from '../domain/identifiers.ts'
import type { NormalisedRecord } from '../domain/trial.ts'
import { protocolNumber } from './protocol-code.ts'

/** How a link was found: a registry number both name, or the protocol code of the same sponsor. */
export type LinkMethod = IdentifierKind | 'protocol'

/** Why two records are one study: the number both name, and its kind. Record keys as text, `a` before `b`. */
export interface RecordLink {
  a: string
  b: string
  method: LinkMethod
  value: string
}

/**
 * A link that does not hold. `apart`: it was decided that the two are different studies. `two_nct`: it would put two
 * NCT numbers into one trial. `contested`: one of the two is linked to studies that cannot be one.
 */
export interface RefusedLink extends RecordLink {
  reason: 'apart' | 'two_nct' | 'contested'
}

/** Each group is one study; every record is in exactly one. Everything in order of record keys. */
export interface Grouping {
  groups: NormalisedRecord[][]
  /** The links that hold. */
  links: RecordLink[]
  /** Those that do not, and why: for somebody to look at. */
  refused: RefusedLink[]
}

/** Pairs of record keys that were decided to be different studies. */
type Apart = readonly (readonly [string, string])[]

/** A record with the numbers it names, as `nct:NCT01234567`, and those that are its own. */
interface Node {
  key: string
  record: NormalisedRecord
  own: Set<string>
  named: Set<string>
  /** The ClinicalTrials.gov study it is, or says it is. */
  nct: string | null
}

/**
 * 2: each names the other's own number; 1: one names the other's own; 0: both name a third number; -1: the same
 * sponsor gives both the same protocol code.
 */
interface Candidate extends RecordLink {
  strength: number
}

/**
 * Which records describe the same study: those that share a registry number, found by pattern,
 * or the protocol code of the same sponsor; never by title. No
 * group holds two different NCT numbers: where a third record would join two of them the stronger link wins, and of
 * equal ones none does. Pure; the order of `records` does not matter.
 * @param apart pairs of record keys that were decided to be different studies.
 */
export function groupRecords(records: readonly NormalisedRecord[], apart: Apart = []): Grouping {
  const nodes = readNodes(records)
  const candidates = candidateLinks(nodes)
  let clusters = nodes.map((node) => [node])
  for (const strength of [2, 1, 0, -1]) {
    const links = candidates.filter((link) => link.strength === strength)
    clusters = join(clusters, strength < 0 ? acrossRegistries(links, clusters) : links, apart)
  }
  const place = placesOf(clusters)
  const holds = ({ a, b }: RecordLink) => place.get(a) === place.get(b)
  return {
    groups: clusters.map((cluster) => cluster.map(({ record }) => record)),
    links: candidates.filter(holds).map(asLink),
    refused: candidates
      .filter((link) => !holds(link))
      .map((link) => ({ ...asLink(link), reason: refusalOf(link, nodes, apart) })),
  }
}

/** A code links the studies of two registries; two studies of one registry with the same code are two studies. */
function acrossRegistries(links: readonly Candidate[], clusters: readonly Cluster[]): Candidate[] {
  const place = placesOf(clusters)
  const registriesOf = (key: string) => (clusters[place.get(key) ?? -1] ?? []).map(({ record }) => record.registry)
  return links.filter(({ a, b }) => !registriesOf(a).some((registry) => registriesOf(b).includes(registry)))
}

const asLink = ({ a, b, method, value }: RecordLink): RecordLink => ({ a, b, method, value })

function refusalOf({ a, b }: RecordLink, nodes: readonly Node[], apart: Apart): RefusedLink['reason'] {
  if (apart.some((pair) => pair.includes(a) && pair.includes(b))) return 'apart'
  const ncts = new Set(nodes.filter(({ key }) => key === a || key === b).flatMap(({ nct }) => nct ?? []))
  return ncts.size > 1 ? 'two_nct' : 'contested'
}

function readNodes(records: readonly NormalisedRecord[]): Node[] {
  const sorted = records.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const currentNumber = new Map(
    sorted.flatMap(({ aliases, registryId }) => aliases.map((alias) => [alias, registryId])),
  )
  return sorted.map((record) => {
    const own = new Set(findIdentifiers([record.registryId, ...record.aliases].join(' ')).map(textOf))
    const ncts = record.registry === 'ctgov' ? [record.registryId] : numbersOfKind(record, 'nct')
    const [nct] = ncts
    // A record of another registry that names several NCT numbers says of none that it is the same study.
    const isClear = ncts.length === 1 && nct !== undefined
    const named = record.identifiers.filter(({ kind }) => kind !== 'nct' || isClear).map(textOf)
    const study = isClear ? (currentNumber.get(nct) ?? nct) : null
    const protocol = protocolNumber(record)
    const numbers = new Set([...own, ...named, ...(protocol === null ? [] : [`protocol:${protocol}`])])
    return { key: keyOf(record), record, own, named: numbers, nct: study }
  })
}

function candidateLinks(nodes: readonly Node[]): Candidate[] {
  const namers = new Map<string, Node[]>()
  for (const node of nodes) for (const number of node.named) namers.set(number, [...(namers.get(number) ?? []), node])
  const links = [...namers].flatMap(([number, sharing]) =>
    sharing.flatMap((a, i) => sharing.slice(i + 1).map((b) => linkOf(a, b, number))),
  )
  return links.sort((x, y) => (textOfLink(x) < textOfLink(y) ? -1 : 1))
}

function linkOf(a: Node, b: Node, number: string): Candidate {
  const colon = number.indexOf(':')
  const method = number.slice(0, colon) as LinkMethod
  const strength = Number(meet(a.own, b.named)) + Number(meet(b.own, a.named))
  const isProtocolOnly = method === 'protocol' && strength === 0
  return { a: a.key, b: b.key, method, value: number.slice(colon + 1), strength: isProtocolOnly ? -1 : strength }
}

type Cluster = Node[]

/**
 * Clusters joined by these links. One that is linked to clusters which cannot be one study with each other says
 * nothing for certain: its links are left alone, whatever their order.
 */
function join(clusters: Cluster[], links: readonly Candidate[], apart: Apart) {
  const place = placesOf(clusters)
  const pairs = links
    .map(({ a, b }) => [place.get(a) ?? -1, place.get(b) ?? -1] as const)
    .filter(([from, to]) => from !== to)
  const isContested = clusters.map((cluster, index) => {
    const beside = pairs.flatMap(([from, to]) => (from === index ? [to] : to === index ? [from] : []))
    return beside.length > 0 && !mayBeOne([cluster, ...beside.map((at) => clusters[at] ?? [])].flat(), apart)
  })
  const clear = pairs.filter(([from, to]) => !isContested[from] && !isContested[to])
  return components(clusters.length, clear).flatMap((component) => {
    const parts = component.map((index) => clusters[index] ?? [])
    const whole = parts.flat().sort((a, b) => (a.key < b.key ? -1 : 1))
    return mayBeOne(whole, apart) ? [whole] : parts
  })
}

function mayBeOne(nodes: readonly Node[], apart: Apart): boolean {
  const keys = new Set(nodes.map(({ key }) => key))
  const ncts = new Set(nodes.flatMap(({ nct }) => nct ?? []))
  return ncts.size <= 1 && !apart.some(([a, b]) => keys.has(a) && keys.has(b))
}

/** Connected components of 0…count-1, in order of their first member. */
function components(count: number, pairs: readonly (readonly [number, number])[]): number[][] {
  const root = Array.from({ length: count }, (_, index) => index)
  const find = (index: number): number => {
    const parent = root[index] ?? index
    return parent === index ? index : find(parent)
  }
  for (const [a, b] of pairs) root[Math.max(find(a), find(b))] = Math.min(find(a), find(b))
  const members = new Map<number, number[]>()
  for (let index = 0; index < count; index++) members.set(find(index), [...(members.get(find(index)) ?? []), index])
  return [...members.values()]
}

function placesOf(clusters: readonly Cluster[]): Map<string, number> {
  return new Map(clusters.flatMap((cluster, index) => cluster.map(({ key }) => [key, index] as const)))
}

function numbersOfKind({ identifiers }: NormalisedRecord, kind: IdentifierKind): string[] {
  return [...new Set(identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value))]
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some((item) => b.has(item))
const keyOf = ({ registry, registryId }: NormalisedRecord) => `${registry}:${registryId}`
const textOf = ({ kind, value }: Identifier) => `${kind}:${value}`
const textOfLink = ({ a, b, method, value }: RecordLink) => [a, b, method, value].join(' ')

import type { MarkerName } from './marker-names.ts'
import type { Alteration, Token } from './marker-tokens.ts'

/** One thing said of one or several genes in a sentence, before the side of the sentence is looked at. */
export interface Atom {
  genes: readonly string[]
  alteration: Alteration
  /** Offsets in the sentence. */
  start: number
  end: number
  /** Denied by its own sentence ("no", "without", "negative for"). */
  denied: boolean
  /** Behind "except", "other than", "unless". */
  excepted: boolean
  /** How it follows the atom before it. */
  join: 'and' | 'or' | 'comma' | 'slash' | 'apart'
  /** Where the marker's own words begin and end: several atoms of one marker share them. */
  marker: number
}

interface Mention {
  index: number
  last: number
  marker: MarkerName
}

const SKIP_RIGHT = new Set(['filler', 'open', 'close', 'colon'])
const SKIP_LEFT = new Set(['filler', 'open', 'close', 'such', 'colon'])

/** Reads what is said of each marker of a sentence. Mentions in names of treatments or tests are left out. */
export function readAtoms(tokens: readonly Token[]): Atom[] {
  const mentions = mergeNames(tokens)
  const therapy = therapyMentions(tokens, mentions)
  const atoms: Atom[] = []
  const heads: (Head | null)[] = []
  for (const [at, mention] of mentions.entries()) {
    heads.push(null)
    if (therapy.has(at)) continue
    const said = alterationsOf(tokens, mentions, therapy, heads, at)
    for (const [nth, { alteration, from, to }] of said.entries()) {
      const first = tokens[Math.min(mention.index, from)]
      const last = tokens[Math.max(mention.last, to)]
      atoms.push({
        genes: mention.marker.genes,
        alteration,
        start: first?.start ?? 0,
        end: last?.end ?? 0,
        denied: false,
        excepted: false,
        join: nth > 0 ? 'or' : 'apart',
        marker: at,
      })
    }
  }
  return joined(tokens, mentions, withBareMembers(tokens, mentions, therapy, atoms))
}

/**
 * Members of a list that say nothing of their own share what its other members are said to be; a whole list of bare
 * genes under "genes" or a colon is a list of altered genes.
 */
function withBareMembers(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  therapy: Set<number>,
  atoms: Atom[],
): Atom[] {
  const bySaid = new Map<number, Atom>()
  for (const atom of atoms) bySaid.set(atom.marker, atom)
  const added: Atom[] = []
  for (let first = 0; first < mentions.length; ) {
    let last = first
    while (last + 1 < mentions.length && isListAt(tokens, mentions, last)) last++
    const bare: number[] = []
    let said: Atom | undefined
    for (let at = first; at <= last; at++) {
      const atom = bySaid.get(at)
      if (atom && CHANGES(atom)) said ??= atom
      else if (!atom && !therapy.has(at) && mentions[at]?.marker.alteration === null) bare.push(at)
    }
    const wholeList = last - first >= 2 && bare.length === last - first + 1 && isGeneList(tokens, mentions[first])
    const named = wholeList || isBareStatement(tokens, mentions, first, last) ? 'alteration' : null
    const code = said ? 'mutation' : named
    if (code)
      for (const at of bare)
        added.push(bareAtom(tokens, mentions[at], at, { code, sign: said?.alteration.sign ?? '+', threshold: null }))
    first = last + 1
  }
  return added.length === 0 ? atoms : [...atoms, ...added].sort((a, b) => a.marker - b.marker)
}

/** "STK11" alone, or "NRAS (except G12A)": the gene altered, as an item of a list. */
function isBareStatement(tokens: readonly Token[], mentions: readonly Mention[], first: number, last: number): boolean {
  const [start, end] = [mentions[first], mentions[last]]
  if (
    start?.index !== 0 ||
    !end ||
    start.marker.genes.some((gene) => PROTEINS.has(gene)) ||
    mentions.length > last + 1 ||
    start.marker.unsure
  )
    return false
  const rest = tokens.slice(end.last + 1)
  const exception = rest.findIndex(({ type }) => type === 'exception')
  const own = exception < 0 ? rest : rest.slice(0, exception)
  return (
    own.length <= 8 &&
    own.every(
      ({ type }) => type === 'open' || type === 'close' || type === 'join' || type === 'filler' || type === 'word',
    ) &&
    own.filter(({ type }) => type === 'word').length <= 3
  )
}

const isListAt = (tokens: readonly Token[], mentions: readonly Mention[], at: number) => {
  const [a, b] = [mentions[at], mentions[at + 1]]
  return a !== undefined && b !== undefined && isList(tokens, a.last, b.index)
}

function bareAtom(
  tokens: readonly Token[],
  mention: Mention | undefined,
  marker: number,
  alteration: Alteration,
): Atom {
  return {
    genes: mention?.marker.genes ?? [],
    alteration,
    start: tokens[mention?.index ?? 0]?.start ?? 0,
    end: tokens[mention?.last ?? 0]?.end ?? 0,
    denied: false,
    excepted: false,
    join: 'apart',
    marker,
  }
}

/** Named for their protein: a bare name says nothing of a gene. */
const PROTEINS = new Set([
  'ER',
  'PR',
  'HR',
  'CD274',
  'AR',
  'PSMA',
  'CD19',
  'CD20',
  'CD22',
  'CD30',
  'CD33',
  'CD38',
  'BCMA',
  'AFP',
  'MKI67',
  'EBV',
  'HPV',
  'MSI',
  'MMR',
  'TMB',
  'HRD',
])

/** A colon, "including" or "genes" opens the list, and no word of testing stands before it. */
function isGeneList(tokens: readonly Token[], first: Mention | undefined): boolean {
  if (!first || first.marker.genes.some((gene) => PROTEINS.has(gene))) return false
  let opened = first.index === 0
  for (let at = first.index - 1; at >= Math.max(0, first.index - 8); at--) {
    const type = tokens[at]?.type
    if (type === 'test' || type === 'anti' || type === 'therapy') return false
    if (type === 'colon' || type === 'such' || type === 'open') opened = true
  }
  return opened
}

interface Said {
  alteration: Alteration
  /** Token indexes of the words. */
  from: number
  to: number
}
interface Head extends Said {
  mention: number
}

/** "epidermal growth factor receptor (EGFR)" is one mention; so is "HER2/ERBB2". */
function mergeNames(tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'marker') continue
    const last = mentions[mentions.length - 1]
    if (
      last &&
      sameGenes(last.marker, token.marker) &&
      onlyBetween(tokens, last.last, index, ['open', 'filler', 'close']) &&
      index - last.last <= 4
    ) {
      last.last = index
      if (!token.marker.unsure) last.marker = { ...last.marker, unsure: false }
      last.marker = { ...last.marker, alteration: last.marker.alteration ?? token.marker.alteration }
      continue
    }
    mentions.push({ index, last: index, marker: token.marker })
  }
  return mentions
}

const sameGenes = (a: MarkerName, b: MarkerName) => a.genes.join() === b.genes.join()

function onlyBetween(tokens: readonly Token[], from: number, to: number, types: readonly string[]): boolean {
  for (let index = from + 1; index < to; index++) if (!types.includes(tokens[index]?.type ?? '')) return false
  return true
}

/** Mentions that name a treatment: "EGFR or ALK inhibitor", "anti-HER2", "therapy targeting KRAS". */
function therapyMentions(tokens: readonly Token[], mentions: readonly Mention[]): Set<number> {
  const therapy = new Set<number>()
  for (let at = mentions.length - 1; at >= 0; at--) {
    const mention = mentions[at]
    if (!mention) continue
    let index = mention.last + 1
    while (
      ['close', 'open'].includes(tokens[index]?.type ?? '') ||
      (tokens[index]?.type === 'filler' && tokens[index + 1]?.type === 'therapy')
    )
      index++
    let next = tokens[index]
    let altered = 0
    while (next?.type === 'alteration' && altered < 3) {
      index++
      altered++
      next = tokens[index]
    }
    if (next?.type === 'therapy') therapy.add(at)
    else {
      const following = mentions[at + 1]
      if (
        following &&
        therapy.has(at + 1) &&
        onlyBetween(tokens, mention.last, following.index, ['join', 'open', 'close', 'anti'])
      )
        therapy.add(at)
    }
  }
  for (const [at, mention] of mentions.entries()) {
    let index = mention.index - 1
    while (['filler', 'open', 'such'].includes(tokens[index]?.type ?? '') && mention.index - index < 4) index--
    const before = tokens[index]
    if (
      before?.type === 'anti' ||
      (before?.type === 'therapy' && index >= mention.index - 3 && !followsAlteration(tokens, mention))
    )
      therapy.add(at)
    const earlier = mentions[at - 1]
    if (
      earlier &&
      therapy.has(at - 1) &&
      onlyBetween(tokens, earlier.last, mention.index, ['join', 'open', 'filler', 'anti']) &&
      !followsAlteration(tokens, mention) &&
      mention.index - earlier.last < 4
    )
      therapy.add(at)
  }
  return therapy
}

function followsAlteration(tokens: readonly Token[], mention: Mention): boolean {
  const next = tokens[mention.last + 1]
  return next?.type === 'alteration' || next?.type === 'threshold'
}

function alterationsOf(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  therapy: Set<number>,
  heads: (Head | null)[],
  at: number,
): Said[] {
  const mention = mentions[at]
  if (!mention) return []
  const { marker } = mention
  const right = rightOf(tokens, mention.last)
  if (marker.alteration) {
    const named: Said = {
      alteration: {
        code: marker.alteration,
        sign: NEGATIVE_NAMES.has(marker.alteration) ? '-' : '+',
        threshold: null,
      },
      from: mention.index,
      to: mention.last,
    }
    if (
      right &&
      right.to - mention.last <= 2 &&
      right.said[0]?.alteration.sign === '-' &&
      tokens[right.said[0].from]?.type === 'alteration'
    ) {
      const negated = right.said[0]
      if (/negative|wild_type/.test(negated.alteration.code) && named.alteration.sign === '+')
        return [
          { ...named, alteration: { ...named.alteration, sign: '-', code: negated.alteration.code }, to: negated.to },
        ]
    }
    return RESULTS.has(marker.alteration) || !tested(tokens, right?.to ?? mention.last) ? [named] : []
  }
  if (right && right.said.length > 0) {
    const after = right.said[right.said.length - 1]
    if (after && testedAfter(tokens, after)) return []
    return right.said
  }
  const left = marker.unsure && !inList(mentions, tokens, at) ? null : leftOf(tokens, mentions, heads, at)
  if (left) {
    heads[at] = { ...left, mention: at }
    return testedAfter(tokens, { ...left, to: mention.last }) ? [] : [left]
  }
  const next = mentions[at + 1]
  if (
    next &&
    !therapy.has(at + 1) &&
    isList(tokens, mention.last, next.index) &&
    (!marker.unsure || !next.marker.unsure || inList(mentions, tokens, at))
  ) {
    if (next.marker.alteration) return []
    return alterationsOf(tokens, mentions, therapy, heads, at + 1).map((said) => ({
      ...said,
      alteration: shared(said.alteration),
    }))
  }
  return []
}

const NEGATIVE_NAMES = new Set(['negative', 'stable', 'proficient'])

/** A variant belongs to its own gene; the gene before it in a list only shares that it is altered. */
const shared = (alteration: Alteration): Alteration =>
  /^[A-Z]\d|^exon|ITD|TKD/.test(alteration.code) ? { ...alteration, code: 'mutation' } : alteration

const inList = (mentions: readonly Mention[], tokens: readonly Token[], at: number) => {
  const before = mentions[at - 1]
  const after = mentions[at + 1]
  const own = mentions[at]
  if (!own) return false
  return (
    (before !== undefined && isList(tokens, before.last, own.index)) ||
    (after !== undefined && isList(tokens, own.last, after.index))
  )
}

/** Only connectors, brackets, fillers and alterations stand between two mentions of one list. */
function isList(tokens: readonly Token[], from: number, to: number): boolean {
  let joins = 0
  for (let index = from + 1; index < to; index++) {
    const type = tokens[index]?.type
    if (type === 'join') joins++
    else if (
      type !== 'open' &&
      type !== 'close' &&
      type !== 'filler' &&
      type !== 'alteration' &&
      type !== 'negation' &&
      type !== 'such'
    )
      return false
  }
  return joins > 0 && to - from <= 12
}

/** The alteration after a marker, and further ones of the same marker: "exon 19 deletion or L858R". */
function rightOf(tokens: readonly Token[], last: number): { said: Said[]; to: number } | null {
  let index = last + 1
  let skipped = 0
  while (SKIP_RIGHT.has(tokens[index]?.type ?? '') && skipped < 7) {
    index++
    skipped++
  }
  if (
    tokens[index]?.type === 'test' &&
    ['threshold', 'alteration'].includes(tokens[index + 1]?.type ?? '') &&
    !/mutation|alteration/.test(codeAt(tokens, index + 1))
  )
    index++
  while (SKIP_RIGHT.has(tokens[index]?.type ?? '') && skipped < 9) {
    index++
    skipped++
  }
  if (tokens[index]?.type === 'join' && isVariant(tokens[index + 1])) index++
  if (index > last + 1 && tokens[index]?.type === 'join' && tokens[index + 1]?.type === 'filler') {
    if (tokens[index + 2]?.type === 'alteration') index += 2
  }
  const first = tokens[index]
  if (first?.type !== 'alteration' && first?.type !== 'threshold') return null
  const said: Said[] = [{ alteration: first.alteration, from: index, to: index }]
  let to = index
  for (let look = index + 1; look < tokens.length && look - to <= 5; look++) {
    const token = tokens[look]
    if (token?.type === 'alteration' || token?.type === 'threshold') {
      if (startsOwnList(tokens, look)) break
      combine(said, { alteration: token.alteration, from: look, to: look }, joinedBetween(tokens, to, look))
      to = look
    } else if (
      token?.type !== 'join' &&
      token?.type !== 'filler' &&
      token?.type !== 'open' &&
      token?.type !== 'close' &&
      token?.type !== 'such' &&
      token?.type !== 'colon' &&
      token?.type !== 'test'
    )
      break
  }
  return { said, to }
}

const isVariant = (token: Token | undefined) => token?.type === 'alteration' && /^[A-Z]\d/.test(token.alteration.code)

const codeAt = (tokens: readonly Token[], index: number) => {
  const token = tokens[index]
  return token?.type === 'alteration' || token?.type === 'threshold' ? token.alteration.code : ''
}

/** "…, mutations in KRAS": the alteration is the head of what follows. */
function startsOwnList(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  if (token?.type !== 'alteration' || /^[A-Z]\d|^exon/.test(token.alteration.code)) return false
  let look = index + 1
  while (tokens[look]?.type === 'filler' && look - index < 4) look++
  return tokens[look]?.type === 'marker' && look - index <= 3 && tokens[index - 1]?.type !== 'marker'
}

const joinedBetween = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from + 1, to).some(({ type }) => type === 'join')

const GENERAL = new Set(['mutation', 'alteration', 'activating_mutation', 'positive', 'expression', 'fusion'])

/** "G12C mutation" is one thing; "mutation (L858R)" too; "exon 19 deletion or L858R" are two. */
function combine(said: Said[], next: Said, joinedByWord: boolean) {
  const last = said[said.length - 1]
  if (!last) return
  const known = last.alteration
  const { alteration } = next
  if (alteration.threshold && EXPRESSION.has(known.code) && !known.threshold) {
    said[said.length - 1] = {
      alteration: {
        ...known,
        sign: alteration.sign,
        code: alteration.sign === '-' ? 'negative' : known.code === 'positive' ? 'positive' : known.code,
        threshold: alteration.threshold,
      },
      from: last.from,
      to: next.to,
    }
  } else if (GENERAL.has(alteration.code) && !joinedByWord) {
    if (alteration.code === 'positive' || alteration.sign === known.sign)
      said[said.length - 1] = { ...last, to: next.to }
    else said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (alteration.sign !== known.sign && !joinedByWord) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (
    GENERAL.has(known.code) &&
    /^[A-Z]\d|^exon|ITD|TKD/.test(alteration.code) &&
    said.length === 1 &&
    !joinedByWord
  ) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else if (/^exon\d+_mutation$/.test(known.code) && /^[A-Z]\d/.test(alteration.code) && !joinedByWord) {
    said[said.length - 1] = { alteration, from: last.from, to: next.to }
  } else said.push(next)
}

const EXPRESSION = new Set(['expression', 'overexpression', 'positive', 'high', 'negative'])

/** "mutations in EGFR", "mutated KRAS": the alteration before, also at a distance over the same list. */
function leftOf(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  heads: (Head | null)[],
  at: number,
): Said | null {
  const mention = mentions[at]
  if (!mention) return null
  let index = mention.index - 1
  let skipped = 0
  while (
    index >= 0 &&
    (SKIP_LEFT.has(tokens[index]?.type ?? '') ||
      (tokens[index]?.type === 'word' && skipped === 0 && tokens[index - 1]?.type === 'such')) &&
    skipped < 9
  ) {
    index--
    skipped++
  }
  const token = tokens[index]
  if (token?.type === 'alteration' && (skipped === 0 || token.noun) && !belongsToLeft(tokens, index, skipped)) {
    return { alteration: token.alteration, from: index, to: index }
  }
  const before = mentions[at - 1]
  const head = before ? heads[at - 1] : null
  if (before && isList(tokens, before.last, mention.index)) {
    if (head) return head
    const earlier = heads.slice(0, at).findLast((one) => one !== null)
    if (earlier && sameList(tokens, mentions, earlier.mention, at)) return earlier
    return null
  }
  return farHead(tokens, mention)
}

/** "EGFR mutation, ALK …": the alteration is EGFR's own, not the head of ALK. */
function belongsToLeft(tokens: readonly Token[], index: number, skipped: number): boolean {
  if (
    skipped > 0 &&
    tokens.slice(index + 1, index + 1 + skipped).some((token) => token.type === 'filler' || token.type === 'such')
  ) {
    const previous = tokens[index - 1]?.type
    return previous === 'marker' && !tokens.slice(index + 1, index + 1 + skipped).some(({ type }) => type === 'such')
  }
  return tokens[index - 1]?.type === 'marker'
}

function sameList(tokens: readonly Token[], mentions: readonly Mention[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const [a, b] = [mentions[at], mentions[at + 1]]
    if (!a || !b || !isList(tokens, a.last, b.index)) return false
  }
  return true
}

/** A head further off: "oncogenic driver mutation or alteration in genes such as", "mutations targetable by …, including". */
function farHead(tokens: readonly Token[], mention: Mention): Said | null {
  let such = false
  for (let index = mention.index - 1; index >= 0 && mention.index - index <= 40; index--) {
    const token = tokens[index]
    if (!token || token.type === 'marker' || token.type === 'anti' || token.type === 'exception') return null
    if (token.type === 'such' || token.type === 'colon') such = true
    if (token.type === 'alteration' && token.noun && such)
      return { alteration: token.alteration, from: index, to: index }
    if (token.type === 'therapy' && !such) return null
  }
  return null
}

/** "EGFR mutation status", "PD-L1 expression testing": known, not required. */
function testedAfter(tokens: readonly Token[], said: Said): boolean {
  return !RESULTS.has(said.alteration.code) && said.alteration.threshold === null && tested(tokens, said.to)
}

/** Results of a test: "wild-type status" states one. */
const RESULTS = new Set(['positive', 'negative', 'wild_type', 'high', 'low', 'deficient', 'proficient', 'stable'])

function tested(tokens: readonly Token[], last: number): boolean {
  let index = last + 1
  while (['close', 'open'].includes(tokens[index]?.type ?? '') && index - last < 3) index++
  if (tokens[index]?.type === 'filler' && tokens[index + 1]?.type === 'test') index++
  if (tokens[index]?.type !== 'test') return false
  let look = index + 1
  while (['filler', 'open', 'test', 'close'].includes(tokens[look]?.type ?? '') && look - index < 5) look++
  const value = tokens[look]
  return !(value?.type === 'alteration' && /positive|negative|high|wild_type|deficient/.test(value.alteration.code))
}

/** Adds how each atom follows the one before, and which are denied or excepted. */
function joined(tokens: readonly Token[], mentions: readonly Mention[], atoms: Atom[]): Atom[] {
  const scoped: Atom[] = []
  for (const [nth, atom] of atoms.entries()) {
    const mention = mentions[atom.marker]
    const previous = atoms[nth - 1]
    const join =
      nth === 0 || !previous || !mention
        ? 'apart'
        : previous.marker === atom.marker
          ? atom.join
          : joinOf(tokens, mentions[previous.marker], mention)
    const start = listStart(tokens, mentions, atom.marker)
    const own = scopeBefore(tokens, start, Math.min(start, mention?.index ?? 0))
    const last = scoped[scoped.length - 1]
    const alteration = activating(tokens, start, atom.alteration)
    const carried = join !== 'apart' && last?.denied === true && CHANGES(last) && CHANGES(atom)
    scoped.push({ ...atom, alteration, join, ...own, denied: own.denied || carried })
  }
  return scoped
}

/** "activating EGFR or HER2 mutation": the word before the list is said of each of its members. */
const activating = (tokens: readonly Token[], start: number, alteration: Alteration): Alteration =>
  alteration.code === 'mutation' && tokens.slice(Math.max(0, start - 2), start).some((token) => token.activating)
    ? { ...alteration, code: 'activating_mutation' }
    : alteration

const CHANGES = ({ alteration }: Atom) => /mutation|fusion|amplif|alteration|^[A-Z]\d|^exon/.test(alteration.code)

function joinOf(tokens: readonly Token[], from: Mention | undefined, to: Mention): Atom['join'] {
  if (!from) return 'apart'
  let best: Atom['join'] = 'apart'
  for (let index = from.last + 1; index < to.index; index++) {
    const token = tokens[index]
    if (token?.type === 'word' || token?.type === 'colon') best = 'apart'
    if (token?.type !== 'join') continue
    if (token.join === 'or') best = 'or'
    else if (token.join === 'and' && best !== 'or') best = 'and'
    else if (token.join === 'slash' && best === 'apart') best = 'slash'
    else if (token.join === 'comma' && best === 'apart') best = 'comma'
  }
  return best
}

/** First token of the list a mention stands in, its head alteration included. */
function listStart(tokens: readonly Token[], mentions: readonly Mention[], at: number): number {
  let first = at
  while (first > 0) {
    const [a, b] = [mentions[first - 1], mentions[first]]
    if (!a || !b || !isList(tokens, a.last, b.index)) break
    if (tokens.slice(a.last + 1, b.index).some(({ type }) => type === 'negation' || type === 'exception')) break
    first--
  }
  return mentions[first]?.index ?? 0
}

/** Looks left for "no", "without", "other than"; stops at words that end their reach. */
function scopeBefore(tokens: readonly Token[], start: number, index: number): { denied: boolean; excepted: boolean } {
  let words = 0
  let excepted = false
  for (let look = Math.min(start, index) - 1; look >= 0; look--) {
    const token = tokens[look]
    if (!token) break
    if (token.type === 'negation') return { denied: !excepted, excepted }
    if (token.type === 'exception') {
      excepted = true
      break
    }
    if (token.type === 'therapy' || token.type === 'marker' || token.type === 'anti') break
    if (token.type === 'join' && words > 0) break
    if (token.type === 'word') words++
    if (words > 5) break
  }
  return { denied: false, excepted }
}

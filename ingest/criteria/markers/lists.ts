import { biomarkerByCode } from '../../../domain/vocabulary/biomarkers.ts'
import type { Alteration, Atom, Token } from './grammar.ts'
import { isChange } from './kinds.ts'
import { isListedWithNext, type Marked, type Mention } from './mentions.ts'

/** Names of a way of repair, met as the head of a list of its genes: "DDR genes such as ATM, BRCA1". */
const PATHWAYS = new Set(['DDR', 'HRR', 'HRD'])

/** What is said of a pathway whose genes are listed next to it is said of the genes. */
export function withoutPathways({ tokens, mentions }: Marked, atoms: Atom[]): Atom[] {
  return atoms.filter((atom, nth) => {
    if (!PATHWAYS.has(atom.genes[0] ?? '')) return true
    let after = nth + 1
    while (atoms[after]?.marker === atom.marker) after++
    const next = atoms[after]
    const [own, listed] = [mentions[atom.marker], mentions[next?.marker ?? -1]]
    if (!own || !listed || next?.marker !== atom.marker + 1 || PATHWAYS.has(next.genes[0] ?? '')) return true
    return !tokens.slice(own.last + 1, listed.index).some(({ type }) => type === 'such' || type === 'colon')
  })
}

/**
 * Members of a list that say nothing of their own share what its other members are said to be; a whole list of bare
 * genes under "genes" or a colon is a list of altered genes.
 */
export function withBareMembers(marked: Marked, treatments: ReadonlySet<number>, atoms: Atom[]): Atom[] {
  const { tokens, mentions } = marked
  const bySaid = new Map<number, Atom>()
  for (const atom of atoms) bySaid.set(atom.marker, atom)
  const added: Atom[] = []
  for (let first = 0; first < mentions.length; ) {
    let last = first
    while (last + 1 < mentions.length && isListedWithNext(marked, last)) last++
    const bare: number[] = []
    let said: Atom | undefined
    for (let at = first; at <= last; at++) {
      const atom = bySaid.get(at)
      if (atom && isChange(atom.alteration.code)) said ??= atom
      else if (!atom && !treatments.has(at) && mentions[at]?.marker.alteration === null) bare.push(at)
    }
    const wholeList = last - first >= 2 && bare.length === last - first + 1 && isGeneList(tokens, mentions[first])
    const named = wholeList || isBareStatement(tokens, mentions, first, last) ? 'alteration' : null
    const code = said ? 'mutation' : named
    for (const at of code ? bare : []) {
      const own = isTissueType(mentions[at]) ? 'positive' : (code ?? '')
      added.push(bareAtom(tokens, mentions[at], at, { code: own, sign: said?.alteration.sign ?? '+', threshold: null }))
    }
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
    start.marker.genes.some(isProtein) ||
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

/** Named for their protein, or for what is measured: a bare name says nothing of a gene. */
function isProtein(gene: string): boolean {
  const kind = biomarkerByCode(gene)?.kind
  if (kind === undefined) return gene.startsWith('CD')
  return BARE_PROTEINS.has(gene) || (kind !== 'gene' && kind !== 'family' && kind !== 'tissue_type')
}
const BARE_PROTEINS = new Set(['CD274', 'AR', 'MKI67'])

/** A tissue type named alone ("HLA-A*02:01") is one the person has. */
const isTissueType = (mention: Mention | undefined) =>
  biomarkerByCode(mention?.marker.genes[0] ?? '')?.kind === 'tissue_type'

/** A colon, "including" or "genes" opens the list, and no word of testing stands before it. */
function isGeneList(tokens: readonly Token[], first: Mention | undefined): boolean {
  if (!first || first.marker.genes.some(isProtein)) return false
  let opened = first.index === 0
  for (let at = first.index - 1; at >= Math.max(0, first.index - 25); at--) {
    const type = tokens[at]?.type
    if (type === 'anti' || type === 'therapy') return false
    const near = first.index - at <= 8
    if (near && type === 'test') return false
    if (near && (type === 'colon' || type === 'such' || type === 'open')) opened = true
  }
  return opened
}

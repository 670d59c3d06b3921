/** Three-letter amino acids of HGVS and their letters (IUPAC). */
const AMINO_ACIDS: Record<string, string> = {
  Ala: 'A',
  Arg: 'R',
  Asn: 'N',
  Asp: 'D',
  Cys: 'C',
  Gln: 'Q',
  Glu: 'E',
  Gly: 'G',
  His: 'H',
  Ile: 'I',
  Leu: 'L',
  Lys: 'K',
  Met: 'M',
  Phe: 'F',
  Pro: 'P',
  Ser: 'S',
  Thr: 'T',
  Trp: 'W',
  Tyr: 'Y',
  Val: 'V',
  Ter: '*',
}
const LETTERS = 'ACDEFGHIKLMNPQRSTVWY'
const RESIDUE = `(?:${Object.keys(AMINO_ACIDS).join('|')}|[${LETTERS}])`
const CHANGE = `(?:delins|del|ins|dup)[A-Z]{0,12}|fs(?:\\*\\d{0,3})?|${RESIDUE}|X|\\*`
/** V600E, p.(Val600Glu), V600, G719X, R213*, E746_A750del, E545fs, D770_N771insSVD. Without nested repeats. */
const VARIANT = `(?:p\\.)?\\(?(${RESIDUE})(\\d{1,4})(?:_(${RESIDUE})(\\d{1,4}))?(${CHANGE})?\\)?`
const WHOLE = new RegExp(`^${VARIANT}$`)
const WHOLE_ANY_CASE = new RegExp(`^${VARIANT}$`, 'i')
const ANYWHERE = new RegExp(`(?<![\\p{L}\\p{N}])${VARIANT}(?![\\p{L}\\p{N}])`, 'gu')

/**
 * Positions written without the new residue ("BRAF V600", "KRAS G12"): other such words are stages, days, codes.
 * The mutational hotspots of the genes that trials select on.
 */
const HOTSPOTS: ReadonlySet<string> = new Set(
  'V600 G12 G13 Q61 A146 K117 A59 R132 R140 R172 D816 D842 V560 G719 L858 L861 S768 T790 C797 H1047 E545 E542 Q546 E17 T315 F317 V617 D835 I836 F691 Q209 L265 R625 S45 T41 S33 Y537 D538 R175 R248 R273 Y220 V599 G1202 L1196 G2032 S34 K700 P95 Y641 C481 K27 G34 K601 L755 V777 R882'.split(
    ' ',
  ),
)
/** "Q3W": every three weeks, not a variant; Q61H is one. */
const DOSING = /^Q(?:[1-9]|1\d|2[0-8]|48|72)[WDHM]$/

/**
 * A variant of a protein in the one way we write it (L858R, V600, G719X, R213*, E746_A750del), from the usual ways of
 * writing it (`p.Leu858Arg`, `p.(V600E)`, `v600e`; HGVS protein level, not `c.`). Null for what is not one.
 */
export function normaliseVariant(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > 40 || DOSING.test(trimmed)) return null
  const match = WHOLE.exec(trimmed) ?? WHOLE_ANY_CASE.exec(trimmed)
  return match ? writeVariant(match) : null
}

/** Variants written in a text, with UTF-16 offsets. Positions alone (V600) only where they are known hotspots. */
export function findVariants(text: string): { start: number; end: number; variant: string }[] {
  const found: { start: number; end: number; variant: string }[] = []
  for (const match of text.matchAll(ANYWHERE)) {
    const variant = writeVariant(match)
    const isPosition = match[3] === undefined && match[5] === undefined
    if (isPosition ? !HOTSPOTS.has(variant) : DOSING.test(variant) || (match[2] ?? '').length < 2) continue
    found.push({ start: match.index, end: match.index + match[0].length, variant })
  }
  return found
}

/** What a variant is a kind of: its position (V600E: V600). Null for a position and for ranges. */
export function positionOfVariant(variant: string): string | null {
  const match = /^([A-Z]\d{1,4})(?:[A-Z]|\*|fs)$/.exec(variant)
  return match?.[1] ?? null
}

/** Codon of a variant or position, the first of a range; null for what is not a variant. */
export function codonOfVariant(variant: string): number | null {
  const match = /^[A-Z](\d{1,4})/.exec(variant)
  return match?.[1] === undefined || normaliseVariant(variant) === null ? null : Number(match[1])
}

function writeVariant([, from = '', codon = '', to, last, change = '']: RegExpExecArray | RegExpMatchArray): string {
  const range = to === undefined ? '' : `_${letter(to)}${last}`
  return `${letter(from)}${codon}${range}${writeChange(change)}`
}

function writeChange(change: string): string {
  const frameshift = /^fs/i.test(change)
  if (frameshift) return 'fs'
  const indel = /^(delins|del|ins|dup)(.*)$/i.exec(change)
  return indel ? `${indel[1]?.toLowerCase()}${indel[2]?.toUpperCase()}` : letter(change)
}

/** The letter of an amino acid in any case, `Leu` or `L`; other signs (`*`, `X`) as they are. */
function letter(residue: string): string {
  const known = AMINO_ACIDS[residue.charAt(0).toUpperCase() + residue.slice(1).toLowerCase()]
  return known ?? residue.toUpperCase()
}

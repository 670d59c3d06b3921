import type { Found } from '../../../domain/vocabulary/lexicon.ts'
import type { Token } from './grammar.ts'
import { MARKER_LEXICON, type MarkerName } from './names.ts'

/** A gene written into one word with its variant: "KRasG12C". */
const GLUED = /\b[A-Z][A-Za-z]{2,5}[A-Z]\d{2,4}[A-Z]?\b/
const GLUED_HERE =
  /^([A-Z][A-Za-z0-9.]{1,5}?)((?:p\.)?[A-Z]\d{2,4}[A-Z]?|ex(?:on)?\d{2}(?:ins|del)\w{0,8})(?![A-Za-z0-9])/
/** Antigens of the CD nomenclature, whatever their number; not the cells that are counted by them. */
const ANTIGEN = /^(CD\d{1,3}[a-z]?(?:v\d{1,2})?)(?![A-Za-z0-9])/
const CELL_COUNT =
  /^[+ -]{0,3}(?:\(?(?:positive )?(?:t[- ]?cells?|t[- ]?lymphocytes?|cells?|lymphocytes?|counts?|cell counts?|nadir|lymph\w*)\b(?! (?:lymphom|malignan|leuk|neoplas))|[<>≥≤=])/
/** Letters in capitals that look like a gene and are none. */
const NOT_GENES = new Set(
  'DNA RNA CTDNA CFDNA NGS PCR FISH IHC ISH CLIA FDA EMA ECOG WHO TPS CPS TC IC TAP ULN CNS CT MRI PET RECIST NSCLC SCLC CRC HCC MBC BTC GC GEJ TKI TKIS ADC AML ALL CLL MDS MM CML MCL FL DLBCL NHL ADT ASCO CAP ICF HIV HBV HCV VIH USA US EU UK SOC FFPE CSF AJCC UICC UC GIST NET NEC RCC PS PI SD CR PD II III IV IIIA IIIB IIIC OS PFS ORR TNM IPSS HMA HSCT SCT CAR BTK BTKI VEGF'.split(
    ' ',
  ),
)
const SYMBOL = /^[A-Z][A-Z0-9]{1,6}(?:-?\d{1,2}[A-Z]?)?$/

/**
 * The markers of the vocabulary that a sentence names, in order. Null when it names none and holds no letters that
 * `nameAt` could make one of.
 */
export function namesIn(plain: string): Found<MarkerName>[] | null {
  const found = MARKER_LEXICON.findAll(plain)
  if (found.length === 0) return /\bCD\d/.test(plain) || GLUED.test(plain) ? found : null
  const kept = found.filter(
    (hit) =>
      !isSample(hit.value, plain.slice(hit.end, hit.end + 16)) &&
      !NAMED_AFTER.test(plain.slice(hit.end, hit.end + 6)) &&
      !isInitials(plain, hit),
  )
  return kept.length > 0 || /\bCD\d/.test(plain) || GLUED.test(plain) ? kept : null
}

/** "ctDNA with an EGFR mutation": tumour DNA in the blood is where the marker was looked for. */
const isSample = ({ genes }: MarkerName, after: string) =>
  genes.includes('CTDNA') && /^\s+(?:with|showing|carrying|containing|avec|portant)\b/i.test(after)

/** "Ph-like", "BRCA-like" disease and the proteins RAS-GAP and RAS-GEF are named after the marker, and are not it. */
const NAMED_AFTER = /^[- ]?(?:like|GAP|GEF)s?\b/

/** "homologous recombination (HR)", "partial response (PR)": letters in brackets stand for the words before them. */
function isInitials(plain: string, { value, start, end }: Found<MarkerName>): boolean {
  if (!value.unsure || plain[start - 1] !== '(' || plain[end] !== ')') return false
  const words = plain.slice(Math.max(0, start - 60), start - 1).match(/[A-Za-z]+/g) ?? []
  const initials = words.slice(start - end).map((word) => word[0]?.toUpperCase())
  return initials.join('') === plain.slice(start, end)
}

/** "BRCA1/2", "RAD51C/D", "FGFR1/2/3", "GNAQ/11": further members of the family, written by their ending. */
export function pushSiblings(plain: string, marker: MarkerName, from: number, tokens: Token[]): number {
  const gene = marker.genes[0]
  let at = from
  if (!gene || marker.genes.length > 1 || !/^[A-Z]+\d*[A-Z]?$/.test(gene) || marker.alteration) return at
  for (;;) {
    const ending = /^\/(\d{1,2}|[A-Z])(?![A-Za-z0-9+])/.exec(plain.slice(at, at + 4))
    if (!ending?.[1]) return at
    const sibling = gene.replace(/(?:\d+|[A-Z])$/, ending[1])
    const start = at + 1
    at += ending[0].length
    tokens.push(
      { type: 'join', join: 'slash', start: start - 1, end: start },
      { type: 'marker', marker: { ...marker, genes: [sibling] }, start, end: at },
    )
  }
}

/** A marker that no list of names holds: a gene glued to its variant, a CD antigen, capitals that look like a gene. */
export function nameAt(plain: string, folded: string, at: number, limit: number): Token | null {
  const glued = GLUED_HERE.exec(plain.slice(at, at + 14))?.[1]
  const gene = glued ? MARKER_LEXICON.lookUp(glued) : null
  if (gene) return { type: 'marker', marker: gene, start: at, end: at + (glued?.length ?? 0) }
  const antigen = ANTIGEN.exec(plain.slice(at, Math.min(limit, at + 12)))?.[1]
  if (antigen && !CELL_COUNT.test(folded.slice(at + antigen.length, at + antigen.length + 30)))
    return unsureName(antigen, true, at)
  const symbol = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Z0-9]+)?/.exec(plain.slice(at, Math.min(limit, at + 14)))?.[0]
  return symbol && SYMBOL.test(symbol) && !NOT_GENES.has(symbol) ? unsureName(symbol, false, at) : null
}

const unsureName = (gene: string, known: boolean, start: number): Token => ({
  type: 'marker',
  marker: { genes: [gene], alteration: null, unsure: true, known },
  start,
  end: start + gene.length,
})

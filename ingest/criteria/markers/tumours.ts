import { ancestorsOf, cancerByCode } from '../../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES, FAMILIES } from '../cancer-names.ts'
import type { Atom } from './grammar.ts'

/** A tumour named in a text. UTF-16 offsets. */
interface Tumour {
  code: string
  from: number
  to: number
}

const NOT_THE_DISEASE =
  /\b(?:other than|except(?:ing|ion)?(?: for)?|excluding|unless|without|history of|metastas[ei]s (?:from|of|to)|not|no|sauf|hormis)\b[^.;:]{0,45}$/i

/** "Anaplastic lymphoma kinase" is a gene. */
const OF_A_GENE = /^ (?:kinase|receptor|gene)\b/i

/** The tumours a sentence names as those a person may have; words for any cancer are none. */
export function tumoursIn(plain: string): Tumour[] {
  return CANCER_NAMES.findAll(plain).flatMap(({ value, start, end }) =>
    value.unsure ||
    FAMILIES.has(value.code) ||
    OF_A_GENE.test(plain.slice(end, end + 10)) ||
    /\bnon[- ]$/i.test(plain.slice(Math.max(0, start - 4), start)) ||
    NOT_THE_DISEASE.test(plain.slice(Math.max(0, start - 60), start))
      ? []
      : (cancerByCode(value.code)?.means ?? [value.code]).map((code) => ({ code, from: start, to: end })),
  )
}

/** Whether two tumours are of different organs, or lineages of the blood: nobody's one tumour is both. */
export function areApart(a: string, b: string): boolean {
  const [one, other] = [organOf(a), organOf(b)]
  return one !== null && other !== null && one !== other
}

/** The widest that a tumour belongs to, families of organs aside: LUNG, BREAST, LYMPH; null for a family. */
const organOf = (code: string): string | null =>
  ancestorsOf(code).findLast((one) => !one.startsWith('ANY_') && one !== 'OTHER') ?? null

const BETWEEN_ITEMS = /[,;]|\/(?= )| (?:and\/or|and|or|et|ou) /g
const TUMOUR_NOUN =
  /^[^(:]{0,50}?\b(?:tumou?rs?|cancers?|malignanc\w+|tumeurs?|nsclc|[a-z]+omas?|bc|crc|leuka?emia|all|aml)\b/

/**
 * The atoms that are said of one item of a list of tumours alone: "melanoma, triple-negative breast cancer or …",
 * "MSI-H tumours" behind others. "HER2-positive breast or gastric cancer" and "breast or gastric cancer with …" mean
 * all.
 */
export function saidOfSome(plain: string, folded: string, atoms: readonly Atom[]): Set<Atom> {
  const some = new Set<Atom>()
  const tumours = atoms.length === 0 ? [] : tumoursIn(plain)
  if (tumours.length === 0) return some
  const items = itemsOf(folded)
  const spans = atoms.map(({ start, end }) => ({
    from: items.findLast(({ from }) => from <= start)?.from ?? 0,
    to: items.find(({ to }) => to >= end)?.to ?? folded.length,
  }))
  const unmarked = tumours.filter((tumour) => !spans.some((span) => isInside(tumour, span)))
  for (const [nth, atom] of atoms.entries()) {
    const span = spans[nth]
    if (!span) continue
    const own = tumours.filter((tumour) => isInside(tumour, span)).map(({ code }) => code)
    if (isTripleNegative(atom)) own.push('BRCA')
    const isOther = ({ code }: Tumour) => own.every((one) => areApart(one, code))
    const others = unmarked.filter(isOther)
    const before = others.some(({ to }) => to <= span.from)
    if (before ? isItem(folded, atom, span.to) : isTripleNegative(atom) && others.length > 0) some.add(atom)
  }
  return some
}

/** "Triple-negative" names a kind of breast cancer by itself. */
const isTripleNegative = ({ genes }: Atom) => genes.length === 3 && genes.includes('ERBB2') && genes.includes('PR')

/** The marker stands before the tumour of its item: "…, HER2-positive gastric cancer". */
const isItem = (folded: string, atom: Atom, to: number) =>
  isTripleNegative(atom) || TUMOUR_NOUN.test(folded.slice(atom.end, Math.min(to, atom.end + 60)))

const isInside = (one: { from: number; to: number }, other: { from: number; to: number }) =>
  one.from >= other.from && one.to <= other.to

function itemsOf(folded: string): { from: number; to: number }[] {
  const ends = [...folded.matchAll(BETWEEN_ITEMS)].map(({ index }) => index)
  return [...ends, folded.length].map((to, nth) => ({ from: ends[nth - 1] ?? 0, to }))
}

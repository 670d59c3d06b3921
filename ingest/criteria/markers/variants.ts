import { alterationToken, positive, type Token } from './grammar.ts'

const EXON =
  /^(?:(deletions?|del|insertions?|ins|mutations?|skipping|skip|alterations?) (?:in |of |on |within |de l'|dans l')?)?(?:the )?ex(?:ons?)?\.?[ -]?(\d{1,2})(?:[ -]?(?:(?:in-?frame|skipping) )?(deletions?|del\b|insertions?|ins\b|duplications?|dup\b|skipping|skip|jumping|substitutions?|mutations?|deletion mutations?|insertion mutations?))?|^(\d{2})(del|ins)\b|^(del|ins)(\d{2})\b/
/** "20 exon insertion", "14th exon skipping": the number stands first. */
const NUMBER_FIRST =
  /^(\d{1,2})(?:th|st)?[ -]exons? ?(?:point )?(deletions?|del\b|insertions?|ins\b|duplications?|skipping|jumping|mutations?)/
const VARIANT = /^(?:p\.)?([A-Z])(\d{2,4})(del|fs\*?\d*|[A-Z*]|x)?(?:\/([A-Z]))?(?![A-Za-z0-9])/
/** Stages, grades and days look like variants. */
const NO_VARIANT = /^(?:T[0-4]|N[0-3]|M[01]|Q\d|D\d|C\d|H\d)\b/
const ITD = /^(?:internal tandem duplications?|itd\b|-itd\b|tkd\b)/

/** A change named by its place: "exon 19 deletion", "L858R", "ITD". `rest` is folded, from `at` on. */
export function variantAt(
  plain: string,
  rest: string,
  at: number,
  limit: number,
  last: Token | undefined,
): Token | null {
  const exon = EXON.exec(rest)
  if (exon) return alterationToken(positive(exonCode(exon)), true, at, at + exon[0].length)
  const numbered = NUMBER_FIRST.exec(rest)
  if (numbered) return alterationToken(positive(exonNamed(numbered)), true, at, at + numbered[0].length)
  const variant = VARIANT.exec(plain.slice(at, Math.min(limit, at + 14)))
  if (variant && (variant[3] !== undefined || followsMarker(last)) && !NO_VARIANT.test(variant[0]))
    return alterationToken(positive(variantCode(variant)), true, at, at + variant[0].length)
  const itd = ITD.exec(rest)
  if (!itd) return null
  return alterationToken(positive(itd[0].includes('tkd') ? 'TKD' : 'ITD'), true, at, at + itd[0].length)
}

/** A place alone ("G12") is a variant only in the neighbourhood of a marker. */
const followsMarker = (last: Token | undefined) =>
  last?.type === 'marker' || last?.type === 'alteration' || last?.type === 'join' || last?.type === 'filler'

const exonCode = (match: RegExpExecArray) => exonNamed([match[0], match[2] ?? match[4] ?? match[7] ?? ''])

function exonNamed([words = '', number]: readonly string[]): string {
  if (/del/.test(words)) return `exon${number}_deletion`
  if (/ins|dup/.test(words)) return `exon${number}_insertion`
  if (/skip|jump/.test(words)) return `exon${number}_skipping`
  return `exon${number}_mutation`
}

const variantCode = (match: RegExpExecArray) => `${match[1]}${match[2]}${match[3] === 'x' ? 'X' : (match[3] ?? '')}`

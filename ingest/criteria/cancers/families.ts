import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { FAMILIES } from '../cancer-names.ts'
import type { Hit } from './hits.ts'

const PART_OF_A_NAME =
  /(?:\banti-|\b(?:(?:criteria|standards?|guidelines?) (?:in|for|of)|committee on|institute|network|society|center|centre|national|european|cooperative) )$/
const OF_SOMETHING_ELSE =
  /^(?: ?\(?i?recist|[- ](?:treatments?|therap\w+|cent(?:er|re)s?|institutes?|society|surgery|drugs?|cells?|cores?|survivors?|staging|grading|screening|registr\w+|directed|related|associated|specific|care|pain|risk)\b)/

/**
 * "Response evaluation criteria in solid tumours", "cancer therapy": words for all tumours that say nothing of a
 * person's.
 */
export const namesNoDisease = (text: string, { from, to }: Hit): boolean =>
  PART_OF_A_NAME.test(text.slice(0, from)) || OF_SOMETHING_ELSE.test(text.slice(to))

const EXAMPLES =
  /\b(?:not (?:be )?limited to|such as|e\.g|for example|for instance|par exemple|tel(?:le)?s? que|notamment)\b[^;]{0,60}$/
const AND_MORE = /^[^.;a-z]{0,3}(?:etc|among others)\b/
const ANY_OTHER = /\b(?:other|any|all|autres?|tout(?:es?)?)(?: [a-z/-]+){0,4} $/

/**
 * Whether a sentence takes a whole family whatever kinds it names: "melanoma or other solid tumours", "any solid
 * tumour", "solid tumours, including but not limited to …". "Solid tumours including …" is a closed list.
 */
export function isOpenFamily(text: string, family: Hit, hits: readonly Hit[]): boolean {
  if (ANY_OTHER.test(text.slice(0, family.from)) || isBesideItsKind(text, family, hits)) return true
  const kinds = hits.filter(({ code, from }) => !FAMILIES.has(code) && from >= family.to)
  return (
    kinds.slice(0, 1).some(({ from }) => EXAMPLES.test(text.slice(family.to, from))) ||
    kinds.some(({ to }) => AND_MORE.test(text.slice(to)))
  )
}

const INCLUDING = /^[ ,(]{1,3}(?:also )?(?:includ(?:ing|es?)|incl|y compris)\.? (?:[a-z]+ ){0,2}$/
const OR =
  /^\)?,? (?:(?:or|and\/or|ou)(?: (?:an?|its|any|une?))?|(?:or|and|ou|et) (?:any )?(?:other|another|autres?))(?: variants?)? $/

/**
 * Whether a sentence names a kind of a cancer as an alternative to the whole ("glioblastoma or gliosarcoma",
 * "glioblastoma, gliosarcoma, …") or as an example of it ("malignant glioma such as glioblastoma").
 */
export const isBesideItsKind = (text: string, hit: Hit, hits: readonly Hit[]): boolean =>
  hits.some((kind) => {
    if (kind.list !== undefined || kind.code === hit.code || !isWithin(kind.code, hit.code)) return false
    if (kind.from < hit.to) return OR.test(text.slice(kind.to, hit.from))
    const between = text.slice(hit.to, kind.from)
    if (INCLUDING.test(between) && kindsOf(hit, hits).length === 1) return true
    return (
      OR.test(between) || EXAMPLES.test(between) || (between === ', ' && /^(?:,| or | and )/.test(text.slice(kind.to)))
    )
  })

const kindsOf = (hit: Hit, hits: readonly Hit[]) =>
  hits.filter(({ code, from }) => from >= hit.to && code !== hit.code && isWithin(code, hit.code))

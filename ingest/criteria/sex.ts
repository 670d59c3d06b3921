import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document } from './sentences.ts'

const FEMALE_ONLY =
  /^(?:(?:adult|pre-?menopausal|post-?menopausal|pregnant|healthy|all|only|the|patients? (?:must be|are|is)|must be|is|be|sex ?:|gender ?:|sexe ?:) )*(?:wom[ae]n|females?|femmes?|female (?:patients?|participants?|subjects?)|female sex)(?: only|\.|,|;| (?:aged?|of|between|with|who|≥|>|over|18|agees?)|$)/
const MALE_ONLY =
  /^(?:(?:adult|healthy|all|only|the|patients? (?:must be|are|is)|must be|is|be|sex ?:|gender ?:|sexe ?:) )*(?:m[ae]n|males?|hommes?|male (?:patients?|participants?|subjects?)|male sex)(?: only|\.|,|;| (?:aged?|with|who|≥|>|over|18|ages?)|$)/
const BOTH =
  /\b(?:males? (?:and|or|&) females?|females? (?:and|or|&) males?|m[ae]n (?:and|or|&) wom[ae]n|wom[ae]n (?:and|or|&) m[ae]n|hommes? (?:et|ou) femmes?|femmes? (?:et|ou) hommes?|either (?:sex|gender)|both (?:sexes|genders)|any (?:sex|gender)|male\/female|males)\b/
const MALE_WORD = /\b(?:males?|m[ae]n|hommes?)\b/
const FEMALE_WORD = /\b(?:females?|wom[ae]n|femmes?)\b/
/** "Women of childbearing potential…" is about contraception, not about who may enter. */
const CONTRACEPTION =
  /\b(?:child[- ]?bearing|contracepti|fertile|pregnan|breast-?feed|lactat|procreer|(?:pre|peri|post)?-?menopaus|partner|sperm|reproductive|fertil|sterili)/

/** Sex limits: the registry's field, which is coded for every study; the text only where the registry has none. */
export function readSex(document: Document, input: CriteriaInput): Finding[] {
  if (input.sex === 'FEMALE' || input.sex === 'MALE') {
    return [
      foundElsewhere({ kind: 'sex', polarity: 'required', value: input.sex }, 'sex-registry', 'registry', input.sex, 1),
    ]
  }
  if (input.sex === 'ALL') return []
  const text = sexOfText(document)
  return text ? [text] : []
}

/** What the text itself says: only one sex named as the population, and the other nowhere. */
export function sexOfText(document: Document): Finding | null {
  let one: Finding | null = null
  for (const sentence of document.sentences) {
    if (sentence.side !== 'in') continue
    if (BOTH.test(sentence.text) || (MALE_WORD.test(sentence.text) && FEMALE_WORD.test(sentence.text))) return null
    if (CONTRACEPTION.test(sentence.text)) continue
    const value = FEMALE_ONLY.test(sentence.text) ? 'FEMALE' : MALE_ONLY.test(sentence.text) ? 'MALE' : null
    if (value === null) continue
    if (one && one.fact.kind === 'sex' && one.fact.value !== value) return null
    one ??= found({ kind: 'sex', polarity: 'required', value }, 'sex-text', sentence, { confidence: 0.8 })
  }
  const other = one?.fact.kind === 'sex' && one.fact.value === 'MALE' ? FEMALE_WORD : MALE_WORD
  const named = document.sentences.some(
    ({ side, text }) => side === 'in' && other.test(text) && !CONTRACEPTION.test(text),
  )
  return named ? null : one
}

import type { Sentence } from '../sentences.ts'
import type { Bounds } from './bounds.ts'

const SYSTEMIC =
  '(?:systemic|anti-?\\s?cancer|anti-?neoplastic|anti-?tumou?r|chemotherap\\w+|cytotoxic|pharmacotherap\\w+|anticancer|chimiotherapie|systemique|anti-cancereux|medical|oncologic\\w*)'
/** People who had no systemic treatment, in folded text. */
export const UNTREATED =
  /\b(?:previously[- ]untreated|treatment[- ]na[iï]ve|chemo(?:therapy)?[- ]na[iï]ve|therapy[- ]na[iï]ve|untreated (?:for|with)|untreated (?:locally|metastatic|advanced|unresectable|extensive|stage)|naifs? de (?:tout )?traitement|non (?:pre)?traite\w*|jamais (?:recu|ete traite)|not (?:been )?previously treated(?! (?:with|by))|not (?:yet )?received (?:any )?(?:prior |previous )?(?:systemic|treatment|therapy|anti-?cancer|chemotherapy))/
const NONE_BEFORE = new RegExp(
  `\\b(?:no|without|not (?:have )?(?:received|had)(?: any)?|never (?:received|had)|has not received|pas de|aucune?|sans)\\b (?:any )?(?:prior |previous |earlier |history of |known )*(?:[a-z-]+ (?:or|and) (?:other )?)?(?:${SYSTEMIC}|treatment|therapy|traitement)`,
)
const ANY_BEFORE = new RegExp(
  `(?:^|\\b(?:received|had|have had|has had|any|have received|patients? with|with|any of the following)\\b[^.;]{0,20}?|^\\W*)\\b(?:any |a |all )?(?:prior|previous|earlier|anterieure?s?|previously received|received prior)(?: or concurrent| or ongoing)? (?:lines? of )?(?:[a-z-]+,? (?:or |and )?){0,4}?${SYSTEMIC}(?:[ -](?:non-hormonal|anti-?cancer|cytotoxic|anticancer))*[ ,(]`,
)
const ANY_TREATMENT_BEFORE = /^\W*(?:any )?(?:prior|previous) (?:treatment|therapy|therapies) for\b/
/** The disease of the trial in the setting it is about, not a class of drugs or an adjuvant course. */
const FOR_DISEASE =
  /\b(?:for|of|in|pour|du|de|dans|against)\b[^.;]{0,60}\b(?:advanced|metasta\w+|unresectable|inoperable|recurrent|m(?:nsclc|crc|bc|uc|pc)\b|(?:[a-z-]+ )?(?:cancer|carcinoma|lymphoma|leuk\w+|myeloma|melanoma|disease|tumou?rs?|nsclc|sclc|hcc|tnbc|btc|crc|rcc|maladie|tnbc|sarcoma)|stage|avance\w*|metastatique)\b/
/** Recent treatment, drug classes, adjuvant courses: other conditions than a count of lines. */
export const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past)|dans les|prior to \d)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|half-lives|jours?|semaines?|mois)\b|\b\d+ (?:days?|weeks?|months?) (?:of|prior|before|from|since)\b/

/** "No prior systemic therapy", "previously untreated": none; null when a sentence does not say so. */
export function readNone(sentence: Sentence): Bounds | null {
  const { text } = sentence
  const whole = (match: RegExpExecArray): Bounds => ({
    min: 0,
    max: 0,
    from: match.index,
    to: Math.min(text.length, match.index + match[0].length + 80),
  })
  if (sentence.side === 'in') {
    const untreated = untreatedMatch(text)
    if (untreated) return whole(untreated)
    const none = NONE_BEFORE.exec(text)
    const isOne = none !== null && ONE_TREATMENT.test(text.slice(none.index + none[0].length))
    if (none && !isOne && !WINDOW.test(text) && aboutDisease(text, none) && !isClassOnly(text.slice(none.index)))
      return whole(none)
    return null
  }
  if (sentence.side !== 'out' || WINDOW.test(text)) return null
  const head = /^[^:;.]{0,40}: /.exec(text)?.[0].length ?? 0
  const body = text.slice(head)
  const any = ANY_BEFORE.exec(body) ?? ANY_TREATMENT_BEFORE.exec(body)
  if (!any || isClassOnly(body.slice(any.index)) || NOT_ALL.test(body)) return null
  any.index += head
  if (/\b(?:no|not|without|never)\b/.test(text.slice(0, any.index + any[0].length))) return null
  if (
    /\b(?:toxicit\w+|adverse|recover\w+|progress\w+ (?:on|during|within|after)|hypersensitiv\w+|discontinu\w+|unless)\b/.test(
      text.slice(0, any.index + any[0].length + 40),
    )
  )
    return null
  return aboutDisease(text, any) ? whole(any) : null
}

/** Untreated lesions, one of several alternatives, or what the trial gives to untreated people. */
const NOT_UNTREATED =
  /\b(?:brain|cns|metastases|hepatitis|(?:or|and) (?:previously|pre)[- ]?treated|treated or|either|or (?:have |has |had )?(?:progress\w+|relaps\w+|refractory|failed|recurr\w+)|for (?:the )?(?:previously[- ]untreated|treatment[- ]naive))\b/
/** "No prior treatment targeting …": one treatment. */
const ONE_TREATMENT =
  /^[^.;,]{0,12}\b(?:with|by|targeting|directed)\b(?! (?:any |prior |previous )*(?:systemic|anti-?\s?cancer|treatment|therapy|medical))/

function untreatedMatch(text: string): RegExpExecArray | null {
  const match = UNTREATED.exec(text)
  if (!match) return null
  const around = text.slice(Math.max(0, match.index - 40), match.index + 60)
  return NOT_UNTREATED.test(around) || ONE_TREATMENT.test(text.slice(match.index + match[0].length)) ? null : match
}

/** Where an inclusion says "previously untreated"; offsets in the sentence. */
export function untreatedIn({ side, text }: Sentence): { from: number; to: number } | null {
  const match = side === 'in' ? untreatedMatch(text) : null
  return match ? { from: match.index, to: match.index + match[0].length } : null
}

/** Only for the setting the trial is about; adjuvant courses alone are not lines of it. */
function aboutDisease(text: string, match: RegExpExecArray): boolean {
  const after = text.slice(match.index, match.index + match[0].length + 140)
  return (
    FOR_DISEASE.test(after) ||
    (/^[^,;.]{0,90}$/.test(
      text
        .slice(match.index + match[0].length)
        .trim()
        .slice(0, 90)
        .replace(/[.;]+$/, ''),
    ) &&
      text.length - match.index < 90)
  )
}

/** Some treatment is admitted all the same. */
const NOT_ALL = /\b(?:not part of|other than|outside of|besides)\b/

/** "No prior systemic immunotherapy", "prior systemic steroids": a class of drugs, not all treatment. */
const isClassOnly = (words: string) =>
  /^[^.;,(]{0,60}\b(?:steroid\w*|corticosteroid\w*|immunosuppress\w*|antibiotic\w*|antifungal\w*|radiosensit\w*|estrogen\w*|inhibitors?)\b/.test(
    words,
  )

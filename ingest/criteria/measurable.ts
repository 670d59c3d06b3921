import { type Finding, found } from './evidence.ts'
import type { Document } from './sentences.ts'

const MEASURABLE =
  /\bmeasur(?:e?able|ability)\b|\bmesurables?\b|\b(?:lesions?|tumou?rs?)\b[^;]{0,120}\bcan be (?:accurately |reliably )?measured\b|(?:\b(?:at least|minimum of) (?:one|1)|≥ ?(?:one|1)|>= ?1|\bau moins une?) (?:[a-z]+ ){0,2}(?:target lesions?|lesions? cibles?)\b/
const NOT_REQUIRED =
  /\b(?:(?:evaluable|assessable|non-?measurable|nonmeasurable|not measurable|no measurable)[^.;]{0,30}\b(?:or|and\/or|ou|and)\b|\b(?:or|and\/or|ou|with or without)\b[^.;]{0,24}(?:evaluable|assessable|non-?measurable|bone[- ]only|evaluables?)|measurable (?:disease )?(?:or|and\/or|and) (?:non|evaluable)|measurable\/|not (?:required|mandatory)|in the absence of measurable|does not need|if (?:[a-z]+ ){0,4}measurable|(?:patients|participants|subjects|those) with measurable (?:disease|lesions?) (?:must|should|will|at)|sites? of measurable|measurable residual|without measurable|measurable or|if (?:present|available)|need not)/

/** Some of the people may have disease that is only evaluable: of those of one phase or tumour, then, measurable. */
const EVALUABLE =
  /\b(?:measurable (?:or|and\/or) (?:otherwise )?(?:evaluable|assessable)|evaluable (?:or|and\/or) measurable|evaluable disease, either measurable)\b/

/** Measurable disease when the trial asks for it; "measurable or evaluable" and "if measurable" ask nothing. */
export function readMeasurable(document: Document): Finding[] {
  if (document.sentences.some(({ side, text }) => side === 'in' && MEASURABLE.test(text) && EVALUABLE.test(text)))
    return []
  for (const sentence of document.sentences) {
    const match = MEASURABLE.exec(sentence.text)
    if (!match) continue
    const negated =
      /\b(?:no|not|without|non|lack of|absence of|sans|pas de)[- ](?:[a-z]+ ){0,4}$/.test(
        sentence.text.slice(0, match.index),
      ) || /^measurable lesions? (?:is|are) absent/.test(sentence.text.slice(match.index))
    if (sentence.side === 'out') {
      if (!negated && !/\bnot (?:be )?measurable\b|non-?measurable/.test(sentence.text)) continue
      if (/\bonly\b|seule/.test(sentence.text)) continue
    } else if (sentence.side !== 'in' || negated) continue
    if (NOT_REQUIRED.test(sentence.text) && sentence.side === 'in') continue
    if (
      /\b(?:viral|virus|dna|rna|serum|antibod\w+|hiv|residual|mrd|blood pressure|bcr-?abl\w*)\b/.test(
        sentence.text.slice(Math.max(0, match.index - 25), match.index + 40),
      ) &&
      !/\b(?:monoclonal|m-?protein|paraprotein|disease)\b/.test(sentence.text)
    )
      continue
    return [
      found(
        { kind: 'measurable_disease', polarity: 'required' },
        'measurable',
        sentence,
        sentence.text.length <= 200
          ? {}
          : { from: Math.max(0, match.index - 40), to: match.index + match[0].length + 60 },
      ),
    ]
  }
  return []
}

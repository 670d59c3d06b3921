import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import type { Document, Sentence } from '../sentences.ts'
import { type Hit, hitsIn } from './hits.ts'

/** Names of cancers, and histologies named without their organ where no narrower name stands. */
export function histologyHits(document: Document, sentence: Sentence, required: readonly string[]): Hit[] {
  const named = hitsIn(document.plain.slice(sentence.start, sentence.end))
  const bare = histologiesIn(sentence, required)
  const overlap = (a: Hit, b: Hit) => a.from < b.to && b.from < a.to
  return [
    ...named.filter((hit) => !(GENERAL_HISTOLOGY.has(hit.code) && bare.some((other) => overlap(hit, other)))),
    ...bare.filter(
      (hit) => !named.some((other) => !other.list && overlap(hit, other) && !GENERAL_HISTOLOGY.has(other.code)),
    ),
  ]
}

const GENERAL_HISTOLOGY = new Set(['NETNOS', 'NECNOS', 'SCC'])

/** Histologies named without their organ, which the trial gives. */
const HISTOLOGIES: Record<string, readonly [RegExp, string][]> = {
  LUNG: [
    [/(?<!non-)(?<!non )\bsmall[- ]cell\b(?! lung)/, 'SCLC'],
    [/\bneuroendocrine\b(?! lung)/, 'LNET'],
    [/\bsarcomatoid\b/, 'SARCL'],
    [/(?<!non-)(?<!non )\bsquamous\b/, 'LUSC'],
  ],
  PROSTATE: [
    [/\bsmall[- ]cell\b/, 'PRSCC'],
    [/\bneuroendocrine\b/, 'PRNE'],
  ],
}

function histologiesIn({ text }: Sentence, required: readonly string[]): Hit[] {
  const organ = Object.keys(HISTOLOGIES).find((code) => required.some((one) => isWithin(one, code)))
  if (
    !organ ||
    !/\b(?:histolog\w+|components?|mixed|subtypes?|variants?|elements?|features|differentiation)\b/.test(text)
  )
    return []
  return (HISTOLOGIES[organ] ?? []).flatMap(([pattern, code]) => {
    const match = pattern.exec(text)
    return match ? [{ code, from: match.index, to: match.index + match[0].length, unsure: false }] : []
  })
}

import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../../domain/vocabulary/lexicon.ts'
import { FAMILIES } from '../cancer-names.ts'
import type { Document, Sentence } from '../sentences.ts'
import { BARE_NAMES } from './bare-names.ts'
import { type Hit, hitsIn } from './hits.ts'

/** Names of cancers, and histologies and sites named without their organ where no narrower name stands. */
export function histologyHits(document: Document, sentence: Sentence, required: readonly string[]): Hit[] {
  const plain = document.plain.slice(sentence.start, sentence.end)
  const named = hitsIn(plain)
  const bare = SPEAKS_OF_KINDS.test(sentence.text) ? bareHits(plain, required) : []
  return [
    ...named.filter((hit) => !(GENERAL_HISTOLOGY.has(hit.code) && bare.some((other) => overlap(hit, other)))),
    ...besideNamed(bare, named),
  ]
}

const FOUND = /\b(?:histolog\w*|cytolog\w*|patholog\w*|biops\w+|confirmed|proven|documented|diagnos\w+|cell types?)\b/
const KIND =
  /^(?:[- ]cell)?(?: (?:adeno)?carcinomas?| (?:tumou?r )?(?:histolog\w+|(?:sub)?types?)| cancers?|,|\/| \(| or | and |\)|[.;]?$)/
const AT_A_SITE =
  /\b(?:(?:primary|eligible|tumou?r|anatomic\w*) (?:tumou?r )?(?:sub-?)?(?:sites?|locations?)|sites? of|(?:arising|originating) (?:from|in)|origin|primar(?:y|ies)|of the|located in)\b|\($/
const OTHERS_TOO =
  /\b(?:undifferentiated|not otherwise specified|nos|n\.o\.s|unspecified|unclassified|others?|mixed cell|etc)\b/
const WHATEVER = /\b(?:any|all|regardless of|irrespective of) (?:the )?(?:histolog\w+|(?:sub-?)?(?:types?|sites?))\b/

/** Histologies and sites of the trial's organ that a diagnosis sentence asks for without naming the organ. */
export function statedKinds(
  document: Document,
  sentence: Sentence,
  topics: readonly string[],
  named: readonly Hit[],
): Hit[] {
  const { text } = sentence
  if (!FOUND.test(text) && !AT_A_SITE.test(text)) return []
  if (WHATEVER.test(text) || topics.includes('ANY_SOLID')) return []
  const plain = document.plain.slice(sentence.start, sentence.end)
  const kinds = besideNamed(bareHits(plain, topics), named).filter(({ code, from, to }) =>
    SITES.has(code)
      ? AT_A_SITE.test(text.slice(0, from))
      : ASKED_FOR.has(code) && FOUND.test(text.slice(0, from)) && KIND.test(text.slice(to)),
  )
  return OTHERS_TOO.test(text) ? kinds.map((hit) => ({ ...hit, amongOthers: true as const })) : kinds
}

const SITES = new Set(Object.keys(BARE_NAMES.HEAD_NECK ?? {}))
/** Where the histology is what a trial chooses by; elsewhere "adenocarcinoma" or "small cell" say too little. */
const ASKED_FOR = new Set(
  ['CERVIX', 'OVARY', 'UCEC', 'RCC', 'ANY_ESOPHAGEAL'].flatMap((organ) => Object.keys(BARE_NAMES[organ] ?? {})),
)

const overlap = (a: Hit, b: Hit) => a.from < b.to && b.from < a.to
const besideNamed = (bare: readonly Hit[], named: readonly Hit[]) =>
  bare.filter((hit) => !named.some((other) => !other.list && overlap(hit, other) && !GENERAL_HISTOLOGY.has(other.code)))

const GENERAL_HISTOLOGY: ReadonlySet<string> = new Set([
  ...FAMILIES,
  'NETNOS',
  'NECNOS',
  'SCCNOS',
  'ADNOS',
  'CUP',
  'ANY_GERM_CELL',
])

/** The sentence is about histologies or sites of the tumour. */
const SPEAKS_OF_KINDS =
  /\b(?:histolog\w+|morpholog\w+|components?|mixed|subtypes?|variants?|elements?|features|differentiation|carcinomas?|adenocarcinomas?|scc|(?:primary|eligible|tumou?r) (?:tumou?r )?(?:sites?|locations?)|sites? of|(?:arising|originating) (?:from|in)|origin|outside of)\b/

const LEXICONS = Object.entries(BARE_NAMES).map(([organ, codes]) => ({
  organ,
  names: createLexicon(
    Object.entries(codes).flatMap(([code, surfaces]) =>
      surfaces.map((surface) => ({ surface, caseSensitive: false, value: code })),
    ),
  ),
}))

/** Histologies and sites named without the organ, in a trial of one organ. UTF-16 offsets into `plain`. */
export function bareHits(plain: string, topics: readonly string[]): Hit[] {
  const specific = topics.filter((code) => !FAMILIES.has(code))
  const lexicon = LEXICONS.find(
    ({ organ }) => specific.length > 0 && specific.every((code) => isWithin(code, organ) || isBeside(code, organ)),
  )
  return (lexicon?.names.findAll(plain) ?? [])
    .filter(({ start }) => !/\bnon[- ]?$/i.test(plain.slice(Math.max(0, start - 5), start)))
    .map(({ start, end, value }) => ({ code: value, from: start, to: end, unsure: false }))
}

/** Cancers of the peritoneum are treated with those of the ovary. */
const isBeside = (code: string, organ: string) => organ === 'OVARY' && isWithin(code, 'PERITONEUM')

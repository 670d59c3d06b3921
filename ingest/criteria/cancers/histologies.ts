import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { createLexicon, type Lexicon } from '../../../domain/vocabulary/lexicon.ts'
import { FAMILIES } from '../cancer-names.ts'
import type { Document, Sentence } from '../sentences.ts'
import { BARE_NAMES } from './bare-names.ts'
import { type Hit, hitsIn } from './hits.ts'

/** Names of cancers, and histologies and sites named without their organ where no narrower name stands. */
export function histologyHits(document: Document, sentence: Sentence, names: Lexicon<string> | null): Hit[] {
  const plain = document.plain.slice(sentence.start, sentence.end)
  const named = hitsIn(plain)
  const bare = names && SPEAKS_OF_KINDS.test(sentence.text) ? bareHits(plain, names) : []
  return [
    ...named.filter((hit) => !(GENERAL_HISTOLOGY.has(hit.code) && bare.some((other) => overlap(hit, other)))),
    ...besideNamed(bare, named),
  ]
}

const FOUND =
  /\b(?:primary|histolog\w*|cytolog\w*|patholog\w*|biops\w+|confirmed|proven|documented|diagnos\w+|cell types?)\b/
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
  names: Lexicon<string>,
  named: readonly Hit[],
): Hit[] {
  const { text } = sentence
  const bare = bareHits(document.plain.slice(sentence.start, sentence.end), names)
  if (bare.length === 0 || WHATEVER.test(text)) return []
  const kinds = besideNamed(bare, named).filter(({ code, from, to }) =>
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

/** The histologies and sites of the one organ that these cancers are of; null where they are of several. */
export function kindsOfOrgan(topics: readonly string[]): Lexicon<string> | null {
  const specific = topics.filter((code) => !FAMILIES.has(code))
  if (specific.length === 0) return null
  return (
    LEXICONS.find(({ organ }) => specific.every((code) => isWithin(code, organ) || isBeside(code, organ)))?.names ??
    null
  )
}

/** Histologies and sites named without the organ. UTF-16 offsets into `plain`. */
const bareHits = (plain: string, names: Lexicon<string>): Hit[] =>
  names
    .findAll(plain)
    .filter(({ start }) => !/\bnon[- ]?$/i.test(plain.slice(Math.max(0, start - 5), start)))
    .map(({ start, end, value }) => ({ code: value, from: start, to: end, unsure: false }))

/** Cancers of the peritoneum are treated with those of the ovary. */
const isBeside = (code: string, organ: string) => organ === 'OVARY' && isWithin(code, 'PERITONEUM')

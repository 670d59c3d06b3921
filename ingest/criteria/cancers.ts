import { CANCER_ENTRIES, cancerByMesh, isWithin } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { diagnosisSentences, TREATED_DISEASE } from './diagnosis.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'
import { fold } from './text.ts'

const LEXICON = createLexicon(CANCER_ENTRIES)
const FAMILIES = new Set(['ANY_CANCER', 'ANY_SOLID', 'ANY_HEME'])

interface Hit {
  code: string
  from: number
  to: number
  unsure: boolean
}

/** Where a code was read: the first place counts as evidence. */
interface Source {
  finding: Finding
  inCriteria: boolean
  statement: number | null
}

const hitsIn = (plain: string): Hit[] =>
  LEXICON.findAll(plain).map(({ start, end, value }) => ({
    code: value.code,
    from: start,
    to: end,
    unsure: value.unsure,
  }))

/** The disease named is what came before, or what the person does not have. */
const NOT_THE_DISEASE =
  /\b(?:transform\w+ from|arising from|history of|family history|transformed|evolved from|secondary to|other than|except(?:ing|ion)?(?: for)?|excluding|exclusion of|unless|no evidence of|without|rule out|not|no|non|sauf|hormis|autres? que|metastas[ei]s (?:from|of|to)|involvement by|screening for|risk of|relatives? with|mother|father)\b[^.;:]{0,45}$/

/**
 * Cancers a person may have to enter (alternatives) and histologies that keep out. Conditions, titles and coded terms
 * say what the trial is about; the diagnosis sentences of the criteria narrow it.
 */
export function readCancers(document: Document, input: CriteriaInput): Finding[] {
  const registry = registryCancers(input)
  const criteria = criteriaCancers(document, [...registry.keys()])
  const required = narrowed(registry, criteria)
  return [
    ...[...required.values()].map(({ finding }) => finding),
    ...excludedCancers(document, input, [...required.keys()]),
  ]
}

/** Codes of conditions, titles, keywords and MeSH terms, in that order of trust. */
function registryCancers(input: CriteriaInput): Map<string, Source> {
  const codes = new Map<string, Source>()
  const add = (code: string, section: 'conditions' | 'title' | 'keywords' | 'registry', quote: string) => {
    if (codes.has(code)) return
    const finding = foundElsewhere(
      { kind: 'cancer', polarity: 'required', code },
      `cancer-${section}`,
      section,
      quote,
      section === 'keywords' ? 0.6 : 0.9,
    )
    codes.set(code, { finding, inCriteria: false, statement: null })
  }
  const addAll = (texts: readonly (string | null)[], section: 'conditions' | 'title' | 'keywords') => {
    for (const text of texts) {
      if (!text) continue
      const folded = fold(text)
      for (const hit of hitsIn(text)) {
        if (hit.unsure && !codes.has(hit.code)) continue
        if (NOT_THE_DISEASE.test(folded.slice(0, hit.from))) continue
        add(hit.code, section, text)
      }
    }
  }
  addAll(input.conditions, 'conditions')
  addAll([input.briefTitle, input.officialTitle], 'title')
  if (![...codes.keys()].some((code) => !FAMILIES.has(code))) {
    addAll(input.keywords, 'keywords')
    for (const { id, term } of input.meshTerms ?? []) {
      const cancer = cancerByMesh(id) ?? cancerByMesh(term)
      if (cancer) add(cancer.code, 'registry', term)
    }
  }
  return codes
}

const CONFIRMED =
  /\b(?:confirm\w*|diagnos\w+|histolog\w+|cytolog\w+|patholog\w+|documented|proven|patients? with|participants? with|subjects? with|has|have|with|atteints? de|presentant|porteurs? d)\b/

/** Codes of the diagnosis sentences; with nothing in the registry's fields, only of plain statements of a diagnosis. */
function criteriaCancers(document: Document, known: readonly string[]): Map<string, Source> {
  const codes = new Map<string, Source>()
  for (const sentence of diagnosisSentences(document)) {
    const hits = hitsIn(document.plain.slice(sentence.start, sentence.end))
    for (const hit of hits) {
      const before = sentence.text.slice(0, hit.from)
      if (codes.has(hit.code) || NOT_THE_DISEASE.test(before) || TREATED_DISEASE.test(before)) continue
      if (hit.unsure && !known.includes(hit.code)) continue
      if (known.length === 0 && !CONFIRMED.test(before.slice(-90))) continue
      if (isSquamousOrNot(sentence.text, hit)) continue
      const finding = found({ kind: 'cancer', polarity: 'required', code: hit.code }, 'cancer-criteria', sentence, {
        from: hit.from,
        to: hit.to,
        confidence: 0.9,
      })
      codes.set(hit.code, { finding, inCriteria: true, statement: sentence.statement })
    }
  }
  return codes
}

/** "squamous or non-squamous" narrows nothing. */
const isSquamousOrNot = (text: string, hit: Hit) =>
  /squamous/.test(text.slice(hit.from, hit.to)) &&
  /non-?\s?squamous/.test(text) &&
  !/^non/.test(text.slice(hit.from, hit.to))

/** What the criteria narrow, and what neither contradicts. Ancestors give way to the narrower codes that are stated. */
function narrowed(registry: Map<string, Source>, criteria: Map<string, Source>): Map<string, Source> {
  const topics = [...registry.keys()]
  const specific = topics.filter((code) => !FAMILIES.has(code))
  const related = (code: string) =>
    specific.length === 0 || specific.some((topic) => isWithin(code, topic) || isWithin(topic, code))
  const all = new Map<string, Source>()
  for (const [code, source] of criteria)
    if (related(code) || (FAMILIES.has(code) && registry.has(code))) all.set(code, source)
  for (const [code, source] of registry) if (!all.has(code)) all.set(code, source)
  const codes = [...all.keys()]
  for (const code of codes) {
    const source = all.get(code)
    const narrower = codes.filter((other) => other !== code && isWithin(other, code))
    if (narrower.length === 0 || !source) continue
    if (FAMILIES.has(code)) {
      const apart = source.inCriteria && narrower.every((other) => all.get(other)?.statement !== source.statement)
      if (!apart) all.delete(code)
    } else all.delete(code)
  }
  return all
}

const OTHER_MALIGNANCY =
  /\b(?:(?:other|another|second|secondary|prior|previous|concurrent|concomitant|history of|active|additional|different|synchronous)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)|malignan\w+ (?:other|within|in the)|in situ|within (?:the )?(?:last |past |previous )?(?:\d|two|three|five)|antecedents?|autre (?:cancer|tumeur))\b/
const HISTOLOGY =
  /\b(?:histolog\w+|component|mixed|subtypes?|variants?|sarcomatoid|features|type|elements?|transformation|transformed|patients? with|participants? with|diagnosis of|known|has|have|small cell|neuroendocrine|presence of)\b|^.{0,70}$/

/** Histologies ruled out by name: neither another malignancy nor the disease of the trial itself. */
function excludedCancers(document: Document, input: CriteriaInput, required: readonly string[]): Finding[] {
  const findings = new Map<string, Finding>()
  if (required.length === 0) return []
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed') continue
    const hits = hitsIn(document.plain.slice(sentence.start, sentence.end))
    for (const hit of hits) {
      if (findings.has(hit.code) || FAMILIES.has(hit.code) || hit.unsure) continue
      if (required.some((code) => isWithin(code, hit.code))) continue
      if (sentence.side === 'out' ? !ruledOut(sentence, hit) : !deniedHistology(sentence, hit)) continue
      findings.set(
        hit.code,
        found({ kind: 'cancer', polarity: 'excluded', code: hit.code }, 'cancer-excluded', sentence, {
          from: hit.from,
          to: hit.to,
          confidence: 0.8,
        }),
      )
    }
  }
  const squamous = nonSquamous(document, input, required)
  if (squamous && !findings.has('LUSC')) findings.set('LUSC', squamous)
  return [...findings.values()]
}

function ruledOut(sentence: Sentence, hit: Hit): boolean {
  const { text } = sentence
  if (OTHER_MALIGNANCY.test(text) || (sentence.lead && OTHER_MALIGNANCY.test(sentence.lead.text))) return false
  const before = text.slice(0, hit.from)
  if (
    /\b(?:except|unless|other than|excluding|sauf|treat\w+|therap\w+|surgery|metasta\w+|resect\w+|allerg\w+)\b/.test(
      before,
    )
  )
    return false
  if (/\b(?:brain|cns|leptomening\w+|central nervous)\b/.test(text)) return false
  return HISTOLOGY.test(text)
}

const deniedHistology = (sentence: Sentence, hit: Hit) =>
  sentence.section !== 'exclusion' &&
  /\b(?:no|not|without|excluding|exclusion of|except(?: for)?|other than|sauf|hormis|are not eligible)\b[^.;,]{0,40}$/.test(
    sentence.text.slice(0, hit.from),
  ) &&
  !OTHER_MALIGNANCY.test(sentence.text) &&
  !/\b(?:brain|cns|metasta\w+|prior|previous|history|treated)\b/.test(
    sentence.text.slice(Math.max(0, hit.from - 60), hit.from),
  )

const NON_SQUAMOUS = /\bnon-?\s?(?:squamous|epidermoide)\b/
const EITHER_SQUAMOUS =
  /\b(?<!non-)(?<!non )squamous (?:or|and|and\/or|\/|or a) ?non-?\s?squamous|\bnon-?\s?squamous (?:or|and|\/) ?(?:squamous)/

/** "Non-squamous non-small cell lung cancer": squamous histology is ruled out. */
function nonSquamous(document: Document, input: CriteriaInput, required: readonly string[]): Finding | null {
  if (
    !required.some((code) => code === 'NSCLC' || isWithin('LUSC', code) || isWithin(code, 'NSCLC')) ||
    required.includes('LUSC')
  )
    return null
  const fact = { kind: 'cancer', polarity: 'excluded', code: 'LUSC' } as const
  if (document.sentences.some(({ text }) => EITHER_SQUAMOUS.test(text))) return null
  for (const sentence of diagnosisSentences(document)) {
    const match = NON_SQUAMOUS.exec(sentence.text)
    if (match && sentence.cohort === null)
      return found(fact, 'cancer-non-squamous', sentence, { from: match.index, to: match.index + match[0].length })
  }
  for (const title of [input.briefTitle, input.officialTitle]) {
    if (title && NON_SQUAMOUS.test(fold(title)) && !EITHER_SQUAMOUS.test(fold(title)))
      return foundElsewhere(fact, 'cancer-non-squamous', 'title', title)
  }
  return null
}

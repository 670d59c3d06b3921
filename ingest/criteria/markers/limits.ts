import { ancestorsOf } from '../../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES, FAMILIES } from '../cancer-names.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document, Sentence } from '../sentences.ts'
import { tumoursIn } from './tumours.ts'

/** Those of a trial whom alone a sentence is about. */
export interface Limit {
  /** The cancers that tell them apart; none when something else does. */
  cancers: readonly string[]
}

const PEOPLE = /\b(?:patients?|participants?|subjects?|those|people|individuals|women|men|children|adults)\b/
const NUMBER = '^(?:[-*] ?)?(?:[a-z0-9]{1,3}[.)] ?)?'
const OPENING = new RegExp(
  `${NUMBER}(?:(?:the following|additional) [^:,.;]{0,60} )?(?:for|in|among|if|pour|chez|dans)\\b([^:,.;]{3,120})[:,]`,
)
const SUBJECT = new RegExp(
  `${NUMBER}(?:${PEOPLE.source} (?:with|who have|having) |avec )?([^:,.;]{3,90}?) (?:${PEOPLE.source} )?(?:must|should|need to|have to|has to|are required to|doivent)\\b`,
)
/** A lead that is nothing but the name of those: "NSCLC:", "Participants with melanoma only:". */
const NAMED = new RegExp(`${NUMBER}([^:,.;]{3,70}):\\s*$`)
const NO_NAME =
  /\b(?:confirmed|diagnos\w*|histolog\w*|cytolog\w*|following|one of|any of|has|have|is|are|must|disease)\b/

const EVERYONE =
  /\b(?:all|both|each|every|any|tous|toutes|enrol\w*|eligib\w*|inclusion|included|entry|study|trial|participat\w*|order|addition|opinion|case)\b/
const PART = /\b(?:cohort|arm|part|phase|group|expansion|cohorte|bras|partie)s?\b/
const OF_ALL_PARTS = /\b(?:all|both|each|every|either|any|tous|toutes|les deux)\b/
const TOLD_APART = /\b(?:with|without|whose|who|in|previously|treated|avec|sans|dont)\b/

/**
 * Tells whom alone a sentence is about: "For participants with T315I, …", "Patients with oropharyngeal cancer must …"
 * in a trial of head and neck cancers, or what stands under a lead of that kind. Null where it is about everybody: the
 * trial's own disease tells nobody apart.
 */
export function limitsOf(document: Document, input: CriteriaInput): (sentence: Sentence) => Limit | null {
  let tumours: string[] | null = null
  const known = new Map<string, Limit | null>()
  const read = (from: number, to: number, isLead: boolean): Limit | null => {
    tumours ??= ownTumours(input)
    const own = tumours
    const key = `${from} ${to} ${isLead}`
    const limit =
      known.get(key) ?? (known.has(key) ? null : limitAt(document, from, Math.min(to, from + 300), isLead, own))
    known.set(key, limit)
    return limit
  }
  return (sentence) => {
    const { start: first } = document.statements[sentence.statement] ?? sentence
    let limit = read(sentence.start, sentence.end, false)
    if (first < sentence.start) limit ??= openingOf(document, first, tumours ?? [])
    for (let { lead } = sentence; lead !== null && limit === null; lead = lead.lead)
      limit = read(lead.start, lead.end, true)
    return limit
  }
}

/** A stretch of the text, in offsets of the document. */
interface Stretch {
  from: number
  to: number
}

function limitAt(document: Document, from: number, to: number, isLead: boolean, own: readonly string[]): Limit | null {
  const text = document.folded.slice(from, to).replace(/\n/g, ' ')
  if (isLead && !text.trimEnd().endsWith(':')) return null
  const opened = groupIn(OPENING.exec(text), from)
  if (opened) return limitBy(document, opened, own)
  const group = groupIn((isLead ? NAMED : SUBJECT).exec(text), from)
  if (!group || (isLead && NO_NAME.test(document.folded.slice(group.from, group.to)))) return null
  return byTumours(document, group, own)
}

function groupIn(match: RegExpExecArray | null, from: number): Stretch | null {
  const [whole = '', group = ''] = match ?? []
  if (group === '') return null
  const start = from + (match?.index ?? 0) + whole.lastIndexOf(group)
  return { from: start, to: start + group.length }
}

/** "For NSCLC patients: stage IV. No EGFR mutation.": what opens a statement holds to its end. */
function openingOf(document: Document, from: number, own: readonly string[]): Limit | null {
  const opened = OPENING.exec(document.folded.slice(from, from + 200).replace(/\n/g, ' '))
  const group = opened?.[0].endsWith(':') ? groupIn(opened, from) : null
  return group && limitBy(document, group, own)
}

function limitBy(document: Document, group: Stretch, own: readonly string[]): Limit | null {
  const text = document.folded.slice(group.from, group.to).replace(/\n/g, ' ')
  const isPart = PART.test(text) && !OF_ALL_PARTS.test(text)
  if (EVERYONE.test(text) && !isPart) return null
  const tumours = tumoursIn(document.plain.slice(group.from, group.to))
  const named = byTumours(document, group, own)
  if (named || isPart) return named ?? { cancers: [] }
  // "Patients with NSCLC": the disease itself, where it is the trial's, tells nobody apart.
  const rest = tumours.reduce(
    (left, { from, to }) => `${left.slice(0, from).replace(OF_DISEASE, '')}${' '.repeat(to - from)}${left.slice(to)}`,
    text,
  )
  return PEOPLE.test(rest) && TOLD_APART.test(rest.replace(PEOPLE, '')) ? { cancers: [] } : null
}

const OF_DISEASE = /\b(?:with|who have|in|of|avec)\b(?: [a-z-]+){0,4} ?$/

/** The tumours that a group is named by, where the trial's own are not all among them. */
function byTumours(document: Document, { from, to }: Stretch, own: readonly string[]): Limit | null {
  const cancers = [...new Set(codesIn(document.plain.slice(from, to)))]
  if (cancers.length === 0 || own.length === 0) return null
  const isWhole = own.every((code) => cancers.some((one) => ancestorsOf(code).includes(one)))
  return isWhole ? null : { cancers }
}

/**
 * The tumours of titles and conditions, without those that another one of them is a kind of; a family that a title
 * names.
 */
function ownTumours({ briefTitle, officialTitle, conditions }: CriteriaInput): string[] {
  const titles = [briefTitle, officialTitle ?? '']
  const codes = [...conditions, ...titles].flatMap(codesIn)
  const narrowest = codes.filter((code) => !codes.some((other) => other !== code && ancestorsOf(other).includes(code)))
  const families = (narrowest.length > 0 ? titles : [...conditions, ...titles]).flatMap(familiesIn)
  return [...narrowest, ...families]
}

const codesIn = (text: string) => tumoursIn(text).map(({ code }) => code)
const familiesIn = (text: string) =>
  CANCER_NAMES.findAll(text).flatMap(({ value }) => (FAMILIES.has(value.code) ? [value.code] : []))

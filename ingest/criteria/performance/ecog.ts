import { type Finding, found } from '../evidence.ts'
import type { Sentence } from '../sentences.ts'
import { type Bound, readGrade } from './grade.ts'

const ECOG =
  /\becog\b(?:[- ]?ps\b)?|\be\.c\.o\.g\b|\beastern (?:co-?operative|cooperation) (?:oncology|oncologic) group\b|\bzubrod\b|\bswog ps\b|\b(?:who|oms)(?:[/ -]ecog)?[ )-]{0,3}(?:ps\b|p\.s\.|performance|score de performance|indice)|\bworld health organi[sz]ation\b[^.]{0,12}\bperformance|\b(?:performance|general) (?:status|score|index|condition|state)\b|\b(?:indice|statut|score|etat) (?:de performance|general|ecog|oms)\b|\bps\b(?= ?:? ?(?:\(|of|score|ecog|who|oms|[0-2<≤=]))|\b(?:oms|ecog)\b/g
/** Words that may stand between the scale's name and its grade. */
const BETWEEN =
  /^(?:\([^()]{0,30}\b(?:et al|appendix|version|table)\b[^()]{0,30}\)|[\s()[\],:;*'"/-]|=(?![<>])|\b(?:ecog|who|oms|ps|performance|status|scores?|scale|index|grade|grading|statut|indice|de|d'|of|the|a|an|is|was|has|have|with|must|should|be|will|eastern|cooperative|co-operative|oncology|group|world|health|organi[sz]ation|zubrod|level|value|criteria|at|screening|baseline|inclusion|enrol+ment|entry|randomi[sz]ation|etat|general|le|la|patients?|or|and|ecog-ps|condition|state|on|subject|participant|doit|etre|classification|assessment|physical|fitness|functional|strength|points?|standards?|corresponding|categor(?:y|ies)|within \d{1,2} (?:days|weeks) (?:before|prior to|of) (?:the )?(?:first |start of )?(?:[a-z]+ (?:of )?(?:the )?){0,3}(?:drugs?|treatment|medication|dose|inclusion|enrol+ment|randomi[sz]ation)(?= (?:is|was|of|must)))\b)*/

/** A grade written before the name of its scale: "0-1 on the ECOG scale". */
const TURNED =
  /(?:(<=|≤|<|>=|≥|>) ?)?(?<![\d.])([0-4])(?: ?(?:-|~|or|to|ou|a) ?([0-4]))?(?: ?(?:\(|on the|per|on|in|by|selon|according to)[^0-9.]{0,14})$/

/** Groups that grade as ECOG does; believed under "performance status" only. */
const GROUP = /^[^a-z]*(?:performance status[^a-z]*)?\b(?:gog|calgb|swog|rtog|who)\b/
const OF_PERFORMANCE = /\bperformance status\b/

/** Highest grade of someone alive; 5 is death. */
const HIGHEST = 4

/**
 * Bounds on the ECOG scale (also called WHO, OMS, Zubrod) that a sentence states; grades as published by ECOG-ACRIN.
 */
export function readEcog(sentence: Sentence): Finding[] {
  const group = GROUP.exec(sentence.text)
  if (group && OF_PERFORMANCE.test(`${sentence.lead?.text ?? ''} ${group[0]}`)) {
    const read = boundAfter(sentence.text, 0, group[0].length)
    const limits = read && sentence.side !== 'out' ? allowed(read.bound) : null
    if (read && limits && limits.max !== null && limits.max <= HIGHEST) return [ofLimits(limits, sentence, read)]
  }
  const findings: Finding[] = []
  // Most sentences name no scale, and `matchAll` copies its expression each time.
  if (sentence.text.search(ECOG) < 0) return findings
  let readUpTo = 0
  for (const { 0: name, index } of sentence.text.matchAll(ECOG)) {
    if (index < readUpTo || namesOtherScale(sentence.text, name, index)) continue
    const read = boundAfter(sentence.text, index, index + name.length) ?? boundBefore(sentence.text, index, name.length)
    if (!read || (read.bound.max !== null && read.bound.max > HIGHEST)) continue
    readUpTo = read.to
    const limits = sentence.side === 'out' ? complement(read.bound) : allowed(read.bound)
    if (limits.max === null && limits.min === null) continue
    if (limits.max !== null && (limits.max < 0 || limits.max > HIGHEST)) continue
    findings.push(ofLimits(limits, sentence, read))
  }
  return findings
}

function ofLimits(limits: Limits, sentence: Sentence, { from, to }: Read): Finding {
  const fact = { kind: 'performance', polarity: 'required', scale: 'ECOG', ...limits } as const
  return found(fact, 'performance-ecog', sentence, { from, to })
}

/** A bound and the offsets of the words that state it, in the sentence. */
interface Read {
  bound: Bound
  from: number
  to: number
}

interface Limits {
  min: number | null
  max: number | null
}

/** "Performance status" alone beside the name of another scale belongs to that scale. */
function namesOtherScale(text: string, name: string, at: number): boolean {
  if (/ecog|who|oms|eastern/.test(name)) return false
  return /\b(?:karnofsky|kps|lansky)\b/.test(text.slice(Math.max(0, at - 12), at + name.length + 25))
}

function boundAfter(text: string, from: number, end: number): Read | null {
  const rest = text.slice(end, end + 160)
  const between = BETWEEN.exec(rest)?.[0].length ?? 0
  const bound = readGrade(rest.slice(between))
  return bound && ofAllParts(rest, { bound, from, to: end + between + bound.length }, between, end)
}

/** "0 - 1 (dose escalation) or 0 - 2 (expansion)": each for a part of the trial. */
const OTHER_PART =
  /^ ?\((?=[^()]{0,60}\b(?:part|phase|cohort|arm|group|escalation|expansion))[^()]{3,60}\)[,;]? (?:or|and) (?=[^()]{1,12}\([^()]{3,60}\))/

/** The grade that parts of the trial allow one or another of: the widest. */
function ofAllParts(rest: string, read: Read, between: number, end: number): Read {
  const at = between + read.bound.length
  const link = OTHER_PART.exec(rest.slice(at))?.[0].length
  const other = link === undefined ? null : readGrade(rest.slice(at + link))
  if (link === undefined || other?.max == null || read.bound.max === null) return read
  const bound = { ...read.bound, min: null, max: Math.max(read.bound.max, other.max) }
  return { ...read, bound, to: end + at + link + other.length }
}

function boundBefore(text: string, at: number, nameLength: number): Read | null {
  const before = text.slice(Math.max(0, at - 24), at)
  const turned = TURNED.exec(before)
  const bound = turned && readGrade(turned[0])
  return bound && { bound, from: at - (before.length - turned.index), to: at + nameLength }
}

/** A bound as it stands: a minimum of 0 asks nothing. */
const allowed = ({ min, max }: Bound): Limits => ({ min: min === 0 ? null : min, max })

/** Grades ruled out leave the grades below them, or above them. */
function complement({ min, max }: Bound): Limits {
  if (min !== null && min > 0) return { min: null, max: min - 1 }
  if (max !== null && min === null) return { min: max + 1, max: null }
  return { min: null, max: null }
}

import { namedCohortOf } from './cohorts.ts'
import type { StatementSection } from './scope.ts'
import { type Statement, splitStatements } from './split.ts'
import { type ReadableText, readableText } from './text.ts'

/**
 * What being described by a sentence means for a person: `in` must be so to enter, `out` must not be so, `allowed`
 * may be so (an exception, "are eligible").
 */
export type Side = 'in' | 'out' | 'allowed'

/** A sentence of one statement, with its side worked out from section, lead sentence and its own words. */
export interface Sentence {
  /** Its place in `Document.sentences`. */
  index: number
  /** Folded text, newlines as blanks. */
  text: string
  /** Offsets into `plain`. */
  start: number
  end: number
  side: Side
  section: StatementSection
  cohort: string | null
  /** Index of its statement. */
  statement: number
  /** The lead sentence ("One of the following:") its statement hangs under; null at the top. */
  lead: Sentence | null
}

/** An eligibility text, read down to sentences. */
export interface Document extends ReadableText {
  statements: Statement[]
  sentences: Sentence[]
  /** What stands before an inclusion heading: a summary, that sets no condition by itself. */
  summary: Sentence[]
  /** False when neither an inclusion nor an exclusion heading was found. */
  split: boolean
}

/**
 * Reads an eligibility text down to sentences. What stands before an inclusion heading is kept apart.
 * Linear in the text.
 */
export function readDocument(raw: string): Document {
  const text = readableText(raw)
  const statements = splitStatements(text)
  const lastOf: (Sentence | undefined)[] = []
  const sentences: Sentence[] = []
  const summary: Sentence[] = []
  const preamble = statements.some(({ section }) => section === 'inclusion')
  for (const [index, statement] of statements.entries()) {
    const before = preamble && statement.section === 'population'
    const lead = statement.parent === null ? null : (lastOf[statement.parent] ?? null)
    for (const [start, end] of sentenceBounds(text, statement)) {
      const folded = text.folded.slice(start, end).replace(/\n/g, ' ')
      const sentence: Sentence = {
        index: sentences.length,
        text: folded,
        start,
        end,
        side: sideOf(folded, baseSide(statement, lead, folded)),
        section: statement.section,
        cohort: statement.cohort ?? namedCohortOf(folded) ?? null,
        statement: index,
        lead,
      }
      if (before) {
        summary.push({ ...sentence, index: summary.length })
        continue
      }
      sentences.push(sentence)
      lastOf[index] = sentence
    }
  }
  return { ...text, statements, sentences, summary, split: statements.some(({ section }) => section !== 'population') }
}

const NEGATED_START =
  /^(?:(?:patients?|participants?|subjects?|must|should|have|has|had|having|with|who|the|there is|there are|be|documented|des|les|du|le|la) )*(?:no\b(?! more| later| fewer| less)|not (?:have|having|be|pregnant|previously|received|had)|without\b|absence\b|never\b|non\b|none\b|pas d|sans\b|aucune?\b|ne (?:pas|doit|doivent))/
const EXCLUDING =
  /\b(?:(?:is|are|be|was|were|will be|to be|sont|est|seront) (?:not (?:allowed|permitted|included|enrolled|acceptable)|(?:not eligible|ineligible)(?! (?:for (?!(?:this|the|study|participation|inclusion|enrol))|to (?!participate|enter|enrol)|or ))|excluded|exclus?|exclues?|non eligibles?)|(?:must|should|may|can|could|will) not (?:be (?:eligible|enrolled|included)|participate|enter|enrol)|cannot (?:be (?:enrolled|included)|participate)|are excluded|leads? to exclusion|n[e'] ?(?:est|sont) pas (?:eligibles?|admis|autorise\w*)|(?:is|are) not permitted|not permitted|not allowed)\b/
const ALLOWING =
  /\b(?:(?:is|are|be|may|can|will|were|sont|est|seront|peuvent|peut)(?: also| still| be| etre|,? however,?| potentially| considered| generally)* (?:allowed|allowable|permitted|eligible(?! for (?!this|the (?:study|trial)|study|trial|enrol|inclusion|participation|entry|screening|randomi))|acceptable|accepted|admissible|enroll?ed|included|entered|enter|enroll?|participate|considered|autorise\w*|acceptes?|acceptees?|eligibles?|inclus\w*|admis\w*)|not (?:be )?(?:considered )?(?:excluded|exclusionary|an exclusion|a reason for exclusion)|n[e'] ?(?:est|sont) pas (?:un (?:critere|motif) d'exclusion|exclus?\w*)|^(?:allowed|permitted))\b/
const EXCEPTION_LEAD =
  /\b(?:except(?:ion|ions|ing)?(?: for| of)?|unless(?! otherwise)|other than|with the exceptions?(?: of)?|excluding|sauf|a l'exception|hormis|exceptions?(?: (?:are|include|to this))?|outside of)\b[^:]{0,120}:?\s*$/
const ALLOWING_LEAD =
  /\b(?:allowed|permitted|eligible|enrolled|included|acceptable|autorise\w*)\b[^:]{0,100}\b(?:if|provided|when|only|si|following|the following|that)\b[^:]{0,80}:?\s*$/
const NEGATED_LEAD =
  /\b(?:(?:must|should|may|do|does|can|will) not (?:have|meet|be|has)|none of|no (?:history|evidence|prior|known|previous)|absence of|without|free of|ne doivent pas|ne doit pas|aucun|excluded|ineligible|exclus|not eligible)\b[^.]{0,120}:?\s*$/
/** "Tumours without spread remain eligible": the denial is about those taken, not about what follows. */
const TAKEN_LEAD = /\bwithout\b[^.]{0,80}\b(?:are|is|remains?) eligible\b[^.]{0,60}$/

/** Before its own words are looked at: the section's side, turned by the lead sentence. */
function baseSide(statement: Statement, lead: Sentence | null, folded: string): Side {
  const own: Side = statement.section === 'exclusion' ? 'out' : 'in'
  if (!lead) return statement.section === 'population' && NEGATED_START.test(folded) ? 'in' : own
  if (EXCEPTION_LEAD.test(lead.text)) return 'allowed'
  if (own === 'out') return ALLOWING_LEAD.test(lead.text) ? 'allowed' : own
  return NEGATED_LEAD.test(lead.text) && !TAKEN_LEAD.test(lead.text) ? 'out' : own
}

function sideOf(sentence: string, base: Side): Side {
  const outside = /[([]/.test(sentence) ? sentence.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ') : sentence
  const folded = /[a-z]/.test(outside) ? outside : sentence
  if (base !== 'out' && EXCLUDING.test(folded) && !/\bnot (?:be )?excluded\b/.test(folded)) return 'out'
  if (ALLOWING.test(folded)) {
    if (base === 'in' && !isAllowance(folded)) return 'in'
    if (/\bnot (?:eligible|allowed|permitted|included|enrolled|acceptable)\b/.test(folded)) return base
    return /\b(?:unless|only if)\b/.test(folded) && base === 'out' && !/\bif\b/.test(folded) ? 'out' : 'allowed'
  }
  return base
}

/** In an inclusion: "patients with HIV are eligible if…" allows; "patients are eligible if they have…" requires. */
function isAllowance(folded: string): boolean {
  if (/\b(?:regardless|also|may|still|even|permitted|allowed|acceptable|autoris)/.test(folded)) return true
  const before = folded.slice(0, ALLOWING.exec(folded)?.index ?? 0)
  return /\b(?:with|who|whose|previously|avec|ayant)\b/.test(before)
}

const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|eg|ie|vs|no|nr|dr|st|incl|approx|ex|resp|fig|cf|max|min|spp?)|(?<!\b(?:hepatitis|hepatite|stage|grade|class|cohort|part|arm|type|vitamin) )\b[a-z])$/

/** Longer ones are read in pieces, so that the work stays in proportion to the text whatever it holds. */
const LONGEST_SENTENCE = 2500

/** "a. No asthma. b. No surgery.": items written on in one line. */
const LETTERED_ITEM = /^\s+\(?[b-h][.)]\s?[A-Z]/

/** Sentence ends: a full stop before a capital, a semicolon. Abbreviations and decimals are no ends. */
function sentenceBounds(text: ReadableText, statement: Statement): [number, number][] {
  const bounds: [number, number][] = []
  let start = statement.start
  const { folded, plain } = text
  let depth = 0
  for (let at = statement.start; at < statement.end; at++) {
    const unit = folded.charCodeAt(at)
    if (unit === 40) depth++
    else if (unit === 41 && depth > 0) depth--
    const stop = unit === 46 || unit === 59
    if (!stop || at + 1 >= statement.end || at - start < 3) continue
    if (unit === 59) {
      if (depth > 0) continue
    } else {
      const after = folded.charCodeAt(at + 1)
      if (after !== 32 && after !== 10) continue
      const next = /[^\s("']/.exec(plain.slice(at + 1, at + 6))?.[0] ?? ''
      if (next === next.toLowerCase() && !/[≥≤<>0-9]/.test(next) && !LETTERED_ITEM.test(plain.slice(at + 1, at + 8)))
        continue
      if (ABBREVIATION.test(folded.slice(Math.max(start, at - 12), at))) continue
    }
    bounds.push([start, at + 1])
    start = at + 1
    depth = 0
    while (start < statement.end && /\s/.test(plain[start] ?? '')) start++
  }
  if (start < statement.end) bounds.push([start, statement.end])
  return bounds.flatMap(([from, to]) =>
    to - from <= LONGEST_SENTENCE ? [[from, to] as [number, number]] : piecesOf(folded, from, to),
  )
}

/** Cuts at the last blank or comma before the limit, else at the limit. */
function piecesOf(folded: string, from: number, to: number): [number, number][] {
  const pieces: [number, number][] = []
  let start = from
  while (to - start > LONGEST_SENTENCE) {
    const limit = start + LONGEST_SENTENCE
    const blank = Math.max(folded.lastIndexOf(' ', limit), folded.lastIndexOf(',', limit))
    const end = blank > start + LONGEST_SENTENCE / 2 ? blank + 1 : limit
    pieces.push([start, end])
    start = end
  }
  if (start < to) pieces.push([start, to])
  return pieces
}

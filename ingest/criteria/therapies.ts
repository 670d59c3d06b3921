import { therapyIsWithin } from '../../domain/vocabulary/therapies.ts'
import { type Finding, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { DENIED_AGAIN } from './lines/untreated.ts'
import { orListOf } from './or-lists.ts'
import type { Document, Sentence } from './sentences.ts'
import { isOfOptionalPart } from './some.ts'
import { fold } from './text.ts'
import { excludedBy } from './therapies/excluded.ts'
import { historyOf } from './therapies/history.ts'
import { codesIn, type IsBelieved, mentionsIn } from './therapies/mentions.ts'
import { requiredBy, togetherIn } from './therapies/required.ts'
import { asStated } from './therapies/stated.ts'
import type { Told } from './therapies/told.ts'

/** Sentences that can say something of earlier treatment: only these are searched for names. */
const HISTORY =
  /\b(?:prior|previous\w*|receiv\w*|receipt|has had|have had|had|treat\w*|expos\w+|already|earlier|refractory|progress\w*|fail\w*|relaps\w+|recurr\w+|following|after|complet\w+|under(?:went|gone)|histor\w+|naive|untreated|intoleran\w+|resistan\w+|pretreat\w+|experienced|use of|line|anterieure?s?|prealable\w*|deja|recue?s?|traite\w*|apres|antecedents?|sous)\b/
/** A line of its own that a deeper line follows is no lead without a colon. */
const LEADS = /[:-]\W*$/

/**
 * Earlier treatments that keep out or are asked for: classes and substances of the vocabulary. What is ruled out in one
 * setting only, beyond a number, or with exceptions has a confidence under ½: it opens a question, and decides nothing.
 */
export function readPriorTherapies(document: Document, input: CriteriaInput): Finding[] {
  const findings = new Map<string, Finding>()
  const keep = (finding: Finding) => {
    if (finding.fact.kind !== 'prior_therapy') return
    const key = `${finding.fact.polarity} ${finding.fact.therapy} ${finding.cohort}`
    const known = findings.get(key)
    if (!known || known.confidence < finding.confidence) findings.set(key, finding)
  }
  const isBelieved = believedIn(document, input)
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed' || isOfOptionalPart(sentence)) continue
    const lead =
      sentence.lead && LEADS.test(sentence.lead.text) && sentence.text.length < 160 ? `${sentence.lead.text} ` : ''
    if (!HISTORY.test(lead + sentence.text) && !(sentence.side === 'out' && sentence.text.length < 90)) continue
    const told = readSentence(document, sentence, lead, isBelieved)
    const isRuledOut = sentence.side === 'out' && !DENIED_AGAIN.test(sentence.text)
    const isOneWayIn = !isRuledOut && orListOf(document, sentence) !== null
    for (const finding of isRuledOut ? excludedBy(told) : requiredBy(told, isOneWayIn)) keep(finding)
  }
  for (const finding of requiredByTitle(input, isBelieved)) keep(finding)
  return withoutImplied([...findings.values()])
}

/** Someone who must have had platinum chemotherapy has had chemotherapy: the wider class says nothing more. */
const withoutImplied = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    ({ fact, cohort }) =>
      fact.kind !== 'prior_therapy' ||
      fact.polarity !== 'required' ||
      !findings.some(
        (other) =>
          other.fact.kind === 'prior_therapy' &&
          other.fact.polarity === 'required' &&
          (other.cohort === null || other.cohort === cohort) &&
          other.fact.therapy !== fact.therapy &&
          therapyIsWithin(other.fact.therapy, fact.therapy),
      ),
  )

/** Abbreviations with several meanings are believed where the record has the treatment in full as well. */
function believedIn(document: Document, input: CriteriaInput): IsBelieved {
  let known: ReadonlySet<string> | null = null
  return (code) => {
    known ??= codesIn([document.plain, input.briefTitle, input.officialTitle ?? ''].join('\n'))
    return known.has(code)
  }
}

function readSentence(document: Document, sentence: Sentence, lead: string, isBelieved: IsBelieved): Told {
  const side = sentence.side === 'out' ? 'out' : 'in'
  const plain = document.plain.slice(sentence.start, sentence.end)
  const mentions = asStated(sentence.text, mentionsIn(plain, sentence.text, isBelieved), side)
  const context = lead + sentence.text
  const told: Told = { sentence, lead, mentions: [] }
  for (const mention of mentions) {
    const own = historyOf(context, lead.length + mention.start, lead.length + mention.end)
    const last = told.mentions[told.mentions.length - 1]
    const goesOn = own === null && last && LISTED.test(sentence.text.slice(last.end, mention.start))
    told.mentions.push({ ...mention, history: goesOn ? last.history : own })
  }
  return told
}

/** The next item of a long list has the history of the one before. */
const LISTED = /^(?!.*\b(?:is|are|has|have|must|should|if)\b)[^.;]{0,70}$/

const TITLE_HISTORY =
  /\b(?:previously treated (?:with|by)|prior|pre-?treated|progress\w*|relaps\w+ (?:on|after)|refractory to|resistant|failed|failure|after|following|received|intoleran\w+|apres|pretraite\w*|refractaire\w*|traite\w* par)\b/

/** "… in people whose disease progressed on an EGFR inhibitor". */
function requiredByTitle(input: CriteriaInput, isBelieved: IsBelieved): Finding[] {
  return [input.officialTitle, input.briefTitle].flatMap((title) => {
    const folded = title ? fold(title) : ''
    if (!title || !TITLE_HISTORY.test(folded)) return []
    const told = asStated(folded, mentionsIn(title, folded, isBelieved), 'in').map((mention) => {
      const history = historyOf(folded, mention.start, mention.end)
      return { ...mention, history: history === 'after' ? null : history }
    })
    return togetherIn(folded, told).map(({ code }) =>
      foundElsewhere(
        { kind: 'prior_therapy', polarity: 'required', therapy: code },
        'therapy-title',
        'title',
        title,
        0.7,
      ),
    )
  })
}

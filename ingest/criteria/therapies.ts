import { therapyAncestors, therapyIsWithin } from '../../domain/vocabulary/therapies.ts'
import { type Finding, found } from './evidence.ts'
import type { Document, Sentence } from './sentences.ts'
import { asStated, type Mention, mentionsIn } from './therapy-mentions.ts'

const PRIOR =
  /\b(?:prior|previous(?:ly)?|received|receipt of|has had|have had|had (?:any|a)|treated (?:with|by)|exposure to|exposed to|already|earlier|refractory to|progress\w*|failed|failure|relaps\w+|following|completed|underwent|undergone|naive|untreated|non traites?|intolerant|resistant|anterieure?s?|prealable|deja|recu|traites? par)\b/
/** Other reasons to name a treatment: what is planned, allowed beside, or not tolerated. */
const OTHER_REASON =
  /\b(?:allerg\w+|hypersensitiv\w+|contra-?indicat\w+|eligible for|candidates? for|suitable for|ineligible|planned|plan(?:s|ning)? to|scheduled|(?<!(?:prior|previous) (?:or|and|and\/or) )(?:concomitant|concurrent)\w*|currently (?:using|taking|receiving)|current use|requir\w+ (?:treatment|therapy|systemic|chronic|ongoing)|use of (?:any )?(?:strong|moderate)|taking|autoimmune|infection|toxicit\w+|adverse|immune-related|able to|intoleran\w+ to (?:any|the)|(?<!(?:cancer|tumou?r|therapeutic|vaccins? anti-?cancereux) )vaccin\w+|recover\w+|not recovered|washout|wash-out|donat\w+|ongoing (?:use|treatment|therapy)|daily doses?|mg(?:\/| per )(?:day|jour|kg|d))\b/
const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past|previous)|dans les|moins de|prior to \d|at least \d+)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|jours?|semaines?|mois|ans?|half-lives)\b|\b(?:\d+|two|three|four|six) (?:days?|weeks?|months?|semaines|mois) (?:of|prior|before|from|since|avant)\b|\bhalf-li/
const EXCEPTED =
  /\b(?:except(?:ion)?(?: for| of)?|other than|unless|excluding|with the exception of|apart from|permitted|allowed|acceptable|sauf|autre que|hormis|does not (?:include|apply))\b/
const DENIED = /\b(?:no|not|without|never|naive|sans|pas|aucune?|absence of)\b/

/**
 * Earlier treatments that keep out or are asked for: classes and substances of the vocabulary. A treatment that only
 * must lie some time back (wash-out) is neither.
 */
export function readPriorTherapies(document: Document): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed') continue
    const context =
      sentence.lead && sentence.text.length < 160 ? `${sentence.lead.text} ${sentence.text}` : sentence.text
    if (!PRIOR.test(context)) continue
    for (const finding of sentence.side === 'out'
      ? excludedBy(document, sentence, context)
      : requiredBy(document, sentence, context)) {
      if (finding.fact.kind !== 'prior_therapy') continue
      const key = `${finding.fact.polarity} ${finding.fact.therapy} ${finding.cohort}`
      if (!seen.has(key)) findings.push(finding)
      seen.add(key)
    }
  }
  return findings
}

function toFinding(sentence: Sentence, mention: Mention, polarity: 'required' | 'excluded'): Finding {
  return found({ kind: 'prior_therapy', polarity, therapy: mention.code }, `therapy-${polarity}`, sentence, {
    from: sentence.text.length <= 160 ? 0 : Math.max(0, mention.start - 60),
    to: sentence.text.length <= 160 ? sentence.text.length : mention.end + 40,
    confidence: 0.75,
  })
}

/** What rules out is how the treatment went, not that it was given. */
const OUTCOME =
  /\b(?:progress\w*|relaps\w*|recurr\w*|refractory|refractaires?|resistan\w*|failed|failure|echec|rechute\w*)\b[^.;,]{0,40}\b(?:during|on|to|after|following|under|of|sous|apres|pendant|a)\b[^.;,]{0,50}$/
/** One of several treatments given together: neither alone rules out. */
const COMBINED_BEFORE = /\b(?:in combination with|combined with|associee?s? a|en association avec)\b[^.;,]{0,60}$/
const COMBINED_AFTER = /^[^.;,]{0,40}\b(?:in combination|combined with|associee?s? a|en association)\b/

const withoutBrackets = (text: string) => text.replace(/\([^()]*\)/g, ' ')

function excludedBy(document: Document, sentence: Sentence, context: string): Finding[] {
  const { text } = sentence
  if (WINDOW.test(context) || OTHER_REASON.test(text)) return []
  return asStated(text, withoutContained(mentionsIn(document, sentence))).flatMap((mention) => {
    const before = text.slice(0, mention.start)
    if (EXCEPTED.test(withoutBrackets(before.slice(-300))) || DENIED.test(before.slice(-60))) return []
    if (OUTCOME.test(before) || COMBINED_BEFORE.test(before) || COMBINED_AFTER.test(text.slice(mention.end))) return []
    if (/^[^.;,]{0,40}\b(?:is|are|was|were) (?:permitted|allowed|acceptable)/.test(text.slice(mention.end))) return []
    return [toFinding(sentence, mention, 'excluded')]
  })
}

const RECEIVED =
  /\b(?:must have (?:received|been treated|had|progressed|failed|completed)|have received|has received|had received|received|previously treated with|treated with|prior (?:treatment|therapy|exposure) (?:with|to|by)|exposed to|progress\w*[^.;]{0,40} (?:on|after|during|following|under|to)|refractory to|failed|failure (?:of|to)|following|completed|recu|traites? par|progress\w+ sous|previous|prior)\b[^.;]{0,120}$/

function requiredBy(document: Document, sentence: Sentence, context: string): Finding[] {
  const { text } = sentence
  if (
    /\b(?:eligible for|candidates? for|suitable for|scheduled|planned|if |may have|can have|allowed|permitted|concomitant|willing|contra-?indicat\w+|ineligible|intoleran\w+|naive|washout|recover\w+)\b/.test(
      text,
    )
  ) {
    return deniedIn(document, sentence, context)
  }
  const mentions = withoutContained(mentionsIn(document, sentence)).filter(({ start }) =>
    RECEIVED.test(text.slice(0, start)),
  )
  if (mentions.length === 0) return deniedIn(document, sentence, context)
  if (DENIED.test(text.slice(0, mentions[0]?.start ?? 0))) return deniedIn(document, sentence, context)
  if (EXCEPTED.test(text)) return []
  const alternatives = groupsOf(text, mentions)
  return alternatives.flatMap((group) => {
    const code = group.length === 1 ? group[0]?.code : commonClass(group.map((mention) => mention.code))
    const first = group[0]
    return code && first
      ? [toFinding(sentence, { ...first, code, end: group[group.length - 1]?.end ?? first.end }, 'required')]
      : []
  })
}

/** "No prior treatment with a PARP inhibitor" among inclusions. */
function deniedIn(document: Document, sentence: Sentence, context: string): Finding[] {
  const { text } = sentence
  if (WINDOW.test(context)) return []
  return withoutContained(mentionsIn(document, sentence)).flatMap((mention) => {
    const before = text.slice(Math.max(0, mention.start - 90), mention.start)
    const naive =
      /^(?: \([^()]{1,12}\))?\)?[- ]?(?:treatment|therapy)?[- ]?naive\b/.test(
        text.slice(mention.end, mention.end + 34),
      ) || /\b(?:naive|naifs?|untreated|non traites?) (?:for|to|with|by|from|de|par|a)\b[^.;,]{0,60}$/.test(before)
    const denied =
      /\b(?:no(?! more| later| fewer| less)|not (?:have )?(?:received|been treated|had)|never|without|sans|aucune?)\b[^.;]{0,30}\b(?:prior|previous|received|treated|treatment|therapy|exposure|traitement|anterieur\w*)\b[^.;]{0,60}$/.test(
        before,
      )
    if (!naive && !denied) return []
    if (EXCEPTED.test(before)) return []
    return [toFinding(sentence, mention, 'excluded')]
  })
}

/** Treatments joined by "or" are alternatives; by "and" or a comma, several. */
function groupsOf(text: string, mentions: readonly Mention[]): Mention[][] {
  const groups: Mention[][] = []
  for (const mention of mentions) {
    const open = groups[groups.length - 1]
    const last = open?.[open.length - 1]
    const between = last ? text.slice(last.end, mention.start) : ''
    if (open && last && /\b(?:or|ou)\b|\/|\(|such as|e\.g|including/.test(between) && between.length < 60)
      open.push(mention)
    else groups.push([mention])
  }
  const isList = /\b(?:or|ou|either)\b/.test(text)
  return groups.length > 1 && isList && groups.some((group) => group.length > 1)
    ? groups.filter((group) => group.length > 1 || !isList)
    : groups
}

/** The nearest class that all of several treatments belong to; null when only everything has them in common. */
function commonClass(codes: readonly string[]): string | null {
  const [first, ...others] = codes
  if (!first) return null
  return (
    therapyAncestors(first).find(
      (candidate) => !WHOLE.has(candidate) && others.every((code) => therapyIsWithin(code, candidate)),
    ) ?? null
  )
}

const WHOLE = new Set(['systemic therapy', 'anticancer therapy', 'any therapy', 'systemic treatment'])

/** "immune checkpoint inhibitor" inside a longer name is found once; a class beside its own substance stays. */
const withoutContained = (mentions: readonly Mention[]): Mention[] =>
  mentions.filter(
    (mention, at) => !mentions.some((other, nth) => nth !== at && other.code === mention.code && nth < at),
  )

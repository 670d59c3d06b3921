import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { normaliseStageNumeral, stageRange } from '../../domain/vocabulary/stages/numerals.ts'
import { SETTINGS, STAGE_ENTRIES } from '../../domain/vocabulary/stages.ts'
import { diagnosisSentences, TREATED_DISEASE } from './diagnosis.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'
import { fold } from './text.ts'

const LEXICON = createLexicon(STAGE_ENTRIES)
const SETTING_CODES = new Set(SETTINGS.map(({ code }) => code))
/** Where a treatment stands, which criteria mostly name of earlier treatments: believed in titles only. */
const TREATMENT_SETTINGS = new Set([
  'neoadjuvant',
  'adjuvant',
  'perioperative',
  'first_line',
  'later_line',
  'maintenance',
  'consolidation',
])

interface Hit {
  code: string
  from: number
  to: number
}

const NUMERAL = '(?:iv|i{1,3}|[0-4])(?:[- ]?[a-d][1-3]?)?'
const STAGED = new RegExp(
  `\\b(?:stages?|stades?)(?: group| grouping)?[ :]{1,2}(${NUMERAL}\\b(?:[ ]?(?:,|/|-|to|or|and|and/or|ou|et|a|through|until|&)+[ ]?(?:(?:or|and|ou|et) )?(?:stages? |stades? )?${NUMERAL}\\b){0,7})`,
  'g',
)

/** "stage IIIB/IIIC or IV", "stades III à IV" → numerals; ranges are written out. */
function numeralsIn(folded: string): Hit[] {
  const hits: Hit[] = []
  for (const match of folded.matchAll(STAGED)) {
    if (/\b(?:previous|prior|earlier|initial(?:ly)?) $/.test(folded.slice(0, match.index))) continue
    const list = match[1] ?? ''
    let last: string | null = null
    let ranged = false
    for (const part of list.matchAll(new RegExp(`(${NUMERAL})\\b|(-|to\\b|a\\b|through|until)`, 'g'))) {
      if (part[2]) {
        ranged = true
        continue
      }
      const numeral = normaliseStageNumeral(part[1] ?? '')
      if (!numeral) continue
      const codes = ranged && last ? stageRange(last, numeral) : [numeral]
      for (const code of codes) hits.push({ code, from: match.index, to: match.index + match[0].length })
      last = numeral
      ranged = false
    }
  }
  return hits
}

const DENIED =
  /\b(?:no|not|without|non|absence of|rather than|sans|pas de|no evidence of|rule out|exclu\w+)[ -](?:[a-z]+ ){0,3}$/
/** "Resistant to adjuvant endocrine therapy": the treatment that failed, not the one of the trial. */
const FAILED = /\b(?:resistan\w+ to|refractory to|progress\w+ (?:on|during|after)|resistant[es]* a) (?:[a-z]+ ){0,2}$/
const NOUN_ONLY = /^(?:relapse|recurrence|rechute|recidive|progressive disease)s?$/

function hitsIn(plain: string, folded: string, isTitle: boolean): Hit[] {
  const hits = numeralsIn(folded)
  for (const { start, end, value } of LEXICON.findAll(plain)) {
    if (value.unsure && !isTitle) continue
    const before = folded.slice(Math.max(0, start - 90), start)
    if (TREATMENT_SETTINGS.has(value.code) && (!isTitle || FAILED.test(before))) continue
    if (DENIED.test(before) || (!isTitle && TREATED_DISEASE.test(before))) continue
    if (!isTitle && NOUN_ONLY.test(folded.slice(start, end)) && !/\b(?:in|first|second|early|after) $/.test(before))
      continue
    if (/^(?:0|I{1,3}V?|IV)/.test(value.code)) continue
    hits.push({ code: value.code, from: start, to: end })
  }
  const inoperable = isTitle ? null : INOPERABLE.exec(folded)
  if (inoperable && !/\b(?:received|prior|previous\w*)\b/.test(inoperable[0]))
    hits.push({ code: 'unresectable', from: inoperable.index, to: inoperable.index + inoperable[0].length })
  return hits
}

/** Said of the disease without the word "unresectable". */
const INOPERABLE =
  /\b(?:not|ineligible|non|unsuitable|pas|no longer)\b[^.;,]{0,30}\b(?:suitable|amenable|eligible|candidates?|accessible|resectable|operable|ineligible|unsuitable)?\b[^.;,]{0,20}\b(?:for|to|a|by|par)\b[^.;,]{0,40}\b(?:surg\w+|resect\w+|chirurg\w+|exerese|curative)\b/

/**
 * Stage and setting of the disease: any of them lets in. Read from the sentences that state the diagnosis, and from
 * titles and conditions.
 */
export function readStages(document: Document, input: CriteriaInput): Finding[] {
  const stages = new Set<string>()
  const settings = new Set<string>()
  let stageSource: Source | null = null
  let settingSource: Source | null = null
  for (const sentence of diagnosisSentences(document)) {
    const plain = document.plain.slice(sentence.start, sentence.end)
    for (const hit of hitsIn(plain, sentence.text, false)) {
      const isSetting = SETTING_CODES.has(hit.code)
      ;(isSetting ? settings : stages).add(hit.code)
      if (isSetting) settingSource = quoting(settingSource, sentence, hit)
      else stageSource = quoting(stageSource, sentence, hit)
    }
  }
  let stageTitle: string | null = null
  let settingTitle: string | null = null
  for (const title of [input.officialTitle, input.briefTitle, ...input.conditions]) {
    if (!title) continue
    for (const { code } of hitsIn(title, fold(title), true)) {
      if (SETTING_CODES.has(code)) {
        settings.add(code)
        settingTitle ??= title
      } else {
        stages.add(code)
        stageTitle ??= title
      }
    }
  }
  return [
    ...toFinding('stage', stages, stageSource, stageTitle),
    ...toFinding('setting', settings, settingSource, settingTitle),
  ]
}

/** The words quoted for a fact: from the first to the last that say it in the first sentence that does. */
interface Source {
  sentence: Sentence
  from: number
  to: number
}

/** "stage IIIB or IIIC not suitable for radical treatment, or stage IV" is one quote: half of it would not bear out the rest. */
function quoting(source: Source | null, sentence: Sentence, { from, to }: Hit): Source {
  if (source === null) return { sentence, from, to }
  if (source.sentence !== sentence) return source
  const whole = { sentence, from: Math.min(source.from, from), to: Math.max(source.to, to) }
  return whole.to - whole.from <= LONGEST_QUOTE ? whole : source
}

/** Characters: what a person reads at a glance. */
const LONGEST_QUOTE = 200

function toFinding(
  kind: 'stage' | 'setting',
  codes: Set<string>,
  source: Source | null,
  title: string | null,
): Finding[] {
  if (codes.size === 0) return []
  const fact = { kind, polarity: 'required', anyOf: [...codes].sort() } as const
  if (!source) return [foundElsewhere(fact, `${kind}-title`, 'title', title ?? '', 0.7)]
  const { sentence, from, to } = source
  return [found(fact, kind, sentence, { from, to, cohort: null, confidence: 0.8 })]
}

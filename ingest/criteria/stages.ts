import { SETTINGS } from '../../domain/vocabulary/stages.ts'
import { diagnosisSentences, TREATED_DISEASE } from './diagnosis.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'
import { listsWithOr } from './stages/alternatives.ts'
import { isDenied } from './stages/contexts.ts'
import { readExcludedSpread } from './stages/excluded.ts'
import type { Hit } from './stages/hit.ts'
import { numeralsIn } from './stages/numerals.ts'
import { operabilityIn } from './stages/operable.ts'
import { riskGroupsIn } from './stages/risk.ts'
import { tumourIn } from './stages/tumour.ts'
import { wordsIn } from './stages/words.ts'
import { fold } from './text.ts'

const SETTING_CODES = new Set(SETTINGS.map(({ code }) => code))

/**
 * Stage and setting of the disease: any of them lets in. Read from the sentences that state the diagnosis, and from
 * titles and conditions. Distant metastases kept out are read where the trial names no advanced stage.
 */
export function readStages(document: Document, input: CriteriaInput): Finding[] {
  const read = createReading()
  for (const sentence of diagnosisSentences(document, OF_ITS_COURSE)) {
    const plain = document.plain.slice(sentence.start, sentence.end)
    read.sentence(sentence, hitsOfSentence(plain, sentence.text))
  }
  for (const title of [input.officialTitle, input.briefTitle]) if (title) read.title(title, hitsOfTitle(title))
  for (const [condition, hits] of hitsOfConditions(input.conditions)) read.title(condition, hits)
  const required = read.findings()
  const reachesFar = required.some(({ fact }) => fact.kind === 'stage' && fact.anyOf.some((code) => FAR.test(code)))
  return reachesFar ? required : [...required, ...readExcludedSpread(document)]
}

/** Words that speak of the disease without naming it: "First relapse", "locally advanced or metastatic". */
const OF_ITS_COURSE =
  /\b(?:relapsed|refractory|relapses?|locally advanced|metastatic|unresectable|surgical resection|castration|complete remission|m1)\b/

/** Stages that distant metastases may belong to. */
const FAR = /^(?:IV|advanced$|metastatic$)/

const EARLIER = /\b(?:previous|prior|earlier|initial(?:ly)?) (?:[a-z]+ )?$/

function hitsOfSentence(plain: string, folded: string): Hit[] {
  const numerals = numeralsIn(folded).filter(({ from }) => {
    const before = folded.slice(Math.max(0, from - 110), from)
    return !EARLIER.test(before) && !TREATED_DISEASE.test(before) && !isDenied(before)
  })
  const words = wordsIn(plain, folded, false)
  return [...numerals, ...words, ...riskGroupsIn(folded), ...operabilityIn(folded), ...tumourIn(folded)]
}

function hitsOfTitle(title: string): Hit[] {
  const folded = fold(title)
  return [...numeralsIn(folded), ...wordsIn(title, folded, true), ...riskGroupsIn(folded)]
}

/**
 * Conditions are alternatives: where one names a stage and no setting ("Stage I Prostate Cancer" beside "Recurrent
 * Prostate Cancer"), the settings of the others bind nobody.
 */
function hitsOfConditions(conditions: readonly string[]): [string, Hit[]][] {
  const read = conditions.map((condition): [string, Hit[]] => [condition, hitsOfTitle(condition)])
  const isCourse = ({ code }: Hit) => COURSE.has(code)
  const some = read.some(([, hits]) => hits.length > 0 && !hits.some(isCourse))
  return some ? read.map(([condition, hits]) => [condition, hits.filter((hit) => !isCourse(hit))]) : read
}

/** Where somebody stands in the course of the disease. */
const COURSE = new Set(['newly_diagnosed', 'relapsed', 'refractory', 'remission'])

/** The words quoted for a fact: from the first to the last that say it in the first sentence that does. */
interface Source {
  sentence: Sentence
  from: number
  to: number
}

const KINDS = ['stage', 'setting'] as const
type Kind = (typeof KINDS)[number]

const kindOf = ({ code }: Hit): Kind => (SETTING_CODES.has(code) ? 'setting' : 'stage')

/** Gathers what sentences and titles name. */
function createReading() {
  const codes = { stage: new Set<string>(), setting: new Set<string>() }
  const sources: Record<Kind, Source | null> = { stage: null, setting: null }
  const titles: Record<Kind, string | null> = { stage: null, setting: null }
  /** Extents that stand in one list with "recurrent", and whether it is asked for outside such lists. */
  const besideRelapse = new Set<string>()
  let relapseAlone = false
  let unresectableInstead = false
  let toldAsNew = false
  /** The cohorts that what was read binds; null among them where it binds everyone. */
  const cohorts: Record<Kind, Set<string | null>> = { stage: new Set(), setting: new Set() }
  const isAdvanced = () =>
    codes.setting.has('unresectable') || codes.stage.has('metastatic') || codes.stage.has('locally_advanced')

  function take(hits: readonly Hit[], text: string) {
    for (const hit of hits) codes[kindOf(hit)].add(hit.code)
    toldAsNew ||= hits.some(({ code, untreated }) => code === 'newly_diagnosed' && !untreated)
    const listed = new Set<Hit>()
    for (const list of hits.length > 1 ? listsWithOr(hits, fold(text)) : []) {
      const extents = list.filter((hit) => kindOf(hit) === 'stage')
      if (extents.length === 0) continue
      unresectableInstead ||= list.some(({ code }) => code === 'unresectable')
      for (const hit of list) if (hit.code === 'relapsed') listed.add(hit)
      if (list.some((hit) => listed.has(hit))) for (const { code } of extents) besideRelapse.add(code)
    }
    return { alone: hits.some((hit) => hit.code === 'relapsed' && !listed.has(hit)) }
  }

  return {
    sentence(sentence: Sentence, hits: readonly Hit[]) {
      if (hits.length > 0) take(hits, sentence.text)
      for (const hit of hits) {
        sources[kindOf(hit)] = quoting(sources[kindOf(hit)], sentence, hit)
        cohorts[kindOf(hit)].add(sentence.cohort ?? sentence.lead?.cohort ?? null)
      }
    },
    title(title: string, named: readonly Hit[]) {
      // "Advanced" in a title is no more than another word for the metastases that the criteria ask of everyone.
      const isSpread =
        codes.stage.size === 1 &&
        codes.stage.has('metastatic') &&
        cohorts.stage.has(null) &&
        !['unresectable', 'relapsed', 'refractory'].some((code) => codes.setting.has(code)) &&
        named.every((hit) => kindOf(hit) === 'setting' || hit.code === 'advanced')
      const hits = isSpread ? named.filter(({ code }) => code !== 'advanced') : named
      if (hits.length > 0 && take(hits, title).alone) relapseAlone = true
      for (const hit of hits) {
        titles[kindOf(hit)] ??= title
        cohorts[kindOf(hit)].add(null)
      }
    },
    findings(): Finding[] {
      if (unresectableInstead && ![...codes.stage].some((code) => LOCAL.test(code))) codes.stage.add('unresectable')
      if (!toldAsNew && isAdvanced() && !codes.setting.has('relapsed')) codes.setting.delete('newly_diagnosed')
      if (!relapseAlone && codes.setting.has('relapsed')) for (const code of besideRelapse) codes.setting.add(code)
      return KINDS.flatMap((kind) => toFinding(kind, codes[kind], sources[kind], titles[kind], onlyOf(cohorts[kind])))
    },
  }
}

/** Extents that "unresectable" is said of: "locally advanced unresectable or metastatic". */
const LOCAL = /^(?:locally_advanced|III.*)$/

/**
 * "stage IIIB or IIIC not suitable for radical treatment, or stage IV" is one quote: half of it would not bear out the
 * rest.
 */
function quoting(source: Source | null, sentence: Sentence, { from, to }: Hit): Source {
  if (source === null) return { sentence, from, to }
  if (source.sentence !== sentence) return source
  const whole = { sentence, from: Math.min(source.from, from), to: Math.max(source.to, to) }
  return whole.to - whole.from <= LONGEST_QUOTE ? whole : source
}

/** Characters: what a person reads at a glance. */
const LONGEST_QUOTE = 200

/** The cohort that alone is bound; null where several are, or everyone. */
const onlyOf = (cohorts: ReadonlySet<string | null>): string | null =>
  cohorts.size === 1 ? ([...cohorts][0] ?? null) : null

function toFinding(
  kind: Kind,
  codes: ReadonlySet<string>,
  source: Source | null,
  title: string | null,
  cohort: string | null,
): Finding[] {
  if (codes.size === 0) return []
  const fact = { kind, polarity: 'required', anyOf: [...codes].sort() } as const
  if (!source) return [foundElsewhere(fact, `${kind}-title`, 'title', title ?? '', 0.7)]
  const { sentence, from, to } = source
  return [found(fact, kind, sentence, { from, to, cohort, confidence: 0.8 })]
}

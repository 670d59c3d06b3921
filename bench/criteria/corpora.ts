import type { Criterion } from '../../domain/criterion.ts'
import { CANCER_ENTRIES } from '../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { readCriteria } from '../../ingest/criteria/read.ts'
import { fold } from '../../ingest/criteria/text.ts'
import { mentionsIn } from '../../ingest/criteria/therapies/mentions.ts'
import { readLines } from './data.ts'
import { createTally, type Tally } from './tally.ts'

interface Span {
  start: number
  end: number
}

const overlap = (a: Span, b: Span) => a.start < b.end && b.start < a.end

/** Adds one text: a found span is right when it overlaps a labelled one, and the other way round. */
function tallySpans(tally: Tally, found: readonly Span[], labelled: readonly Span[], text: string) {
  const words = ({ start, end }: Span) => `${text.slice(start, end)} | ${text.slice(0, 100)}`
  for (const span of found) {
    tally.found++
    if (labelled.some((other) => overlap(span, other))) tally.foundRight++
    else tally.misses.push(`found, not labelled: ${words(span)}`)
  }
  for (const span of labelled) {
    tally.expected++
    if (found.some((other) => overlap(span, other))) tally.expectedRight++
    else tally.misses.push(`labelled, not found: ${words(span)}`)
  }
}

const CANCER_NAMES = createLexicon(CANCER_ENTRIES)

/**
 * Facebook's criteria with labelled spans, any disease, in lower case: abbreviations are sought in capitals too.
 * Cancers: a name of our vocabulary against spans labelled `cancer`. Treatments: ours are of cancer only, so the share
 * of our names that a `treatment` span holds says something and the recall nothing (all treatments are labelled,
 * insulin and valve surgery too).
 */
export function scoreLabelledSpans(): [string, Tally][] {
  const cancers = createTally()
  const treatments = createTally()
  for (const line of readLines('criteria/facebook-ctp-ner.ndjson.gz')) {
    const { text, labels } = line as { text: string; labels: string }
    const spans = labels
      .split(',')
      .filter((label) => label !== '')
      .map((label) => label.split(':'))
      .map(([start, end, kind]) => ({ start: Number(start) - 1, end: Number(end) - 1, kind }))
    const of = (...kinds: string[]) => spans.filter(({ kind }) => kind !== undefined && kinds.includes(kind))
    const plain = CANCER_NAMES.findAll(text)
    const inCapitals = CANCER_NAMES.findAll(text.toUpperCase())
    const names = [...plain, ...inCapitals.filter((one) => !plain.some((other) => overlap(one, other)))]
    tallySpans(
      cancers,
      names.filter(({ value }) => !value.unsure),
      of('cancer'),
      text,
    )
    tallySpans(
      treatments,
      mentionsIn(text, fold(text), () => false),
      of('treatment', 'allergy_name'),
      text,
    )
  }
  return [
    ['cancers named', cancers],
    ['treatments of cancer named (recall: of all treatments)', treatments],
  ]
}

interface Annotation extends Span {
  id: string
  kind: string
  text: string
}

/** BRAT lines: `T1	Condition 26 40	CNS metastases`, `R1	Has_negation Arg1:T6 Arg2:T7`. Split spans count as one. */
function readAnnotations(lines: string): {
  annotations: Annotation[]
  relations: { kind: string; from: string; to: string }[]
} {
  const annotations: Annotation[] = []
  const relations: { kind: string; from: string; to: string }[] = []
  for (const line of lines.split('\n')) {
    const entity = /^(T\d+)\t(\S+) (\d+) (?:\d+;\d+ )*(\d+)\t(.*)$/.exec(line)
    if (entity) {
      const [, id = '', kind = '', start, end, text = ''] = entity
      annotations.push({ id, kind, start: Number(start), end: Number(end), text })
    }
    const relation = /^R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)/.exec(line)
    if (relation) relations.push({ kind: relation[1] ?? '', from: relation[2] ?? '', to: relation[3] ?? '' })
  }
  return { annotations, relations }
}

const CONDITIONS: readonly [string, RegExp, (criterion: Criterion) => boolean][] = [
  ['pregnancy', /\bpregnan(?:t|cy)\b/i, ({ kind }) => kind === 'pregnancy'],
  ['HIV', /\bHIV\b|human immunodeficiency/i, (one) => one.kind === 'infection' && one.agent === 'HIV'],
  ['hepatitis B', /\bhepatitis[- ]B\b|\bHBV\b/i, (one) => one.kind === 'infection' && one.agent === 'HBV'],
  ['hepatitis C', /\bhepatitis[- ]C\b|\bHCV\b/i, (one) => one.kind === 'infection' && one.agent === 'HCV'],
]

const inputOf = (eligibilityCriteria: string) => ({
  briefTitle: '',
  officialTitle: null,
  conditions: [],
  keywords: [],
  eligibilityCriteria,
  minimumAgeYears: null,
  maximumAgeYears: null,
  sex: null,
})

/**
 * Chia, any disease: one document is one side of a trial. Pregnancy, HIV and hepatitis are expected to keep out where
 * an exclusion document has such a Condition, and where an inclusion document has it with a negation. Age: an inclusion
 * document with a Person "age" and its Value should give bounds, and each bound should be a number of these values.
 */
export function scoreChia(): [string, Tally][] {
  const tallies = new Map([...CONDITIONS.map(([name]) => name), 'age'].map((name) => [name, createTally()]))
  for (const line of readLines('criteria/chia-with-scope.ndjson.gz')) {
    const { id, txt, ann } = line as { id: string; txt: string; ann: string }
    const excluding = id.endsWith('_exc')
    const { annotations, relations } = readAnnotations(ann)
    const criteria = readCriteria(inputOf(`${excluding ? 'Exclusion' : 'Inclusion'} Criteria:\n\n${txt}`))
    const denied = new Set(relations.filter(({ kind }) => /negation/i.test(kind)).map(({ from }) => from))
    for (const [name, words, isIt] of CONDITIONS) {
      const named = annotations.filter(({ kind, text }) => kind === 'Condition' && words.test(text))
      const expected = named.some((one) => (excluding ? !denied.has(one.id) : denied.has(one.id)))
      const found = criteria.some((one) => isIt(one) && 'polarity' in one && one.polarity === 'excluded')
      // What is named without a Condition (a laboratory test, a virus) is labelled in other ways: not scored.
      if (!expected && annotations.some(({ text }) => words.test(text))) continue
      count(tallies.get(name), found, expected, `${id} ${name}`)
    }
    if (excluding) continue
    const age = criteria.find((one) => one.kind === 'age')
    const people = annotations.filter(({ kind, text }) => kind === 'Person' && /\bage\b|\baged\b/i.test(text))
    const values = relations.flatMap(({ kind, from, to }) =>
      /value/i.test(kind) && people.some((one) => one.id === from)
        ? annotations.filter((one) => one.id === to).map(({ text }) => text)
        : [],
    )
    const numbers = values.flatMap((text) => text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number)
    const bounds = age?.kind === 'age' ? [age.minYears, age.maxYears].filter((bound) => bound !== null) : []
    const tally = tallies.get('age')
    if (tally && numbers.length > 0) {
      tally.expected++
      if (bounds.length > 0) tally.expectedRight++
      else tally.misses.push(`${id}: no age read of ${values.join(', ')}`)
      for (const bound of bounds) {
        tally.found++
        if (numbers.some((number) => [number, number / 12].some((one) => Math.abs(one - bound) < 0.1)))
          tally.foundRight++
        else tally.misses.push(`${id}: read ${bound}, labelled ${values.join(', ')}`)
      }
    }
  }
  return [...tallies]
}

function count(tally: Tally | undefined, found: boolean, expected: boolean, label: string) {
  if (!tally) return
  if (found) tally.found++
  if (expected) tally.expected++
  if (found && expected) {
    tally.foundRight++
    tally.expectedRight++
  } else if (found !== expected) tally.misses.push(`${label}: ${found ? 'found, not labelled' : 'labelled, not found'}`)
}

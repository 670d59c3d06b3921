import { type Rule, saidOf } from './brain/rule.ts'
import { spreadIn } from './brain/spread.ts'
import { brainTopics } from './brain/titles.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import type { Document, Sentence } from './sentences.ts'

interface Reading {
  rule: Rule
  lets: boolean
  finding: Finding
}

/**
 * Brain and central nervous system spread: excluded as such, allowed once treated or stable, allowed, or required. In
 * trials of tumours that begin in the brain, only where metastases are named.
 */
export function readBrainMetastases(document: Document, input: CriteriaInput): Finding[] {
  const { tumours, named, spread } = brainTopics(input)
  if (spread !== null) return [ofTitle(named ? 'allowed' : 'required', spread)]
  const readings: Reading[] = []
  for (const sentence of document.sentences) {
    if (tumours && !/metasta/.test(sentence.text)) continue
    const said = saidOf(sentence, document)
    if (!said) continue
    const polarity = said.rule === 'required' ? 'required' : 'excluded'
    const fact = { kind: 'brain_metastases', polarity, value: said.rule } as const
    readings.push({ ...said, finding: found(fact, `brain-${sentence.side}`, sentence, spanOf(sentence)) })
  }
  const holding = whatHolds(readings)
  return holding ? [holding.finding] : []
}

function ofTitle(value: Rule, title: string): Finding {
  const polarity = value === 'required' ? 'required' : 'excluded'
  return foundElsewhere({ kind: 'brain_metastases', polarity, value }, 'brain-title', 'title', title, 0.8)
}

/** The quote is the whole sentence when short, else the words from the hit to the end of its clause. */
function spanOf({ text }: Sentence): { from?: number; to?: number } {
  const match = spreadIn(text)
  if (!match) return {}
  if (text.length <= 220) return { from: 0, to: text.length }
  return { from: Math.max(0, match.index - 60), to: Math.min(text.length, match.index + match[0].length + 120) }
}

const RANK: Record<Rule, number> = { excluded: 0, allowed_if_treated_or_stable: 1, required: 2, allowed: 3 }

/**
 * Who is let in follows an exclusion and narrows it: the most permissive holds. Of exclusions alone the widest holds
 * ("brain metastases" beside "active CNS metastases"), save those of one cohort: cohorts are alternatives.
 */
function whatHolds(readings: readonly Reading[]): Reading | null {
  const letting = readings.filter(({ lets }) => lets)
  const ofAll = readings.filter(({ finding }) => finding.cohort === null)
  if (letting.length === 0 && ofAll.length > 0) return ofAll.find(({ rule }) => rule === 'excluded') ?? ofAll[0] ?? null
  return mostPermissive(letting.length > 0 ? letting : readings)
}

function mostPermissive([first, ...others]: readonly Reading[]): Reading | null {
  if (!first) return null
  return others.reduce((best, next) => (RANK[next.rule] > RANK[best.rule] ? next : best), first)
}

import { FAMILIES } from '../cancer-names.ts'
import { diagnosisSentences, TREATED_DISEASE } from '../diagnosis.ts'
import { found } from '../evidence.ts'
import type { Document, Sentence } from '../sentences.ts'
import { isAlsoTaken, isConditional } from './conditional.ts'
import { isBesideItsKind, isOpenFamily, namesNoDisease } from './families.ts'
import { kindsOfOrgan, statedKinds } from './histologies.ts'
import { type Hit, hitsIn, isSetAside, LISTED_OUT, NOT_THE_DISEASE } from './hits.ts'
import type { Source } from './source.ts'

const CONFIRMED =
  /\b(?:confirm\w*|diagnos\w+|histolog\w+|cytolog\w+|patholog\w+|documented|proven|patients? with|participants? with|subjects? with|has|have|with|atteints? de|presentant|porteurs? d)\b/

/** "At least one measurable lesion (RANO criteria for glioblastoma)": how the disease is measured, not which it is. */
const MEASURES =
  /^(?:(?:patients?|participants?|subjects?|must|have|has|at|least|one|1|an?|the|there|is|presence|evidence|of|with|documented|according|to|in) ?){0,10}(?:measurable|evaluable|assessable|target) (?:tumou?r )?(?:lesions?|disease)\b(?!.*\b(?:histolog|confirmed|diagnosis))/
const ALTERNATIVES = /\b(?:(?:one|any|either) of|the following|listed below|l'un\w* des)\b/

/** Codes of the diagnosis sentences; with nothing in the registry's fields, only of plain statements of a diagnosis. */
export function criteriaCancers(document: Document, known: readonly string[]): Map<string, Source> {
  const codes = new Map<string, Source>()
  const diagnoses = diagnosisSentences(document)
  const kinds = known.includes('ANY_SOLID') ? null : kindsOfOrgan(known)
  const itemised = tumoursItemised(document, diagnoses)
  for (const sentence of [...diagnoses, ...itemised.items]) {
    const named = hitsIn(document.plain.slice(sentence.start, sentence.end))
    const hits = kinds ? [...named, ...statedKinds(document, sentence, kinds, named)] : named
    if (hits.length === 0 || MEASURES.test(sentence.text)) continue
    const oneOf = sentence.lead && ALTERNATIVES.test(sentence.lead.text) ? sentence.lead.statement : undefined
    for (const hit of hits) {
      if (FAMILIES.has(hit.code) && itemised.leads.has(sentence.statement)) continue
      const before = sentence.text.slice(0, hit.from)
      if (
        NOT_THE_DISEASE.test(before) ||
        LISTED_OUT.test(before) ||
        TREATED_DISEASE.test(before) ||
        isSetAside(sentence.text, hit)
      )
        continue
      if (hit.unsure && !known.includes(hit.code)) continue
      if (FAMILIES.has(hit.code) && namesNoDisease(sentence.text, hit)) continue
      if (known.length === 0 && (FAMILIES.has(hit.code) || !CONFIRMED.test(before.slice(-90)))) continue
      if (isOfBrainBesideSpread(sentence.text, hit) && known.every((code) => FAMILIES.has(code))) continue
      if (isSquamousOrNot(sentence.text, hit)) continue
      const list = listOf(hit, hits, sentence.text)
      const open = (FAMILIES.has(hit.code) ? isOpenFamily : isBesideItsKind)(sentence.text, hit, hits)
      const conditional = isConditional(before, sentence.text.slice(hit.to))
      const also = isAlsoTaken(sentence.text.slice(hit.to))
      const earlier = codes.get(hit.code)
      if (earlier && (conditional || !earlier.conditional)) {
        if ((list && !earlier.list) || open)
          codes.set(hit.code, { ...earlier, ...(list && { list: `${sentence.index} ${list}` }), ...(open && { open }) })
        continue
      }
      const finding = found({ kind: 'cancer', polarity: 'required', code: hit.code }, 'cancer-criteria', sentence, {
        from: hit.from,
        to: hit.to,
        confidence: 0.9,
      })
      codes.set(hit.code, {
        finding,
        inCriteria: true,
        statement: sentence.statement,
        ...(list && { list: `${sentence.index} ${list}` }),
        ...(open && { open }),
        ...(conditional && { conditional }),
        ...(also && { also }),
        ...(oneOf !== undefined && { oneOf }),
        ...(hit.amongOthers && { amongOthers: hit.amongOthers }),
      })
    }
  }
  return codes
}

const NEXT_ITEM = /^(?: ?\([^()]{0,30}\))?(?:, (?:or |and )?| (?:or|and) )(?:[a-z0-9/+-]+ ){0,4}$/

/** "Confirmed mesothelioma, thyroid cancer or melanoma": where a list of three or more names begins. */
function plainList(hit: Hit, hits: readonly Hit[], text: string): number | undefined {
  const names = hits.filter(({ code }) => !FAMILIES.has(code)).sort((a, b) => a.from - b.from)
  let chain: Hit[] = []
  let end = 0
  for (const name of names) {
    if (name.from >= end && !NEXT_ITEM.test(text.slice(end, name.from))) {
      if (chain.includes(hit)) break
      chain = []
    }
    chain.push(name)
    end = Math.max(end, name.to)
  }
  const [first] = chain
  if (!first || !chain.includes(hit) || new Set(chain.map(({ code }) => code)).size < 3) return undefined
  return CONFIRMED.test(text.slice(0, first.from)) ? first.from : undefined
}

/**
 * The list a cancer stands in: one that shares a noun, or the kinds named after a whole family ("solid tumours: …").
 */
function listOf(hit: Hit, hits: readonly Hit[], text: string): string | undefined {
  const first = plainList(hit, hits, text)
  if (first !== undefined) return `from ${first}`
  if (hit.list !== undefined) return `${hit.list}`
  const family = hits.find(({ code, to }) => FAMILIES.has(code) && to <= hit.from)
  return family && !FAMILIES.has(hit.code) ? `after ${family.from}` : undefined
}

/**
 * "Advanced solid tumours: / Group A: NSCLC, melanoma / Group B: NSCLC": where each item under a whole family names
 * its tumours, the items are the cancers taken, and the family only leads to them.
 */
function tumoursItemised(
  document: Document,
  diagnoses: readonly Sentence[],
): { leads: Set<number>; items: Sentence[] } {
  const namesFamily = ({ start, end }: Sentence) =>
    hitsIn(document.plain.slice(start, end)).some(({ code }) => FAMILIES.has(code))
  const namesTumours = ({ start, end }: { start: number; end: number }) => {
    const hits = hitsIn(document.plain.slice(start, end))
    return hits.length > 0 && hits.every(({ code }) => !FAMILIES.has(code))
  }
  const leads = new Set<number>()
  const items: Sentence[] = []
  // Most sentences have nothing under them, and need not be searched for names again.
  const parents = new Set(document.statements.map(({ parent }) => parent))
  for (const { statement } of diagnoses.filter((one) => parents.has(one.statement) && namesFamily(one))) {
    const children = document.statements.flatMap((child, index) =>
      child.parent === statement ? [{ child, index }] : [],
    )
    if (leads.has(statement) || children.length === 0 || !children.every(({ child }) => namesTumours(child))) continue
    leads.add(statement)
    const indices = new Set(children.map(({ index }) => index))
    items.push(...document.sentences.filter(({ statement, side }) => side === 'in' && indices.has(statement)))
  }
  return { leads, items }
}

/** "Primary CNS malignancy or untreated CNS metastases": of any cancer, what keeps out. */
const isOfBrainBesideSpread = (text: string, { code, to }: Hit) =>
  code === 'BRAIN' && /^,? or [^.;]{0,40}\b(?:metasta|leptomening|mening)/.test(text.slice(to))

/** "squamous or non-squamous" narrows nothing. */
const isSquamousOrNot = (text: string, hit: Hit) =>
  /squamous/.test(text.slice(hit.from, hit.to)) &&
  /non-?\s?squamous/.test(text) &&
  !/^non/.test(text.slice(hit.from, hit.to))

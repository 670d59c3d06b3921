import { ancestorsOf, isWithin } from '../../../domain/vocabulary/cancers.ts'
import { FAMILIES } from '../cancer-names.ts'
import { type Finding, found } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document, Sentence } from '../sentences.ts'
import { histologyHits } from './histologies.ts'
import type { Hit } from './hits.ts'
import { nonSquamous } from './non-squamous.ts'

const DENYING = /\b(?:no|not|without|exclud\w+|exclusion|except|other than|sauf|hormis)\b/
const OTHER_MALIGNANCY =
  /\b(?:(?:other|another|second|secondary|prior|previous|concurrent|concomitant|history of|active|additional|different|synchronous)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)|malignan\w+ (?:other|within|in the)|in situ|within (?:the )?(?:last |past |previous )?(?:\d|two|three|five)|antecedents?|autre (?:cancer|tumeur))\b/
const HISTOLOGY =
  /\b(?:histolog\w+|components?|mixed|subtypes?|variants?|sarcomatoid|features|type|elements?|transformation|transformed|patients? with|participants? with|diagnosis of|known|has|have|small cell|neuroendocrine|presence of)\b|^.{0,70}$/

/** Histologies ruled out by name: neither another malignancy nor the disease of the trial itself. */
export function excludedCancers(document: Document, input: CriteriaInput, required: readonly string[]): Finding[] {
  const findings = new Map<string, Finding>()
  if (required.length === 0) return []
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed' || (sentence.side === 'in' && !DENYING.test(sentence.text))) continue
    const hits = histologyHits(document, sentence, required)
    const derived = hits.filter((hit) => DERIVED.test(sentence.text.slice(0, hit.from))).map(({ code }) => code)
    for (const hit of hits) {
      if (derived.includes(hit.code)) continue
      const whole = FAMILIES.has(hit.code) && !(hit.code === 'ANY_HEME' && required.includes('ANY_SOLID'))
      if (findings.has(hit.code) || whole || hit.unsure) continue
      if (!isNear(hit.code, required) && sentence.text.length > 90) continue
      if (required.some((code) => isWithin(code, hit.code))) continue
      if (sentence.side === 'out' ? !ruledOut(document, sentence, hit) : !deniedHistology(sentence, hit)) continue
      findings.set(
        hit.code,
        found({ kind: 'cancer', polarity: 'excluded', code: hit.code }, 'cancer-excluded', sentence, {
          from: hit.from,
          to: hit.to,
          confidence: 0.8,
        }),
      )
    }
  }
  const squamous = nonSquamous(document, input, required)
  if (squamous && !findings.has('LUSC')) findings.set('LUSC', squamous)
  return [...findings.values()]
}

/** In the same branch of the tree as a cancer of the trial: a histology of it, not another disease. */
const isNear = (code: string, required: readonly string[]) =>
  required.some(
    (one) =>
      isWithin(code, one) ||
      ancestorsOf(one).some((above) => above !== one && !FAMILIES.has(above) && isWithin(code, above)),
  )

function ruledOut(document: Document, sentence: Sentence, hit: Hit): boolean {
  const { text } = sentence
  const statement = document.statements[sentence.statement]
  const whole = statement ? document.folded.slice(statement.start, statement.end).replace(/\n/g, ' ') : text
  if (OTHER_MALIGNANCY.test(whole) || (sentence.lead && OTHER_MALIGNANCY.test(sentence.lead.text))) return false
  const before = text.slice(0, hit.from)
  const item = before.slice(Math.max(0, ...[',', ';', ' or ', ' and '].map((mark) => before.lastIndexOf(mark))))
  if (/\b(?:except|unless|other than|excluding|sauf|allerg\w+)\b/.test(before)) return false
  if (/\b(?:treat\w+|therap\w+|surgery|metasta\w+|resect\w+)\b/.test(item)) return false
  if (/\b(?:brain|cns|leptomening\w+|central nervous)\b/.test(text) && !PRIMARY_OF_BRAIN.test(text.slice(hit.from)))
    return false
  if (/^ (?:burden|involvement|lesions?|infiltrat\w+|markers?|invasion)\b/.test(text.slice(hit.to))) return false
  return hit.from < 15 || HISTOLOGY.test(text)
}

/** "DLBCL arising from CLL", "composite lymphoma (…)": part of another name. */
const DERIVED = /\b(?:arising from|transform\w+ (?:from|of))\b[^.;,(]{0,45}$|\bcomposite\b[^.;,]{0,45}$/
const PRIMARY_OF_BRAIN = /^primary (?:brain|cns|central nervous system)\b/

const deniedHistology = (sentence: Sentence, hit: Hit) =>
  sentence.section !== 'exclusion' &&
  /\b(?:no|not|without|excluding|exclusion of|except(?: for)?|other than|sauf|hormis|are not eligible)\b[^.;,]{0,40}$/.test(
    sentence.text.slice(0, hit.from),
  ) &&
  !OTHER_MALIGNANCY.test(sentence.text) &&
  !/\b(?:brain|cns|metasta\w+|prior|previous|history|treated)\b/.test(
    sentence.text.slice(Math.max(0, hit.from - 60), hit.from),
  )

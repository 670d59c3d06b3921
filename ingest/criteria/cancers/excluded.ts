import { ancestorsOf, isWithin } from '../../../domain/vocabulary/cancers.ts'
import { FAMILIES } from '../cancer-names.ts'
import { type Finding, found } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import type { Document, Sentence } from '../sentences.ts'
import { histologyHits, kindsOfOrgan } from './histologies.ts'
import { type Hit, isSetAside } from './hits.ts'
import { nonSquamous } from './non-squamous.ts'
import { isRuledOut } from './ruled-out.ts'

const DENYING = /\b(?:no|not|without|exclud\w+|exclusion|except(?:ed)?|other than|sauf|hormis)\b/
const HISTORY = /\b(?:history of|antecedents?|within|in situ|prior|previous|second|other|another)\b/

/** Histologies ruled out by name: neither another malignancy nor the disease of the trial itself. */
export function excludedCancers(document: Document, input: CriteriaInput, required: readonly string[]): Finding[] {
  const findings = new Map<string, Finding>()
  if (required.length === 0) return []
  const kinds = kindsOfOrgan(required)
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed' || (sentence.side === 'in' && !DENYING.test(sentence.text))) continue
    const hits = histologyHits(document, sentence, kinds)
    const derived = hits.filter((hit) => DERIVED.test(sentence.text.slice(0, hit.from))).map(({ code }) => code)
    for (const hit of hits) {
      if (findings.has(hit.code) || hit.unsure || derived.includes(hit.code)) continue
      if (FAMILIES.has(hit.code) && !(hit.code === 'ANY_HEME' && required.includes('ANY_SOLID'))) continue
      if (!isNear(hit, required, sentence)) continue
      if (required.some((code) => isWithin(code, hit.code))) continue
      const out = sentence.side === 'out' ? isRuledOut(document, sentence, hit, hits) : deniedHistology(sentence, hit)
      if (!out) continue
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

/** Found in many organs: ruling one out rules a histology of the trial's organ out. */
const OF_ANY_ORGAN = new Set(['ANY_SARCOMA', 'ANY_LYMPHOMA', 'ANY_GERM_CELL', 'NETNOS', 'NECNOS', 'ANY_UROTHELIAL'])
/** Told apart from each other by the pathologist, though of other branches of the tree. */
const NEIGHBOURS: readonly (readonly string[])[] = [['BILIARY_TRACT', 'AMPULLA_OF_VATER', 'PANCREAS', 'LIVER']]

/** A histology of a cancer of the trial, or what may be taken for one; not another disease. */
function isNear({ code }: Hit, required: readonly string[], { text }: Sentence): boolean {
  if (required.some((one) => isWithin(code, one) || areRelated(code, one))) return true
  return OF_ANY_ORGAN.has(code) && text.length <= 150 && !HISTORY.test(text)
}

const areRelated = (code: string, one: string) =>
  (isWithin(code, 'ANY_HEME') && isWithin(one, 'ANY_HEME')) ||
  ancestorsOf(one).some((above) => above !== one && !FAMILIES.has(above) && isWithin(code, above)) ||
  NEIGHBOURS.some((group) => [code, one].every((each) => group.some((branch) => isWithin(each, branch))))

/** "DLBCL arising from CLL", "composite lymphoma (…)": part of another name. */
const DERIVED = /\b(?:arising from|transform\w+ (?:from|of))\b[^.;,(]{0,45}$|\bcomposite\b[^.;,]{0,45}$/

const OTHER_MALIGNANCY =
  /\b(?:(?:other|another|second|secondary|prior|previous|concurrent|concomitant|history of|active|additional|different|synchronous)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)|malignan\w+ (?:other|within|in the)|in situ|within (?:the )?(?:last |past |previous )?(?:\d|two|three|five)|antecedents?|autre (?:cancer|tumeur))\b/

const deniedHistology = (sentence: Sentence, hit: Hit) =>
  sentence.section !== 'exclusion' &&
  (isSetAside(sentence.text, hit) ||
    /\b(?:no|not|without|excluding|exclusion of|except(?:ed)?(?: for)?|other than|sauf|hormis|are not eligible)\b[^.;,]{0,40}$/.test(
      sentence.text.slice(0, hit.from),
    )) &&
  !OTHER_MALIGNANCY.test(sentence.text) &&
  !/\b(?:brain|cns|metasta\w+|prior|previous|history|treated)\b/.test(
    sentence.text.slice(Math.max(0, hit.from - 60), hit.from),
  )

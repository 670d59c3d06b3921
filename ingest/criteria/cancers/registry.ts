import { cancerByMesh } from '../../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES, FAMILIES } from '../cancer-names.ts'
import { foundElsewhere } from '../evidence.ts'
import type { CriteriaInput } from '../input.ts'
import { fold } from '../text.ts'
import { hitsIn, meantBy, NOT_THE_DISEASE } from './hits.ts'
import { organOfMetastases } from './metastases.ts'
import { NON_SQUAMOUS } from './non-squamous.ts'
import type { Source } from './source.ts'

const BASKET = /\b(?:basket|panier)\b/i

/** Codes of conditions, titles, keywords and MeSH terms, in that order of trust. */
export function registryCancers(input: CriteriaInput): Map<string, Source> {
  const codes = new Map<string, Source>()
  const add = (code: string, section: 'conditions' | 'title' | 'keywords' | 'registry', quote: string) => {
    const titled = quote === input.briefTitle && section === 'title' && (!FAMILIES.has(code) || BASKET.test(quote))
    const earlier = codes.get(code)
    if (earlier && titled) codes.set(code, { ...earlier, titled })
    if (earlier) return
    const finding = foundElsewhere(
      { kind: 'cancer', polarity: 'required', code },
      `cancer-${section}`,
      section,
      quote,
      section === 'keywords' ? 0.6 : 0.9,
    )
    codes.set(code, { finding, inCriteria: false, statement: null, ...(titled && { titled }) })
  }
  const addAll = (texts: readonly (string | null)[], section: 'conditions' | 'title' | 'keywords') => {
    for (const text of texts) {
      if (!text) continue
      const folded = fold(text)
      const inverted = section === 'title' ? [] : invertedHeading(text)
      for (const code of inverted) add(code, section, text)
      for (const hit of inverted.length > 0 ? [] : hitsIn(text)) {
        if (hit.unsure && !codes.has(hit.code)) continue
        if (NOT_THE_DISEASE.test(folded.slice(0, hit.from))) continue
        add(hit.code, section, text)
      }
    }
  }
  addAll(input.conditions, 'conditions')
  addAll([input.briefTitle, input.officialTitle], 'title')
  if (![...codes.keys()].some((code) => !FAMILIES.has(code))) {
    addAll(input.keywords, 'keywords')
    for (const { id, term } of input.meshTerms ?? []) {
      const cancer = cancerByMesh(id) ?? cancerByMesh(term)
      for (const code of cancer ? meantBy(cancer.code) : []) add(code, 'registry', term)
    }
  }
  // Both histologies are among the conditions: neither narrows.
  if (codes.has('NSCLC') && input.conditions.some((condition) => NON_SQUAMOUS.test(fold(condition))))
    codes.delete('LUSC')
  takeMetastases(codes, input)
  return codes
}

/** "Carcinoma, Renal Cell": the codes of a name in the inverted order of MeSH headings; none for other texts. */
function invertedHeading(text: string): readonly string[] {
  if (!text.includes(', ')) return []
  const sense = CANCER_NAMES.lookUp(text.split(', ').reverse().join(' '))
  return !sense || sense.unsure || FAMILIES.has(sense.code) || sense.code === 'OTHER' ? [] : meantBy(sense.code)
}

/**
 * Tumours of any organ, where a trial is about their metastases: registries index it under the organ they spread to.
 */
function takeMetastases(codes: Map<string, Source>, input: CriteriaInput) {
  const topics = [...input.conditions, input.briefTitle]
  if (!topics.some((topic) => /metas/i.test(topic))) return
  const organ = organOfMetastases(topics.map(fold), [...codes.keys()])
  const quote = organ && topics.find((topic) => organOfMetastases([fold(topic)], []) === organ)
  if (!organ || !quote) return
  codes.delete(organ)
  const beside = [...codes.keys()].some((code) => !FAMILIES.has(code))
  const section = quote === input.briefTitle ? 'title' : 'conditions'
  const finding = foundElsewhere(
    { kind: 'cancer', polarity: 'required', code: 'ANY_SOLID' },
    `cancer-${section}`,
    section,
    quote,
    0.8,
  )
  codes.set('ANY_SOLID', { finding, inCriteria: false, statement: null, ...(beside && { open: true }) })
}

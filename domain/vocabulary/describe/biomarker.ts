import type { CriterionOf } from '../../criterion.ts'
import type { Language } from '../../question.ts'
import { lineageOf } from '../biomarkers/relations.ts'
import { alterationTerm, biomarkerByCode } from '../biomarkers.ts'
import { cancerByCode } from '../cancers.ts'
import { capitalised, ofFrench, oneOf, uncapitalised } from './words.ts'

/** What is said of a marker, in words, with the gender of its French head. */
interface Statement {
  text: string
  feminine: boolean
  details: readonly string[]
}

/** States that are no nouns beside a name: « HER2 : statut positif ». */
const STATUSES: Record<string, Record<Language, string>> = {
  positive: { fr: 'statut positif', en: 'positive status' },
  negative: { fr: 'statut négatif', en: 'negative status' },
  high: { fr: 'niveau élevé', en: 'high level' },
  low: { fr: 'niveau faible', en: 'low level' },
  ultralow: { fr: 'niveau très faible', en: 'ultralow level' },
  deficient: { fr: 'statut déficient', en: 'deficient status' },
  proficient: { fr: 'statut conservé', en: 'proficient status' },
  stable: { fr: 'statut stable', en: 'stable status' },
}

/** « Mutation EGFR exigée (insertion de l’exon 20) », "HER2: positive status excluded". */
export function describeBiomarker(criterion: CriterionOf<'biomarker'>, lang: Language): string {
  const { polarity, state, gene, alteration, threshold, ofCancers = [] } = criterion
  const label = biomarkerByCode(gene)?.[lang] ?? gene
  const absence = alteration === 'wild_type' || alteration === 'unmethylated'
  const stated = statement(gene, absence ? opposite(alteration) : alteration, label, lang)
  const bound = threshold === null ? [] : [thresholdIn(threshold, lang)]
  const details = [...stated.details, ...bound, ...(ofCancers.length > 0 ? [onlyOf(ofCancers, lang)] : [])]
  const tail = details.length > 0 ? ` (${details.join(', ')})` : ''
  const isPresent = (state === 'present') !== absence
  return `${verdict({ ...stated, text: capitalised(stated.text) }, polarity, isPresent, lang)}${tail}`
}

/** « cancer du poumon seulement », "lung cancer only". */
function onlyOf(codes: readonly string[], lang: Language): string {
  const names = codes.map((code) => uncapitalised(cancerByCode(code)?.[lang] ?? code))
  return `${oneOf(names, lang)} ${lang === 'fr' ? 'seulement' : 'only'}`
}

const opposite = (alteration: string): string => (alteration === 'wild_type' ? 'mutation' : 'methylation')

function verdict(
  { text, feminine }: Statement,
  polarity: 'required' | 'excluded',
  isPresent: boolean,
  lang: Language,
): string {
  const lower = uncapitalised(text)
  if (lang === 'en') {
    if (isPresent) return `${text} ${polarity}`
    return polarity === 'required' ? `No ${lower}: required` : `Excluded without ${lower}`
  }
  const ending = feminine ? 'e' : ''
  if (isPresent) return `${text} ${polarity === 'required' ? `exigé${ending}` : `exclu${ending}`}`
  return polarity === 'required' ? `Absence ${ofFrench(lower)} exigée` : `Exclusion en l’absence ${ofFrench(lower)}`
}

function statement(gene: string, alteration: string, label: string, lang: Language): Statement {
  const status = STATUSES[alteration]
  if (status)
    return { text: lang === 'fr' ? `${label} : ${status.fr}` : `${label}: ${status.en}`, feminine: false, details: [] }
  const term = alterationTerm(alteration)
  if (
    /^(délétion|codélétion|translocation|\d+p|\d+q|t\()/i.test(label) &&
    biomarkerByCode(gene)?.kind === 'cytogenetic'
  ) {
    return { text: label, feminine: lang === 'fr', details: [] }
  }
  const isMutation = lineageOf(gene, alteration).ancestors.has('mutation')
  if (isMutation && !/mutation/.test(term?.en ?? '')) {
    const detail = term?.[lang] ?? exonMutation(alteration, lang) ?? alteration
    return { text: lang === 'fr' ? `mutation ${label}` : `${label} mutation`, feminine: true, details: [detail] }
  }
  const noun = term?.[lang] ?? alteration
  if (lang === 'en') return { text: `${label} ${noun}`, feminine: false, details: [] }
  const joined = isMutation || alteration === 'fusion' || alteration === 'alteration' ? label : ofFrench(label)
  return { text: `${noun} ${joined}`, feminine: term?.feminine ?? true, details: [] }
}

/** `exon20_mutation` in words; null for other names. */
function exonMutation(alteration: string, lang: Language): string | null {
  const exon = /^exon(\d{1,2})_(mutation|deletion|insertion)$/.exec(alteration)
  if (!exon) return null
  const nouns = { mutation: 'mutation', deletion: 'délétion', insertion: 'insertion' }
  return lang === 'fr' ? `${nouns[exon[2] as keyof typeof nouns]} de l’exon ${exon[1]}` : `exon ${exon[1]} ${exon[2]}`
}

/** `TPS>=50%` as `TPS ≥ 50 %`; words are left as they are. */
export function thresholdIn(threshold: string, lang: Language): string {
  const spaced = threshold
    .replace(/\s*>=\s*/g, ' ≥ ')
    .replace(/\s*<=\s*/g, ' ≤ ')
    .replace(/\s*([<>])\s*/g, ' $1 ')
    .trim()
  return lang === 'fr' ? spaced.replace(/(\d)\s*%/g, '$1 %') : spaced
}

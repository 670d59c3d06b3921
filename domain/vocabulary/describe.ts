import type { Criterion, CriterionKind, CriterionOf } from '../criterion.ts'
import type { Language } from '../question.ts'
import { alterationTerm, biomarkerByCode } from './biomarkers.ts'
import { cancerByCode } from './cancers.ts'
import { settingByName, stageByName } from './stages.ts'
import { therapyByCode } from './therapies.ts'

type Words = Record<Language, string>

/** A criterion in plain words, with whether it lets in or keeps out: `Exigé : score ECOG de 0 à 1`. */
export function describeCriterion(criterion: Criterion, lang: Language): string {
  const { polarity, cohort } = criterion
  const phrase = criterionPhrase(criterion, lang)
  const within = cohort === null ? '' : ` (${lang === 'fr' ? 'cohorte' : 'cohort'} ${cohort})`
  if (lang === 'fr') return `${polarity === 'required' ? 'Exigé' : 'Exclu'} : ${phrase}${within}`
  return `${polarity === 'required' ? 'Required' : 'Excluded'}: ${phrase}${within}`
}

/** What a criterion is about, in plain words, without saying whether it lets in or keeps out. */
export function criterionPhrase<K extends CriterionKind>(criterion: CriterionOf<K>, lang: Language): string {
  return PHRASES[criterion.kind as K](criterion)[lang]
}

const PHRASES: { [K in CriterionKind]: (criterion: CriterionOf<K>) => Words } = {
  cancer: ({ code }) => named(cancerByCode(code), code),
  stage: ({ anyOf }) => anyOfWords(anyOf.map((code) => named(stageByName(code), code))),
  setting: ({ anyOf }) => anyOfWords(anyOf.map((code) => named(settingByName(code), code))),
  biomarker: biomarkerWords,
  prior_lines: ({ min, max }) => {
    const [fr, en] = [range(min, max, 'fr'), range(min, max, 'en')]
    return { fr: `lignes de traitement déjà reçues : ${fr}`, en: `treatment lines already received: ${en}` }
  },
  prior_therapy: ({ therapy }) => {
    const { fr, en } = named(therapyByCode(therapy), therapy)
    return { fr: `traitement antérieur : ${fr}`, en: `earlier treatment: ${en}` }
  },
  performance: ({ scale, min, max }) => ({
    fr: `forme générale, score ${scale} : ${range(min, max, 'fr')}`,
    en: `general condition, ${scale} score: ${range(min, max, 'en')}`,
  }),
  age: ({ minYears, maxYears }) => ({
    fr: `âge en années : ${range(minYears, maxYears, 'fr')}`,
    en: `age in years: ${range(minYears, maxYears, 'en')}`,
  }),
  sex: ({ value }) => (value === 'FEMALE' ? { fr: 'femmes', en: 'female' } : { fr: 'hommes', en: 'male' }),
  brain_metastases: ({ value }) => BRAIN_METASTASES[value],
  measurable_disease: () => ({ fr: 'maladie mesurable', en: 'measurable disease' }),
  transplant: ({ procedure }) => TRANSPLANTS[procedure],
  infection: ({ agent }) => INFECTIONS[agent],
  pregnancy: () => ({ fr: 'grossesse ou allaitement', en: 'pregnancy or breast-feeding' }),
  autoimmune: () => ({ fr: 'maladie auto-immune', en: 'autoimmune disease' }),
  ild: () => ({ fr: 'maladie pulmonaire interstitielle', en: 'interstitial lung disease' }),
  second_malignancy: () => ({ fr: 'autre cancer', en: 'another malignancy' }),
}

const BRAIN_METASTASES: Record<CriterionOf<'brain_metastases'>['value'], Words> = {
  excluded: { fr: 'métastases cérébrales', en: 'brain metastases' },
  allowed_if_treated_or_stable: {
    fr: 'métastases cérébrales admises si elles sont traitées ou stables',
    en: 'brain metastases taken if treated or stable',
  },
  allowed: { fr: 'métastases cérébrales admises', en: 'brain metastases taken' },
  required: { fr: 'métastases cérébrales', en: 'brain metastases' },
}

const TRANSPLANTS: Record<CriterionOf<'transplant'>['procedure'], Words> = {
  allogeneic: { fr: 'allogreffe de cellules souches', en: 'allogeneic stem cell transplant' },
  autologous: { fr: 'autogreffe de cellules souches', en: 'autologous stem cell transplant' },
  stem_cell: { fr: 'greffe de cellules souches', en: 'stem cell transplant' },
  car_t: { fr: 'traitement par cellules CAR-T', en: 'CAR-T cell therapy' },
  organ: { fr: 'greffe d’organe', en: 'organ transplant' },
}

const INFECTIONS: Record<CriterionOf<'infection'>['agent'], Words> = {
  HIV: { fr: 'infection par le VIH', en: 'HIV infection' },
  HBV: { fr: 'hépatite B', en: 'hepatitis B' },
  HCV: { fr: 'hépatite C', en: 'hepatitis C' },
}

/** `EGFR : insertion de l’exon 20`, `HER2 : pas d’amplification`, `KRAS : G12C`. */
function biomarkerWords({ gene, alteration, state, threshold }: CriterionOf<'biomarker'>): Words {
  const marker = named(biomarkerByCode(gene), gene)
  const what = named(alterationTerm(alteration), alteration)
  const limit = threshold === null ? '' : ` (${threshold})`
  if (state === 'present') return { fr: `${marker.fr} : ${what.fr}${limit}`, en: `${marker.en}: ${what.en}${limit}` }
  const de = /^[aeéèêiouyhœ]/i.test(what.fr) ? 'd’' : 'de '
  return { fr: `${marker.fr} : pas ${de}${what.fr}${limit}`, en: `${marker.en}: no ${what.en}${limit}` }
}

/** The labels of a term; its code where the vocabulary has no entry. */
function named(term: Words | null, code: string): Words {
  return term ?? { fr: code, en: code }
}

function anyOfWords(all: Words[]): Words {
  return { fr: all.map(({ fr }) => fr).join(' ou '), en: all.map(({ en }) => en).join(' or ') }
}

/** `de 0 à 1`, `au moins 1`, `au plus 2`, `1`. */
function range(min: number | null, max: number | null, lang: Language): string {
  const number = (value: number) => new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value)
  if (min !== null && min === max) return number(min)
  if (min !== null && max !== null) {
    return lang === 'fr' ? `de ${number(min)} à ${number(max)}` : `${number(min)} to ${number(max)}`
  }
  if (min !== null) return lang === 'fr' ? `au moins ${number(min)}` : `at least ${number(min)}`
  if (max !== null) return lang === 'fr' ? `au plus ${number(max)}` : `at most ${number(max)}`
  return lang === 'fr' ? 'non précisé' : 'not given'
}

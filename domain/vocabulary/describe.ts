import type { Criterion, CriterionKind, CriterionOf } from '../criterion.ts'
import type { Language } from '../question.ts'
import { cancerByCode } from './cancers.ts'
import { describeBiomarker } from './describe/biomarker.ts'
import { capitalised, numberIn, oneOf, uncapitalised } from './describe/words.ts'
import { settingByName, stageByName } from './stages.ts'
import { therapyByCode } from './therapies.ts'

type Describers = { [K in CriterionKind]: (criterion: CriterionOf<K>, lang: Language) => string }

const DESCRIBERS: Describers = {
  cancer: ({ code, polarity }, lang) => labelled('Cancer', polarity, cancerByCode(code)?.[lang] ?? code, lang, 'm'),
  stage: ({ anyOf, polarity }, lang) =>
    labelled(
      lang === 'fr' ? 'Stade' : 'Stage',
      polarity,
      oneOf(
        anyOf.map((code) => extentIn(code, lang)),
        lang,
      ),
      lang,
      'm',
    ),
  setting: ({ anyOf, polarity }, lang) =>
    labelled(
      lang === 'fr' ? 'Situation' : 'Setting',
      polarity,
      oneOf(
        anyOf.map((code) => extentIn(code, lang)),
        lang,
      ),
      lang,
      'f',
    ),
  biomarker: describeBiomarker,
  prior_lines: describeLines,
  prior_therapy: ({ therapy, polarity }, lang) => {
    const what = uncapitalised(therapyByCode(therapy)?.[lang] ?? therapy)
    if (lang === 'fr') return `Traitement antérieur ${polarity === 'required' ? 'exigé' : 'exclu'} : ${what}`
    return `Prior treatment ${polarity}: ${what}`
  },
  performance: describePerformance,
  age: describeAge,
  sex: ({ value }, lang) => {
    if (lang === 'fr') return value === 'FEMALE' ? 'Femmes uniquement' : 'Hommes uniquement'
    return value === 'FEMALE' ? 'Women only' : 'Men only'
  },
  brain_metastases: ({ value }, lang) =>
    `${lang === 'fr' ? 'Métastases cérébrales : ' : 'Brain metastases: '}${BRAIN[value][lang]}`,
  measurable_disease: (_, lang) => (lang === 'fr' ? 'Maladie mesurable exigée' : 'Measurable disease required'),
  transplant: ({ procedure, polarity }, lang) => {
    if (lang === 'fr') return `Antécédent ${TRANSPLANTS[procedure].fr} : ${polarity === 'required' ? 'exigé' : 'exclu'}`
    return `Prior ${TRANSPLANTS[procedure].en}: ${polarity}`
  },
  infection: ({ agent, polarity }, lang) => {
    if (lang === 'fr') return `${AGENTS[agent].fr} : ${polarity === 'required' ? 'exigée' : 'exclue'}`
    return `${AGENTS[agent].en}: ${polarity}`
  },
  pregnancy: (_, lang) =>
    lang === 'fr' ? 'Grossesse ou allaitement : exclus' : 'Pregnancy or breastfeeding: excluded',
  autoimmune: (_, lang) => (lang === 'fr' ? 'Maladie auto-immune : exclue' : 'Autoimmune disease: excluded'),
  ild: (_, lang) => (lang === 'fr' ? 'Pneumopathie interstitielle : exclue' : 'Interstitial lung disease: excluded'),
  second_malignancy: (_, lang) => (lang === 'fr' ? 'Autre cancer : exclu' : 'Other malignancy: excluded'),
}

const BRAIN: Record<CriterionOf<'brain_metastases'>['value'], Record<Language, string>> = {
  excluded: { fr: 'exclues', en: 'excluded' },
  allowed_if_treated_or_stable: { fr: 'acceptées si traitées ou stables', en: 'accepted if treated or stable' },
  allowed: { fr: 'acceptées', en: 'accepted' },
  required: { fr: 'exigées', en: 'required' },
}
const TRANSPLANTS: Record<CriterionOf<'transplant'>['procedure'], Record<Language, string>> = {
  allogeneic: { fr: 'd’allogreffe de cellules souches', en: 'allogeneic stem cell transplant' },
  autologous: { fr: 'd’autogreffe de cellules souches', en: 'autologous stem cell transplant' },
  stem_cell: { fr: 'de greffe de cellules souches', en: 'stem cell transplant' },
  car_t: { fr: 'de traitement par CAR-T', en: 'CAR-T cell therapy' },
  organ: { fr: 'de greffe d’organe', en: 'organ transplant' },
}
const AGENTS: Record<CriterionOf<'infection'>['agent'], Record<Language, string>> = {
  HIV: { fr: 'Infection par le VIH', en: 'HIV infection' },
  HBV: { fr: 'Hépatite B', en: 'Hepatitis B' },
  HCV: { fr: 'Hépatite C', en: 'Hepatitis C' },
}

/**
 * A criterion in plain French or English, made from its structure alone: « Mutation EGFR exigée (insertion de
 * l’exon 20) », "1 to 2 prior lines of treatment". The cohort it is limited to comes last, in brackets.
 */
export function describeCriterion(criterion: Criterion, lang: Language): string {
  const describe = DESCRIBERS[criterion.kind] as (criterion: Criterion, lang: Language) => string
  const text = describe(criterion, lang)
  if (criterion.cohort === null) return text
  return lang === 'fr' ? `${text} (cohorte : ${criterion.cohort})` : `${text} (cohort: ${criterion.cohort})`
}

function labelled(
  noun: string,
  polarity: 'required' | 'excluded',
  what: string,
  lang: Language,
  gender: 'm' | 'f',
): string {
  const excluded = polarity === 'excluded'
  if (lang === 'fr') return `${noun}${excluded ? (gender === 'f' ? ' exclue' : ' exclu') : ''} : ${what}`
  return `${excluded ? `${noun} excluded` : noun}: ${what}`
}

/** Stages and settings share lists: "recurrent or metastatic". */
const extentIn = (code: string, lang: Language): string =>
  /^(0|I)/.test(code) ? code : uncapitalised((stageByName(code) ?? settingByName(code))?.[lang] ?? code)

function describeLines({ min, max, setting }: CriterionOf<'prior_lines'>, lang: Language): string {
  const where =
    setting === null ? '' : ` (${uncapitalised((stageByName(setting) ?? settingByName(setting))?.[lang] ?? setting)})`
  return `${linesIn(min ?? 0, max, lang)}${where}`
}

function linesIn(min: number, max: number | null, lang: Language): string {
  const most = max ?? min
  const lines =
    lang === 'fr' ? `ligne${most > 1 ? 's' : ''} de traitement` : `prior line${most === 1 ? '' : 's'} of treatment`
  if (max === 0) return lang === 'fr' ? 'Aucune ligne de traitement antérieure' : 'No prior line of treatment'
  if (max === null) {
    if (min === 0)
      return lang === 'fr' ? 'Nombre de lignes de traitement indifférent' : 'Any number of prior lines of treatment'
    return lang === 'fr' ? `Au moins ${min} ${lines}` : `At least ${min} ${lines}`
  }
  if (min === max) return lang === 'fr' ? `Exactement ${min} ${lines}` : `Exactly ${min} ${lines}`
  if (min === 0) return lang === 'fr' ? `Au plus ${max} ${lines}` : `At most ${max} ${lines}`
  return lang === 'fr' ? `Au moins ${min} et au plus ${max} ${lines}` : `At least ${min} and at most ${max} ${lines}`
}

function describePerformance({ scale, min, max }: CriterionOf<'performance'>, lang: Language): string {
  const unit = scale === 'ECOG' ? '' : lang === 'fr' ? ' %' : '%'
  const write = (value: number) => `${numberIn(value, lang)}${unit}`
  const head = lang === 'fr' ? `État général : ${scale}` : `Performance status: ${scale}`
  const low = min ?? (scale === 'ECOG' ? 0 : null)
  if (low !== null && max !== null)
    return low === max ? `${head} ${write(max)}` : `${head} ${write(low)} ${lang === 'fr' ? 'à' : 'to'} ${write(max)}`
  if (max !== null) return `${head} ${lang === 'fr' ? 'd’au plus' : 'of at most'} ${write(max)}`
  if (min !== null) return `${head} ${lang === 'fr' ? 'd’au moins' : 'of at least'} ${write(min)}`
  return head
}

function describeAge({ minYears, maxYears }: CriterionOf<'age'>, lang: Language): string {
  if (minYears !== null && maxYears !== null) {
    const [from, to] = [ageIn(minYears, lang), ageIn(maxYears, lang)]
    return lang === 'fr' ? `De ${sameUnit(from, to)} à ${to}` : `From ${sameUnit(from, to)} to ${to}`
  }
  if (minYears !== null) return lang === 'fr' ? `${ageIn(minYears, lang)} ou plus` : `${ageIn(minYears, lang)} or older`
  if (maxYears !== null) return lang === 'fr' ? `Jusqu’à ${ageIn(maxYears, lang)}` : `Up to ${ageIn(maxYears, lang)}`
  return capitalised(lang === 'fr' ? 'tout âge' : 'any age')
}

/** « 18 ans », « 6 mois », « 2 semaines »: the largest unit in which the age is a whole number, else years. */
function ageIn(years: number, lang: Language): string {
  const months = Math.round(years * 12 * 100) / 100
  const weeks = Math.round(years * 52.1775 * 10) / 10
  if (Number.isInteger(years) || years > 3) return unit(years, lang, ['an', 'ans'], ['year', 'years'])
  if (Number.isInteger(months)) return unit(months, lang, ['mois', 'mois'], ['month', 'months'])
  if (Number.isInteger(weeks)) return unit(weeks, lang, ['semaine', 'semaines'], ['week', 'weeks'])
  return unit(Math.round(years * 100) / 100, lang, ['an', 'ans'], ['year', 'years'])
}

function unit(
  value: number,
  lang: Language,
  french: readonly [string, string],
  english: readonly [string, string],
): string {
  const plural = lang === 'fr' ? value >= 2 : value !== 1
  return `${numberIn(value, lang)} ${(lang === 'fr' ? french : english)[plural ? 1 : 0]}`
}

/** « De 18 à 75 ans » rather than « de 18 ans à 75 ans », when the unit is the same. */
function sameUnit(from: string, to: string): string {
  const [number = '', word] = from.split(' ')
  return to.endsWith(` ${word}`) ? number : from
}

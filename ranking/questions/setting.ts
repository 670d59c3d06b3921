import { QuestionError } from '../question-error.ts'
import { listTopic, type Topic } from '../topic.ts'
import type { Words } from '../words.ts'
import { type ExtentCriterion, extentCriteria, type Fit, judgeWord, stageFourMayBeLocal } from './extent.ts'
import { fitStages, isExtent } from './stage.ts'

/**
 * Words about one thing, and what a person with one of them is to a trial that asks for another. What is not listed is
 * `out`: on one axis the words exclude each other.
 */
type Axis = Record<string, { in?: readonly string[]; maybe?: readonly string[] }>

const COURSE: Axis = {
  newly_diagnosed: { maybe: ['remission', 'minimal_residual_disease', 'high_risk'] },
  relapsed: { in: ['recurrent'], maybe: ['refractory', 'progressive', 'remission', 'minimal_residual_disease'] },
  recurrent: { in: ['relapsed'], maybe: ['refractory', 'progressive'] },
  refractory: { maybe: ['relapsed', 'recurrent', 'progressive'] },
  progressive: { maybe: ['relapsed', 'recurrent', 'refractory'] },
  remission: { maybe: ['minimal_residual_disease', 'newly_diagnosed', 'relapsed'] },
  minimal_residual_disease: { in: ['remission'], maybe: ['newly_diagnosed', 'relapsed'] },
}

const AXES: readonly Axis[] = [
  COURSE,
  { castration_resistant: {}, hormone_sensitive: {} },
  { limited_stage: {}, extensive_stage: {} },
  { resected: { maybe: ['resectable'] }, resectable: { maybe: ['resected'] }, unresectable: {} },
  { chronic_phase: {}, accelerated_phase: {}, blast_phase: {} },
  { smouldering: {}, active: {} },
]

export const SETTING_NAMES: Record<string, Words> = {
  newly_diagnosed: { fr: 'maladie nouvellement diagnostiquée', en: 'newly diagnosed disease' },
  relapsed: { fr: 'rechute', en: 'relapsed disease' },
  recurrent: { fr: 'récidive', en: 'recurrent disease' },
  refractory: { fr: 'maladie réfractaire', en: 'refractory disease' },
  progressive: { fr: 'maladie en progression', en: 'progressive disease' },
  remission: { fr: 'rémission', en: 'remission' },
  minimal_residual_disease: { fr: 'maladie résiduelle minime', en: 'minimal residual disease' },
  castration_resistant: { fr: 'résistance à la castration', en: 'castration-resistant disease' },
  hormone_sensitive: { fr: 'maladie hormonosensible', en: 'hormone-sensitive disease' },
  limited_stage: { fr: 'stade limité', en: 'limited-stage disease' },
  extensive_stage: { fr: 'stade étendu', en: 'extensive-stage disease' },
  resected: { fr: 'maladie opérée', en: 'resected disease' },
  resectable: { fr: 'maladie résécable', en: 'resectable disease' },
  unresectable: { fr: 'maladie non résécable', en: 'unresectable disease' },
  chronic_phase: { fr: 'phase chronique', en: 'chronic phase' },
  accelerated_phase: { fr: 'phase accélérée', en: 'accelerated phase' },
  blast_phase: { fr: 'phase blastique', en: 'blast phase' },
  smouldering: { fr: 'maladie indolente', en: 'smouldering disease' },
  active: { fr: 'maladie active', en: 'active disease' },
  localised: { fr: 'maladie localisée', en: 'localised disease' },
  locally_advanced: { fr: 'maladie localement avancée', en: 'locally advanced disease' },
  advanced: { fr: 'maladie avancée', en: 'advanced disease' },
  metastatic: { fr: 'maladie métastatique', en: 'metastatic disease' },
  high_risk: { fr: 'haut risque', en: 'high risk' },
}

/** Each setting told, against the settings of the trial that speak of the same thing. */
export const setting: Topic<ExtentCriterion[]> = {
  facts: extentCriteria,
  ...listTopic,
  inquire({ setting: told = [], cancer }, weights) {
    if (told.length === 0) return null
    const local = stageFourMayBeLocal(cancer)
    const columns = told.map((word, at) => {
      const name = SETTING_NAMES[word]
      if (name === undefined)
        throw new QuestionError(`/setting/${at}`, `there is no setting "${word}": see /v1/vocabulary/settings`)
      return { question: `setting:${word}`, weight: weights.questions.setting, name }
    })
    return {
      columns,
      judge: (criteria) => told.map((word) => judgeWord(criteria, (words) => fitSettings(word, words, local))),
    }
  },
}

function fitSettings(told: string, words: readonly string[], fourMayBeLocal: boolean): Fit[] {
  const axis = AXES.find((one) => told in one)
  if (axis === undefined)
    return isExtent(told) ? fitStages(told, words, fourMayBeLocal) : words.map((word) => (word === told ? 'in' : null))
  return words.map((word): Fit => {
    if (word === told || axis[told]?.in?.includes(word)) return 'in'
    if (axis[told]?.maybe?.includes(word)) return 'maybe'
    return word in axis ? 'out' : null
  })
}

import type { Remark } from '../domain/answer.ts'
import type { CriterionKind } from '../domain/criterion.ts'
import type { Language, Question } from '../domain/question.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'
import { OPENNESS, STATUS_LABELS } from '../domain/status.ts'
import type { Card } from './card.ts'
import type { Statement } from './disagreement.ts'
import type { ShownSite } from './face.ts'
import { isAnyCancer } from './questions/cancer-relations.ts'
import { agoInWords, type Words } from './words.ts'

const DAYS_OF_A_YEAR = 365

/**
 * What to keep in mind before calling: each remark has a code for programs and a sentence for people. `ageDays`: since
 * the status shown was confirmed, null when that is not known.
 */
export function cautionsOf(card: Card, site: ShownSite | null, { ageDays, lang, placeGiven, untold }: Asked): Remark[] {
  const remarks: Remark[] = []
  if (card.openness === 'later') remarks.push(remark('not_open_yet', lang))
  if (site === null) remarks.push(remark('no_open_site', lang))
  else if (OPENNESS[site.status] === 'unknown') remarks.push(remark('site_status_unknown', lang))
  else if (site.statusLevel === 'country') remarks.push(remark('country_status_only', lang))

  if (ageDays === null) remarks.push(remark('status_date_unknown', lang))
  else if (ageDays > DAYS_OF_A_YEAR)
    remarks.push({ code: 'status_older_than_a_year', text: olderThanAYear(ageDays)[lang] })

  const disagreement = site?.disagreement ?? card.disagreement
  if (disagreement !== null) remarks.push({ code: 'sources_disagree', text: disagreementIn(disagreement, lang) })
  if (placeGiven && site !== null && site.point === null) remarks.push(remark('distance_unknown', lang))
  if (placeGiven && site?.pointPrecision === 'area') remarks.push(remark('point_approximate', lang))
  const limits = untold.filter(({ kind }) => card.kinds.includes(kind))
  if (limits.length > 0) remarks.push({ code: 'limits_not_told', text: limitsInWords(limits, lang) })
  return remarks
}

interface Asked {
  ageDays: number | null
  lang: Language
  placeGiven: boolean
  /** Of the question; see `untoldLimits`. */
  untold: readonly Limit[]
}

/** What a trial may limit, in the order in which it is said. Markers have lines of their own. */
const LIMITS = [
  { kind: 'stage', field: 'stage', fr: 'le stade', en: 'stage' },
  { kind: 'setting', field: 'setting', fr: 'la situation de la maladie', en: 'disease setting' },
  { kind: 'prior_lines', field: 'priorLines', fr: 'le nombre de lignes reçues', en: 'number of prior lines' },
  { kind: 'prior_therapy', field: 'priorTherapies', fr: 'les traitements reçus', en: 'prior treatments' },
  { kind: 'performance', field: 'ecog', fr: 'l’état général', en: 'performance status' },
  {
    kind: 'brain_metastases',
    field: 'brainMetastases',
    fr: 'les métastases cérébrales',
    en: 'brain metastases',
  },
] as const satisfies readonly ({ kind: CriterionKind; field: keyof Question } & Words)[]

type Limit = (typeof LIMITS)[number]

/**
 * What trials may limit that a person who told their cancer did not tell. Stage and setting share words: one told is
 * both.
 */
export function untoldLimits(question: Question): readonly Limit[] {
  if (question.cancer === undefined || isAnyCancer(question.cancer)) return []
  const told = (field: keyof Question) =>
    question[field] !== undefined ||
    (field === 'setting' && question.stage !== undefined) ||
    (field === 'stage' && question.setting !== undefined)
  return LIMITS.filter(({ field }) => !told(field))
}

function limitsInWords(limits: readonly Words[], lang: Language): string {
  const list = limits.map((one) => one[lang]).join(', ')
  return lang === 'fr'
    ? `L’essai limite aussi ce qui n’a pas été indiqué : ${list}.`
    : `The trial also limits what was not told: ${list}.`
}

const TEXTS = {
  not_open_yet: {
    fr: 'Cet essai ne recrute pas encore, ou seulement sur invitation.',
    en: 'This trial is not recruiting yet, or only by invitation.',
  },
  no_open_site: {
    fr: 'Aucun centre ouvert n’est connu en France.',
    en: 'No open site is known in France.',
  },
  site_status_unknown: {
    fr: 'Le statut de ce centre n’est pas publié : à vérifier auprès de lui.',
    en: 'The status of this site is not published: check with the site.',
  },
  country_status_only: {
    fr: 'Le statut n’est connu que pour la France entière, pas pour ce centre.',
    en: 'The status is known for France as a whole only, not for this site.',
  },
  status_date_unknown: {
    fr: 'La date de ce statut n’est pas connue.',
    en: 'The date of this status is not known.',
  },
  distance_unknown: {
    fr: 'Ce centre n’a pas pu être situé : sa distance n’est pas connue.',
    en: 'This site could not be located: its distance is not known.',
  },
  point_approximate: {
    fr: 'La position de ce centre est approximative : la distance l’est aussi.',
    en: 'The position of this site is approximate, and so is the distance.',
  },
} satisfies Record<string, Words>

const remark = (code: keyof typeof TEXTS, lang: Language): Remark => ({ code, text: TEXTS[code][lang] })

const olderThanAYear = (age: number): Words => ({
  fr: `Ce statut a été confirmé pour la dernière fois ${agoInWords(age, 'fr')}.`,
  en: `This status was last confirmed ${agoInWords(age, 'en')}.`,
})

/** The cautious reading of sources that differ, and what each says. */
function disagreementIn(told: readonly Statement[], lang: Language): string {
  const colon = lang === 'fr' ? ' : ' : ': '
  const list = told.map(
    ({ registry, status }) => `${REGISTRY_FACTS[registry].name}${colon}${STATUS_LABELS[status][lang]}`,
  )
  return lang === 'fr'
    ? `Les sources ne sont pas d’accord (${list.join(', ')}) : la plus prudente est retenue.`
    : `The sources disagree (${list.join(', ')}): the more cautious one is kept.`
}

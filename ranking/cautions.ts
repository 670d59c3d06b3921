import type { Remark } from '../domain/answer.ts'
import { daysBetween } from '../domain/partial-date.ts'
import type { Language } from '../domain/question.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'
import { OPENNESS, STATUS_LABELS } from '../domain/status.ts'
import type { Site } from '../domain/trial.ts'
import type { Card } from './card.ts'
import { confirmedOn } from './freshness.ts'
import { agoInWords, listInWords, type Words } from './words.ts'

const DAYS_OF_A_YEAR = 365

/** What to keep in mind before calling: each remark has a code for programs and a sentence for people. */
export function cautionsOf(
  card: Card,
  site: Site | null,
  { today, lang, placeGiven }: { today: string; lang: Language; placeGiven: boolean },
): Remark[] {
  const remarks: Remark[] = []
  const add = (code: string, words: Words) => remarks.push({ code, text: words[lang] })

  if (card.openness === 'later')
    add('not_open_yet', {
      fr: 'Cet essai ne recrute pas encore, ou seulement sur invitation.',
      en: 'This trial is not recruiting yet, or only by invitation.',
    })
  if (site === null)
    add('no_open_site', {
      fr: 'Aucun centre ouvert n’est connu en France.',
      en: 'No open site is known in France.',
    })
  else if (OPENNESS[site.status] === 'unknown')
    add('site_status_unknown', {
      fr: 'Le statut de ce centre n’est pas publié : à vérifier auprès de lui.',
      en: 'The status of this site is not published: check with the site.',
    })
  else if (site.statusLevel === 'country')
    add('country_status_only', {
      fr: 'Le statut n’est connu que pour la France entière, pas pour ce centre.',
      en: 'The status is known for France as a whole only, not for this site.',
    })

  const confirmed = confirmedOn(site, card)
  if (confirmed === null)
    add('status_date_unknown', {
      fr: 'La date de ce statut n’est pas connue.',
      en: 'The date of this status is not known.',
    })
  else if (daysBetween(confirmed, today) > DAYS_OF_A_YEAR)
    add('status_older_than_a_year', {
      fr: `Ce statut a été confirmé pour la dernière fois ${agoInWords(daysBetween(confirmed, today), 'fr')}.`,
      en: `This status was last confirmed ${agoInWords(daysBetween(confirmed, today), 'en')}.`,
    })

  const disagreement = disagreementOf(card, site)
  if (disagreement !== null) add('sources_disagree', disagreement)
  if (placeGiven && site !== null && site.point === null)
    add('distance_unknown', {
      fr: 'Ce centre n’a pas pu être situé : sa distance n’est pas connue.',
      en: 'This site could not be located: its distance is not known.',
    })
  if (placeGiven && site?.pointPrecision === 'area')
    add('point_approximate', {
      fr: 'La position de ce centre est approximative : la distance l’est aussi.',
      en: 'The position of this site is approximate, and so is the distance.',
    })
  return remarks
}

/** Sources that differ on whether the site, or the trial, takes patients. */
function disagreementOf(card: Card, site: Site | null): Words | null {
  const ofSite = (site?.sources ?? []).map(({ registry, status }) => ({ registry, status }))
  const ofTrial = card.sources.map(({ registry, franceStatus, overallStatus }) => ({
    registry,
    status: franceStatus ?? overallStatus,
  }))
  const told = [ofSite, ofTrial].find((statements) => {
    const known = statements.map(({ status }) => OPENNESS[status]).filter((openness) => openness !== 'unknown')
    return new Set(known).size > 1
  })
  if (told === undefined) return null
  const say = (lang: Language) =>
    listInWords(
      told.map(({ registry, status }) => `${REGISTRY_FACTS[registry].name} : ${STATUS_LABELS[status][lang]}`),
      lang,
    )
  return {
    fr: `Les sources ne sont pas d’accord (${say('fr')}) : la plus prudente est retenue.`,
    en: `The sources disagree (${say('en').replaceAll(' : ', ': ')}): the more cautious one is kept.`,
  }
}

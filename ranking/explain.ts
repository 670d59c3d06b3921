import type { CriterionVerdict, Tier } from '../domain/answer.ts'
import { daysBetween } from '../domain/partial-date.ts'
import type { Language } from '../domain/question.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'
import { OPENNESS } from '../domain/status.ts'
import type { Site } from '../domain/trial.ts'
import type { Card } from './card.ts'
import { confirmedOn } from './freshness.ts'
import { agoInWords, kilometresInWords } from './words.ts'

interface Explained {
  tier: Tier
  criteria: readonly CriterionVerdict[]
  site: Site | null
  distanceKm: number | null
  today: string
  lang: Language
}

/** One or two sentences that say why the trial stands where it stands, and what is to be checked. */
export function explanationOf(card: Card, explained: Explained): string {
  const { criteria, lang } = explained
  const texts = (verdict: string) => criteria.filter((line) => line.verdict === verdict).map(({ text }) => text)
  const nameOnly = (text: string) => text.replace(/ ?: [^:]*$/, '')
  const reasons = [...texts('met').map(nameOnly), sitePhrase(card, explained)]
  const [against, toCheck] = [texts('contradicted').map(nameOnly), texts('unknown').map(nameOnly)]
  const fr = lang === 'fr'
  return [
    ...(against.length ? [`${fr ? 'Écarté car :' : 'Set aside because:'} ${against.join(fr ? ' ; ' : '; ')}.`] : []),
    `${fr ? 'Classé ici car :' : 'Ranked here because:'} ${reasons.join(fr ? ' ; ' : '; ')}.`,
    ...(toCheck.length ? [`${fr ? 'À vérifier :' : 'To be checked:'} ${toCheck.join(', ')}.`] : []),
  ].join(' ')
}

/** `site ouvert à 12 km, confirmé par le promoteur il y a 9 jours`. */
function sitePhrase(card: Card, { site, distanceKm, today, lang }: Explained): string {
  const fr = lang === 'fr'
  if (site === null) return fr ? 'ouvert en France, centres non publiés' : 'open in France, sites not published'
  const open = OPENNESS[site.status] === 'open'
  const where =
    distanceKm !== null
      ? `${fr ? 'à' : ''} ${kilometresInWords(distanceKm, lang)}${fr ? '' : ' away'}`.trim()
      : site.city !== null
        ? `${fr ? 'à' : 'in'} ${site.city}`
        : ''
  const what = open ? (fr ? 'site ouvert' : 'open site') : fr ? 'site au statut non publié' : 'site of unknown status'
  const confirmed = confirmedOn(site, card)
  const when = confirmed === null ? '' : agoInWords(Math.max(0, daysBetween(confirmed, today)), lang)
  return [`${what} ${where}`.trim(), ...(open && when ? [`${confirmation(site, lang)} ${when}`] : [])].join(', ')
}

function confirmation({ statusSource, statusLevel }: Site, lang: Language): string {
  if (statusSource === 'partner') return lang === 'fr' ? 'confirmé par le promoteur' : 'confirmed by the sponsor'
  const { name } = REGISTRY_FACTS[statusSource]
  if (statusLevel === 'country')
    return lang === 'fr' ? `statut national publié par ${name}` : `country status published by ${name}`
  return lang === 'fr' ? `statut publié par ${name}` : `status published by ${name}`
}

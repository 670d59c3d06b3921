import type { Language } from '../domain/question.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'
import { OPENNESS } from '../domain/status.ts'
import type { Site } from '../domain/trial.ts'
import { BROAD, CONTRADICTED, type Code, MET, UNKNOWN } from './verdict.ts'
import type { Line } from './verdicts.ts'
import { agoInWords, kilometresInWords, type Words } from './words.ts'

interface Explained {
  lines: readonly Line[]
  site: Site | null
  distanceKm: number | null
  /** Days since the status shown was confirmed; null when not known. */
  ageDays: number | null
  lang: Language
}

const SENTENCES: Record<'against' | 'here' | 'check', Words> = {
  against: { fr: 'Écarté car : ', en: 'Set aside because: ' },
  here: { fr: 'Classé ici car : ', en: 'Ranked here because: ' },
  check: { fr: 'À vérifier : ', en: 'To be checked: ' },
}

/** One to three sentences that say why the trial stands where it stands, and what is to be checked. */
export function explanationOf(explained: Explained): string {
  const { lines, lang } = explained
  const separator = lang === 'fr' ? ' ; ' : '; '
  const against = namesOf(lines, CONTRADICTED, CONTRADICTED, lang)
  const reasons = [...namesOf(lines, MET, BROAD, lang), sitePhrase(explained)]
  const toCheck = namesOf(lines, UNKNOWN, UNKNOWN, lang)
  let text = against.length > 0 ? `${SENTENCES.against[lang]}${against.join(separator)}. ` : ''
  text += `${SENTENCES.here[lang]}${reasons.join(separator)}.`
  return toCheck.length > 0 ? `${text} ${SENTENCES.check[lang]}${toCheck.join(', ')}.` : text
}

function namesOf(lines: readonly Line[], from: Code, to: Code, lang: Language): string[] {
  const names: string[] = []
  for (const { code, name } of lines) if (code >= from && code <= to) names.push(name[lang])
  return names
}

/** `site ouvert à 12 km, confirmé par le promoteur il y a 9 jours`. */
function sitePhrase({ site, distanceKm, ageDays, lang }: Explained): string {
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
  const when = ageDays === null ? '' : agoInWords(Math.max(0, ageDays), lang)
  return [`${what} ${where}`.trim(), ...(open && when ? [`${confirmation(site, lang)} ${when}`] : [])].join(', ')
}

function confirmation({ statusSource, statusLevel }: Site, lang: Language): string {
  if (statusSource === 'partner') return lang === 'fr' ? 'confirmé par le promoteur' : 'confirmed by the sponsor'
  const { name } = REGISTRY_FACTS[statusSource]
  if (statusLevel === 'country')
    return lang === 'fr' ? `statut national publié par ${name}` : `country status published by ${name}`
  return lang === 'fr' ? `statut publié par ${name}` : `status published by ${name}`
}

import type { Tier, Verdict } from '../../domain/answer.ts'
import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import type { Openness } from '../../domain/status.ts'
import type { Phase, Site } from '../../domain/trial.ts'
import { dateInWords, say } from './words.ts'

type Labels<K extends string> = Record<K, Record<Language, string>>

export const TIER_LABELS: Labels<Tier> = {
  A: { fr: 'Compatible avec vos réponses', en: 'Compatible with your answers' },
  B: { fr: 'À vérifier', en: 'To be checked' },
  C: { fr: 'Incompatible', en: 'Not compatible' },
}

export const VERDICT_LABELS: Labels<Verdict> = {
  met: { fr: 'Compatible', en: 'Compatible' },
  not_restricted: { fr: 'Rien de précisé', en: 'Nothing said' },
  unknown: { fr: 'À vérifier', en: 'To be checked' },
  contradicted: { fr: 'Incompatible', en: 'Not compatible' },
}

export const OPENNESS_LABELS: Labels<Openness> = {
  open: { fr: 'Ouvert', en: 'Open' },
  upcoming: { fr: 'Ouverture prévue', en: 'Opening later' },
  invitation: { fr: 'Sur invitation', en: 'By invitation' },
  unknown: { fr: 'Statut inconnu', en: 'Status unknown' },
  closed: { fr: 'Fermé', en: 'Closed' },
}

const PHASE_LABELS: Labels<Phase> = {
  NA: { fr: '', en: '' },
  EARLY_PHASE1: { fr: 'Phase 1 précoce', en: 'Early phase 1' },
  PHASE1: { fr: 'Phase 1', en: 'Phase 1' },
  PHASE2: { fr: 'Phase 2', en: 'Phase 2' },
  PHASE3: { fr: 'Phase 3', en: 'Phase 3' },
  PHASE4: { fr: 'Phase 4', en: 'Phase 4' },
}

/** `Phase 1 – Phase 2`; empty when the registry gives none. */
export function phasesInWords(phases: readonly Phase[], lang: Language): string {
  return phases
    .map((phase) => PHASE_LABELS[phase][lang])
    .filter((label) => label !== '')
    .join(' – ')
}

/** Who says so, and when: `confirmé par le promoteur le 12 novembre 2026`. */
export function statusOrigin(
  { statusSource, statusLevel, statusDate }: Pick<Site, 'statusSource' | 'statusLevel' | 'statusDate'>,
  lang: Language,
): string {
  const on =
    statusDate === null ? '' : say(lang, `le ${dateInWords(statusDate, lang)}`, `on ${dateInWords(statusDate, lang)}`)
  const undated = statusDate === null ? say(lang, ', sans date', ', undated') : ''
  if (statusSource === 'partner')
    return say(lang, `confirmé par le promoteur ${on}`, `confirmed by the sponsor ${on}`) + undated
  const { name } = REGISTRY_FACTS[statusSource]
  if (statusLevel === 'country') {
    return say(lang, `statut de la France selon ${name} ${on}`, `status of France according to ${name} ${on}`) + undated
  }
  return say(lang, `statut du centre selon ${name} ${on}`, `status of the site according to ${name} ${on}`) + undated
}

/** The title to show: in the language of the page where the registry files one, with the language it is in. */
export function titleIn(
  lang: Language,
  { briefTitle, titles }: { briefTitle: string; titles: { fr: string | null; en: string | null } },
): { text: string; lang: Language } {
  const own = titles[lang]
  if (own !== null) return { text: own, lang }
  return { text: briefTitle, lang: titles.fr === briefTitle ? 'fr' : 'en' }
}

import type { Answer, Remark } from '../domain/answer.ts'
import type { CriterionKind } from '../domain/criterion.ts'
import type { Language, Question } from '../domain/question.ts'
import type { AnswerIn } from '../ranking/rank.ts'
import type { Told } from '../ranking/result.ts'
import type { Deps } from './deps.ts'
import { locatePlace } from './place.ts'
import { withKnownTerms } from './terms.ts'

/** The index gives every match; the ranking, not the index, decides what is shown. */
const TEXT_HITS = 100_000
const TEXT_TIMEOUT_MS = 2_000

/** What a question may ask, and the kind of structured criterion that answers it. */
const ANSWERED_BY: Partial<Record<keyof Question, CriterionKind>> = {
  stage: 'stage',
  setting: 'setting',
  biomarkers: 'biomarker',
  priorLines: 'prior_lines',
  priorTherapies: 'prior_therapy',
  ecog: 'performance',
  brainMetastases: 'brain_metastases',
}

const CATALOGUE_LOADING: Record<Language, string> = {
  fr: 'Les essais sont en cours de chargement : cette réponse n’en compte qu’une partie.',
  en: 'Trials are being loaded: this answer covers only part of them.',
}

/** Partners' words and closures are in every answer within a second: after this it is said that they may be missing. */
const BEHIND_AFTER_MS = 30_000

/**
 * Answer a question: terms → place → text → rank → warnings; each result in the form that `form` gives it. Throws
 * ProblemError (400) for a code or place that is not known. Nothing of the question is kept or logged.
 */
export async function ask<Form>(
  form: (told: Told) => Form,
  deps: Deps,
  asked: Question,
): Promise<AnswerIn<Form> & Pick<Answer, 'tookMs'>> {
  const started = performance.now()
  const question = withKnownTerms(asked)
  const lang = question.lang ?? 'fr'
  const place = question.place ? locatePlace(deps.places, question.place, lang) : null
  const text = await textScores(deps, question, lang)
  const answer = deps.catalogue.rank(form, question, {
    today: deps.today(),
    point: place?.point ?? null,
    placePrecision: place?.precision === 'area' ? 'area' : 'city',
    textScores: text,
    lang,
  })
  const warnings = [...(place?.warnings ?? []), ...warningsOf(deps, question, lang), ...answer.warnings]
  return { ...answer, warnings, tookMs: Math.round((performance.now() - started) * 100) / 100 }
}

/** Scores by trial, or null: nothing asked, or the index did not answer in time. */
async function textScores(
  { index, log }: Deps,
  { text }: Question,
  lang: Language,
): Promise<Map<string, number> | null> {
  if (text === undefined) return null
  try {
    const signal = AbortSignal.timeout(TEXT_TIMEOUT_MS)
    const hits = await index.search(text, { lang, limit: TEXT_HITS, signal })
    return new Map(hits.map(({ id, score }) => [id, score]))
  } catch (error) {
    // The message of an engine may quote the text: only the kind of failure is logged.
    log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'text search failed')
    return null
  }
}

function warningsOf({ catalogue, now }: Deps, question: Question, lang: Language): Remark[] {
  const warnings: Remark[] = []
  if (!catalogue.state().loaded) warnings.push({ code: 'catalogue_loading', text: CATALOGUE_LOADING[lang] })
  const behindMs = now() - (catalogue.state().checkedAt ?? now())
  if (behindMs > BEHIND_AFTER_MS) warnings.push({ code: 'catalogue_behind', text: behind(behindMs, lang) })
  for (const [field, kind] of Object.entries(ANSWERED_BY) as [keyof Question, CriterionKind][]) {
    if (question[field] !== undefined && !catalogue.criteriaCounts().get(kind)) {
      warnings.push({ code: 'criterion_not_structured', text: notStructured(field, lang) })
    }
  }
  return warnings
}

function behind(ms: number, lang: Language): string {
  const minutes = Math.ceil(ms / 60_000)
  const since =
    minutes === 1
      ? { fr: 'de la dernière minute', en: 'of the last minute' }
      : { fr: `des ${minutes} dernières minutes`, en: `of the last ${minutes} minutes` }
  return lang === 'fr'
    ? `Les changements ${since.fr} peuvent manquer : la base de données ne répond pas.`
    : `Changes ${since.en} may be missing: the database does not answer.`
}

function notStructured(field: string, lang: Language): string {
  return lang === 'fr'
    ? `Aucun essai n’a encore de critère structuré pour « ${field} » : cette réponse n’a pas changé l’ordre.`
    : `No trial has a structured criterion for "${field}" yet: this answer did not change the order.`
}

import type { Answer } from '../../domain/answer.ts'
import type { Language } from '../../domain/question.ts'
import type { AnswerIn } from '../../ranking/rank.ts'
import type { FormValues } from './form-values.ts'
import { type Html, html } from './html.ts'
import { resultCard } from './result-card.ts'
import { hiddenFields } from './search-form.ts'
import type { ShownResult } from './shown-result.ts'
import { numberInWords, pathIn, say, typeset } from './words.ts'

interface ResultsView {
  lang: Language
  answer: AnswerIn<ShownResult>
  values: FormValues
  /** What was understood of the words typed, to be read before the results. */
  notes: string[]
}

/** The answer to a search: counts, warnings, one card per trial, and buttons for more. */
export function results({ lang, answer, values, notes }: ResultsView): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const { total, tiers, results: found, warnings, nextCursor } = answer
  return html`<section class="results" aria-labelledby="results-title">
<h1 id="results-title" tabindex="-1" autofocus>${headline(lang, total)}</h1>
${total > 0 && counts(lang, tiers, values.contradicted)}
${notes.map((note) => html`<p class="note">${note}</p>\n`)}
${warnings.map(({ text }) => html`<p class="note warning">${typeset(text, lang)}</p>\n`)}
${
  total === 0
    ? nothingFound(lang, values, tiers.C)
    : html`<ol class="cards" start="${found[0]?.rank ?? 1}">
${found.map((result) => resultCard(lang, result))}
</ol>`
}
<div class="more">
${nextCursor && again(lang, values, { cursor: nextCursor }, t('Essais suivants', 'Next trials'), 'primary')}
${tiers.C > 0 && !values.contradicted && again(lang, values, { contradicted: 'yes' }, t(`Montrer aussi les essais incompatibles (${numberInWords(tiers.C, lang)}), avec la raison`, `Also show the trials that are not compatible (${numberInWords(tiers.C, lang)}), with the reason`), 'secondary')}
</div>
<p class="hint"><a href="${pathIn(lang, '/classement')}">${t('Comment ces essais sont classés', 'How these trials are ranked')}</a> ${t('– personne ne paie pour être mieux placé.', '– nobody pays for a better place.')}</p>
</section>`
}

function counts(lang: Language, { A, B, C }: Answer['tiers'], contradictedShown: boolean): Html {
  const s = (count: number) => (count > 1 ? 's' : '')
  const shown = contradictedShown ? `, montré${s(C)} à la fin` : `, non montré${s(C)}`
  const line = (tier: string, count: number, fr: string, en: string) =>
    html`<li class="${tier}"><strong>${numberInWords(count, lang)}</strong> ${say(lang, fr, en)}</li>\n`
  return html`<ul class="counts">
${line('A', A, `compatible${s(A)} avec vos réponses`, 'compatible with your answers')}
${line('B', B, 'à vérifier', 'to be checked')}
${C > 0 && line('C', C, `incompatible${s(C)}${shown}`, `not compatible, ${contradictedShown ? 'shown last' : 'not shown'}`)}</ul>`
}

function headline(lang: Language, total: number): string {
  if (total === 0) return say(lang, 'Aucun essai trouvé', 'No trial found')
  if (total === 1) return say(lang, 'Un essai à regarder', 'One trial to look at')
  const count = numberInWords(total, lang)
  return say(lang, `${count} essais à regarder`, `${count} trials to look at`)
}

function nothingFound(lang: Language, values: FormValues, contradicted: number): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  return html`<div class="nothing">
<p>${t('Aucun essai ouvert en France ne répond à tout ce que vous avez indiqué. Ce que vous pouvez essayer :', 'No trial open in France answers everything you gave. What you can try:')}</p>
<ul>
${values.radiusKm !== '' && html`<li>${t('chercher dans toute la France plutôt que près de chez vous ;', 'search all of France instead of near you;')}</li>`}
${values.text !== '' && html`<li>${t('retirer les mots à chercher, ou en garder un seul ;', 'leave out the words to look for, or keep only one;')}</li>`}
${values.disease !== '' && html`<li>${t('nommer la maladie autrement, ou plus largement (« cancer du poumon » plutôt qu’un type précis) ;', 'name the disease in another way, or more broadly ("lung cancer" rather than one precise type);')}</li>`}
${contradicted > 0 && html`<li>${t(`regarder les ${contradicted} essais incompatibles, avec la raison de chacun ;`, `look at the ${contradicted} trials that are not compatible, with the reason of each;`)}</li>`}
<li>${t('en parler à votre médecin : de nouveaux essais ouvrent chaque semaine.', 'talk to your doctor: new trials open every week.')}</li>
</ul>
</div>`
}

function again(
  lang: Language,
  values: FormValues,
  changed: Partial<Record<keyof FormValues, string>>,
  label: string,
  className: string,
): Html {
  return html`<form method="post" action="${pathIn(lang, '/')}">${hiddenFields(values, changed)}<button type="submit" class="${className}">${label}</button></form>`
}

import type { Answer, AnswerSite, CriterionVerdict, Points, Result, Verdict } from '../../domain/answer.ts'
import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import { OPENNESS } from '../../domain/status.ts'
import type { FormValues } from './form-values.ts'
import { attributes, type Html, html } from './html.ts'
import { OPENNESS_LABELS, phasesInWords, statusOrigin, TIER_LABELS, titleIn, VERDICT_LABELS } from './labels.ts'
import { hiddenFields } from './search-form.ts'
import { distanceInWords, numberInWords, pathIn, say, typeset } from './words.ts'

interface ResultsView {
  lang: Language
  answer: Answer
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
${found.map((result) => card(lang, result))}
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

function card(lang: Language, result: Result): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const { id, tier, site, criteria, cautions, explanation } = result
  const title = titleIn(lang, { briefTitle: result.briefTitle, titles: result.title })
  const of = (verdict: Verdict) => criteria.filter((criterion) => criterion.verdict === verdict)
  // What is to be checked stands in the explanation already: the list adds the registry's own words.
  const [toCheck, against] = [of('unknown').filter(({ quote }) => quote !== null), of('contradicted')]
  return html`<li class="card tier-${tier}">
<article aria-labelledby="t-${id}">
<p class="tier"><span>${TIER_LABELS[tier][lang]}</span></p>
<h2 id="t-${id}"><a${attributes({ href: pathIn(lang, `/essais/${encodeURIComponent(id)}`), lang: title.lang === lang ? null : title.lang })}>${title.text}</a></h2>
<p class="facts">${[result.acronym, phasesInWords(result.phases, lang), result.sponsor?.name].filter(Boolean).join(' · ')}</p>
${site ? siteBlock(lang, site, result) : html`<p class="site none">${t('Ouvert en France, mais aucun centre n’est publié.', 'Open in France, but no site is published.')}</p>`}
<p class="why">${typeset(explanation, lang)}</p>
${against.length > 0 && verdictList(lang, t('Ce qui ne va pas', 'What does not fit'), against, 'against')}
${toCheck.length > 0 && verdictList(lang, t('À vérifier avec l’équipe de l’essai', 'To check with the trial team'), toCheck, 'check')}
${cautions.length > 0 && html`<ul class="cautions" aria-label="${t('Mises en garde', 'Cautions')}">${cautions.map(({ text }) => html`<li>${typeset(text, lang)}</li>`)}</ul>`}
<details>
<summary>${t('Le détail du classement', 'Why it is ranked here')}</summary>
${points(lang, result.points, criteria.length > 0)}
${criteria.length > 0 && html`<ul class="verdicts">${criteria.map((criterion) => verdictLine(lang, criterion))}</ul>`}
</details>
<ul class="links">
<li><a href="${pathIn(lang, `/essais/${encodeURIComponent(id)}`)}">${t('Tout sur cet essai', 'All about this trial')}<span class="hidden"> : ${title.text}</span></a></li>
${result.urls.map((url) => html`<li><a href="${url}" rel="noreferrer noopener external">${registryName(url)}<span class="hidden"> : ${title.text}</span></a></li>`)}
</ul>
</article>
</li>
`
}

function siteBlock(lang: Language, site: AnswerSite, { openSiteCount, siteCount }: Result): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const openness = OPENNESS[site.status]
  const where = [site.facility, site.city].filter(Boolean).join(', ')
  return html`<div class="site">
<p><span class="status ${openness}">${OPENNESS_LABELS[openness][lang]}</span> <strong>${where || t('Centre non nommé', 'Unnamed site')}</strong>${site.distanceKm !== null && html` <span class="km">${t('à ', '')}${distanceInWords(site.distanceKm, lang)}</span>`}</p>
<p class="origin">${capital(statusOrigin(site, lang))}. ${t(`${openSiteCount} ${openSiteCount > 1 ? 'centres ouverts' : 'centre ouvert'} sur ${siteCount} en France.`, `${openSiteCount} of ${siteCount} ${siteCount === 1 ? 'site' : 'sites'} in France open.`)}</p>
${site.contact && contact(lang, site.contact)}
</div>`
}

/** Who to call or write to, as published. */
export function contact(
  lang: Language,
  {
    kind,
    name,
    phone,
    email,
  }: { kind: 'partner' | 'public'; name: string | null; phone: string | null; email: string | null },
): Html | null {
  if (name === null && phone === null && email === null) return null
  const label =
    kind === 'partner'
      ? say(lang, 'Contact par le promoteur', 'Contact through the sponsor')
      : say(lang, 'Contact publié', 'Published contact')
  return html`<p class="contact">${say(lang, `${label} :`, `${label}:`)} ${name}${phone && html` <a href="tel:${dialled(phone)}">${phone}</a>`}${email && html` <a href="mailto:${email}">${email}</a>`}</p>`
}

/** What a telephone needs of `+33 1 23 45 67 89 (+33)` or `01 23 45 67 89 ext. 12`: the first number. */
function dialled(phone: string): string {
  const [first = ''] = phone.split(/ext|poste|\/|;|,| \(\+/i)
  return first.replaceAll(/[^+\d]/g, '')
}

function verdictList(lang: Language, heading: string, criteria: CriterionVerdict[], className: string): Html {
  return html`<div class="${className}">
<h3>${heading}</h3>
<ul>${criteria.map(({ text, quote }) => html`<li>${typeset(text.replace(/ ?: (à vérifier|to be checked|incompatible|not compatible)$/, ''), lang)}${quote && html`<br><q class="verbatim" lang="en">${quote}</q>`}</li>\n`)}</ul>
</div>`
}

function verdictLine(lang: Language, { verdict, text, quote, source }: CriterionVerdict): Html {
  return html`<li class="${verdict}"><span class="hidden">${VERDICT_LABELS[verdict][lang]} – </span>${typeset(text, lang)}${quote && html`<br><q class="verbatim" lang="en">${quote}</q>${source && html` <cite>${REGISTRY_FACTS[source.registry].name} ${source.id}</cite>`}`}</li>
`
}

function points(lang: Language, { clinical, distance, freshness, total }: Points, clinicalAsked: boolean): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const number = (value: number) => numberInWords(value, lang, 1)
  return html`<dl class="points">
${clinicalAsked && html`<div><dt>${t('Critères cliniques', 'Clinical criteria')}</dt><dd>${number(clinical)}</dd></div>`}
${distance !== null && html`<div><dt>Distance</dt><dd>${number(distance)}</dd></div>`}
<div><dt>${t('Fraîcheur du statut', 'Freshness of the status')}</dt><dd>${number(freshness)}</dd></div>
<div class="total"><dt>${t('Total sur 100', 'Total out of 100')}</dt><dd>${number(total)}</dd></div>
</dl>`
}

function registryName(url: string): string {
  if (url.includes('clinicaltrials.gov')) return 'ClinicalTrials.gov'
  if (url.includes('euclinicaltrials')) return 'CTIS'
  return new URL(url).hostname
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

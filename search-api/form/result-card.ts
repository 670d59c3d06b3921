import type { AnswerSite, Points, Verdict } from '../../domain/answer.ts'
import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import { OPENNESS } from '../../domain/status.ts'
import { contact } from './contact.ts'
import { attributes, type Html, html } from './html.ts'
import { OPENNESS_LABELS, phasesInWords, statusOrigin, TIER_LABELS, titleIn, VERDICT_LABELS } from './labels.ts'
import type { ShownResult, ShownVerdict } from './shown-result.ts'
import { distanceInWords, numberInWords, pathIn, say, typeset } from './words.ts'

/** One trial of an answer: where, why there, what to check, and the reasons of its rank. A list item. */
export function resultCard(lang: Language, result: ShownResult): Html {
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

function siteBlock(lang: Language, site: AnswerSite, { openSiteCount, siteCount }: ShownResult): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const openness = OPENNESS[site.status]
  const where = [site.facility, site.city].filter(Boolean).join(', ')
  return html`<div class="site">
<p><span class="status ${openness}">${OPENNESS_LABELS[openness][lang]}</span> <strong>${where || t('Centre non nommé', 'Unnamed site')}</strong>${site.distanceKm !== null && html` <span class="km">${t('à ', '')}${distanceInWords(site.distanceKm, lang)}</span>`}</p>
<p class="origin">${capital(statusOrigin(site, lang))}. ${t(`${openSiteCount} ${openSiteCount > 1 ? 'centres ouverts' : 'centre ouvert'} sur ${siteCount} en France.`, `${openSiteCount} of ${siteCount} ${siteCount === 1 ? 'site' : 'sites'} in France open.`)}</p>
${site.contact && contact(lang, site.contact)}
</div>`
}

/** Criteria under a heading that says their outcome already. */
function verdictList(lang: Language, heading: string, criteria: ShownVerdict[], className: string): Html {
  return html`<div class="${className}">
<h3>${heading}</h3>
<ul>${criteria.map(({ name, quote }) => html`<li>${typeset(name, lang)}${quote && html`<br><q class="verbatim" lang="en">${quote}</q>`}</li>\n`)}</ul>
</div>`
}

function verdictLine(lang: Language, { verdict, text, quote, source }: ShownVerdict): Html {
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

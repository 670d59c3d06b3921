import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import { OPENNESS, type OverallStatus, STATUS_LABELS } from '../../domain/status.ts'
import type { Trial } from '../../domain/trial.ts'
import type { SiteView } from '../trial-view.ts'
import { contact } from './contact.ts'
import { attributes, type Html, html, jsonBlock } from './html.ts'
import { OPENNESS_LABELS, phasesInWords, statusOrigin, titleIn } from './labels.ts'
import { type PageContext, page } from './layout.ts'
import { dateInWords, say, typeset } from './words.ts'

/** One structured criterion in the language of the page, with the words it was read from. */
export interface CriterionLine {
  text: string
  quote: string
  polarity: 'required' | 'excluded'
}

interface TrialPage {
  context: PageContext
  trial: Trial
  sites: SiteView[]
  lines: CriterionLine[]
}

/** The page of one trial: what it is, who may take part, where it is open, where the facts come from. */
export function trialPage({ context, trial, sites, lines }: TrialPage): string {
  const { lang } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const title = titleIn(lang, trial)
  const open = sites.filter(({ openness }) => openness === 'open')
  const others = sites.filter(({ openness }) => openness !== 'open')
  const openness = OPENNESS[trial.franceStatus ?? trial.overallStatus]
  const main = html`<article class="trial">
<p class="facts">${[trial.acronym, phasesInWords(trial.phases, lang)].filter(Boolean).join(' · ')}</p>
<h1${attributes({ lang: title.lang === lang ? null : title.lang })}>${title.text}</h1>
<p><span class="status ${openness}">${OPENNESS_LABELS[openness][lang]}</span> ${t(`${open.length} ${open.length > 1 ? 'centres ouverts' : 'centre ouvert'} sur ${sites.length} en France`, `${open.length} of ${sites.length} ${sites.length === 1 ? 'site' : 'sites'} in France open`)}${trial.foreignSiteCount > 0 && t(`, ${trial.foreignSiteCount} dans d’autres pays`, `, ${trial.foreignSiteCount} in other countries`)}.</p>
${facts(context, trial)}
<section aria-labelledby="who">
<h2 id="who">${t('Qui peut participer', 'Who can take part')}</h2>
<p>${t('Ce qui suit est lu automatiquement dans le texte du registre : seul le texte d’origine fait foi.', 'What follows is read from the registry’s text by a program: only the original text counts.')}</p>
${criteria(context, trial, lines, 'required', t('Il faut', 'Required'))}
${criteria(context, trial, lines, 'excluded', t('Ce qui exclut', 'Excluded'))}
${original(context, trial)}
</section>
<section aria-labelledby="where">
<h2 id="where">${t('Où', 'Where')}</h2>
${sites.length === 0 && html`<p>${t('Aucun centre n’est publié pour la France.', 'No site is published for France.')}</p>`}
${open.length > 0 && siteList(context, open)}
${others.length > 0 && html`<details><summary>${t(`${others.length} ${others.length > 1 ? 'autres centres, non ouverts' : 'autre centre, non ouvert'} ou de statut inconnu`, `${others.length} other ${others.length > 1 ? 'sites' : 'site'}, not open or of unknown status`)}</summary>${siteList(context, others)}</details>`}
${trial.centralContacts.map(({ name, phone, email }) => contact(lang, { kind: 'public', name, phone, email }))}
</section>
<section aria-labelledby="sources">
<h2 id="sources">${t('D’où viennent ces informations', 'Where this comes from')}</h2>
<ul>
${trial.sources.map((source) => html`<li><a href="${source.url}" rel="noreferrer noopener external">${REGISTRY_FACTS[source.registry].name} ${source.registryId}</a>${source.lastUpdateDate && `, ${t('mis à jour le', 'updated on')} ${dateInWords(source.lastUpdateDate, lang)}`}. ${statusOf(source, lang)}</li>\n`)}</ul>
</section>
</article>`
  return page(context, {
    title: title.text,
    description: trial.briefSummary?.slice(0, 150) ?? title.text,
    main,
    head: html`<script type="application/ld+json">${jsonBlock(structuredData(context, trial, sites))}</script>`,
  })
}

/** What this registry says itself: shown for each, so that what they do not agree on can be seen. */
function statusOf({ franceStatus, overallStatus }: Trial['sources'][number], lang: Language): string {
  if (franceStatus === null) return `${say(lang, 'Statut :', 'Status:')} ${STATUS_LABELS[overallStatus][lang]}.`
  return `${say(lang, 'Statut en France :', 'Status in France:')} ${STATUS_LABELS[franceStatus][lang]}.`
}

function facts({ lang }: PageContext, trial: Trial): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const rows: [string, string | null | undefined][] = [
    [t('Maladies étudiées', 'Conditions'), trial.conditions.join(', ')],
    [t('Traitements étudiés', 'Interventions'), trial.interventions.map(({ name }) => name).join(', ')],
    [t('Promoteur', 'Sponsor'), trial.sponsor?.name],
    [t('Âge', 'Age'), ages(lang, trial)],
    [t('Sexe', 'Sex'), trial.sex && SEX_LABELS[trial.sex][lang]],
    [t('Numéros', 'Numbers'), trial.identifiers.map(({ value }) => value).join(', ')],
    [t('Fin prévue', 'Expected end'), trial.completionDate && completion(lang, trial.completionDate)],
  ]
  return html`<dl class="facts-list">
${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>`
}

const SEX_LABELS = {
  FEMALE: { fr: 'Femmes', en: 'Female' },
  MALE: { fr: 'Hommes', en: 'Male' },
  ALL: { fr: 'Femmes et hommes', en: 'All' },
} as const

function completion(lang: PageContext['lang'], { date, precision }: NonNullable<Trial['completionDate']>): string {
  if (precision === 'day') return dateInWords(date, lang)
  const options = precision === 'month' ? ({ month: 'long', year: 'numeric' } as const) : ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { ...options, timeZone: 'UTC' })
  return format.format(new Date(`${date}T00:00:00Z`))
}

function ages(lang: PageContext['lang'], { minimumAgeYears: low, maximumAgeYears: high }: Trial): string | null {
  const years = (value: number) =>
    say(lang, `${value} an${value >= 2 ? 's' : ''}`, `${value} year${value === 1 ? '' : 's'}`)
  if (low !== null && high !== null)
    return say(lang, `de ${years(low)} à ${years(high)}`, `${years(low)} to ${years(high)}`)
  if (low !== null) return say(lang, `à partir de ${years(low)}`, `${years(low)} and older`)
  if (high !== null) return say(lang, `jusqu’à ${years(high)}`, `up to ${years(high)}`)
  return null
}

function criteria(
  { lang }: PageContext,
  trial: Trial,
  lines: CriterionLine[],
  polarity: string,
  heading: string,
): Html | null {
  const own = lines.filter((line) => line.polarity === polarity)
  if (own.length === 0) return null
  const quoted = trial.eligibilityCriteria === null ? null : 'en'
  return html`<h3>${heading}</h3>
<ul class="criteria">${own.map(({ text, quote }) => html`<li>${typeset(text, lang)}<br><q class="verbatim"${attributes({ lang: quoted })}>${quote}</q></li>\n`)}</ul>`
}

function original({ lang }: PageContext, { eligibilityCriteria, eligibilityCriteriaFr }: Trial): Html | null {
  const french = lang === 'fr' ? eligibilityCriteriaFr : null
  const text = french ?? eligibilityCriteria
  if (text === null) return null
  return html`<details><summary>${say(lang, 'Le texte du registre', 'The registry’s text')}</summary>
<div class="original" lang="${french === null ? 'en' : 'fr'}">${text}</div></details>`
}

function siteList({ lang }: PageContext, sites: SiteView[]): Html {
  return html`<ul class="sites">${sites.map(
    (site) => html`<li>
<p><span class="status ${site.openness}">${OPENNESS_LABELS[site.openness][lang]}</span> <strong>${site.facility ?? say(lang, 'Centre non nommé', 'Unnamed site')}</strong>, ${[site.postalCode, site.city].filter(Boolean).join(' ')}</p>
<p class="origin">${statusOrigin(site, lang)}</p>
${site.contacts.map((one) => contact(lang, one))}</li>
`,
  )}</ul>`
}

/** schema.org MedicalTrial (https://schema.org/MedicalTrial), for search engines. */
function structuredData({ publicUrl, path, lang }: PageContext, trial: Trial, sites: SiteView[]): object {
  const status = SCHEMA_STATUS[trial.overallStatus]
  return {
    '@context': 'https://schema.org',
    '@type': trial.studyType === 'OBSERVATIONAL' ? 'MedicalObservationalStudy' : 'MedicalTrial',
    '@id': `${publicUrl}${path}`,
    name: titleIn(lang, trial).text,
    identifier: trial.identifiers.map(({ value }) => value),
    url: trial.sources.map(({ url }) => url),
    ...(status !== null && { status: `https://schema.org/${status}` }),
    ...(trial.sponsor && { sponsor: { '@type': 'Organization', name: trial.sponsor.name } }),
    healthCondition: trial.conditions.map((name) => ({ '@type': 'MedicalCondition', name })),
    studyLocation: sites.map(({ facility, city, postalCode, country, lat, lon }) => ({
      '@type': 'AdministrativeArea',
      name: facility ?? city,
      address: { '@type': 'PostalAddress', addressLocality: city, postalCode, addressCountry: country },
      ...(lat !== null && lon !== null && { geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon } }),
    })),
  }
}

/** schema.org MedicalStudyStatus members; null where none says the same. */
const SCHEMA_STATUS: Record<OverallStatus, string | null> = {
  RECRUITING: 'Recruiting',
  AVAILABLE: 'Recruiting',
  NOT_YET_RECRUITING: 'NotYetRecruiting',
  ENROLLING_BY_INVITATION: 'EnrollingByInvitation',
  ACTIVE_NOT_RECRUITING: 'ActiveNotRecruiting',
  COMPLETED: 'Completed',
  SUSPENDED: 'Suspended',
  TERMINATED: 'Terminated',
  WITHDRAWN: 'Withdrawn',
  UNKNOWN: null,
  NO_LONGER_AVAILABLE: null,
  TEMPORARILY_NOT_AVAILABLE: null,
  APPROVED_FOR_MARKETING: null,
  WITHHELD: null,
}

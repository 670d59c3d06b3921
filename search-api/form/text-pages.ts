import type { SourceState } from '../../db/sources.ts'
import { sourceView } from '../source-view.ts'
import { html } from './html.ts'
import { type PageContext, page } from './layout.ts'
import { dateInWords, numberInWords, say, timeInWords } from './words.ts'

/** `/sources`: each registry with its attribution, its licence and the dates of its data. */
export function sourcesPage(context: PageContext, states: SourceState[]): string {
  const { lang } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const sources = states.map(sourceView)
  const main = html`<article class="text">
<h1>${t('Sources et licences', 'Sources and licences')}</h1>
<p class="lead">${t('Les essais viennent de registres publics. Ils sont relus régulièrement, regroupés quand un même essai figure dans deux registres, et leurs critères sont mis en forme par un programme.', 'Trials come from public registries. They are read regularly, joined when one trial stands in two registries, and their criteria are structured by a program.')}</p>
${sources.map(
  ({ name, publisher, attribution, licenceUrl, records, lastComplete, running, pausedUntil }) => html`<section>
<h2>${name}</h2>
<p>${publisher}. ${attribution[lang]}</p>
<dl class="facts-list">
<div><dt>${t('Dernière lecture complète', 'Last complete reading')}</dt><dd>${lastComplete ? dateInWords(lastComplete.endedAt, lang) : t('aucune pour l’instant', 'none yet')}</dd></div>
${lastComplete?.dataVersion && html`<div><dt>${t('Version des données', 'Version of the data')}</dt><dd>${lastComplete.dataVersion}</dd></div>`}
<div><dt>${t('Fiches détenues', 'Records held')}</dt><dd>${numberInWords(records, lang)}</dd></div>
${lastComplete && lastComplete.quarantined > 0 && html`<div><dt>${t('Fiches inutilisables', 'Unusable records')}</dt><dd>${numberInWords(lastComplete.quarantined, lang)}</dd></div>`}
${running && html`<div><dt>${t('Lecture en cours', 'Reading now')}</dt><dd>${numberInWords(running.fetched, lang)}${running.announced !== null && ` / ${numberInWords(running.announced, lang)}`}</dd></div>`}
${pausedUntil && html`<div><dt>${t('Registre en maintenance', 'Registry in maintenance')}</dt><dd>${t(`jusqu’au ${timeInWords(pausedUntil, lang)}, puis lu`, `until ${timeInWords(pausedUntil, lang)}, then read`)}</dd></div>`}
</dl>
<p><a href="${licenceUrl}" rel="noreferrer noopener external">${t('Conditions d’utilisation', 'Terms of use')} (${name})</a></p>
</section>
`,
)}
<section>
<h2>${t('Lieux et vocabulaires', 'Places and vocabularies')}</h2>
<ul>
<li>${t('Communes, codes postaux et populations : INSEE et La Poste, Licence Ouverte 2.0.', 'Communes, postal codes and populations: INSEE and La Poste, Licence Ouverte 2.0.')}</li>
<li>${t('Coordonnées des villes : GeoNames, CC BY 4.0.', 'Coordinates of towns: GeoNames, CC BY 4.0.')}</li>
<li>${t('Noms et codes des cancers : arbre OncoTree (Memorial Sloan Kettering), CC BY 4.0, libellés français de ce service.', 'Names and codes of cancers: OncoTree (Memorial Sloan Kettering), CC BY 4.0, French labels by this service.')}</li>
</ul>
</section>
</article>`
  return page(context, { title: t('Sources et licences', 'Sources and licences'), main })
}

/** `/confidentialite`: what happens to what a visitor types. Each sentence is held true by a test. */
export function privacyPage(context: PageContext): string {
  const { lang } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const main = html`<article class="text">
<h1>${t('Confidentialité', 'Privacy')}</h1>
<p class="lead">${t('Ce que vous écrivez ici parle de votre santé. Nous ne le gardons pas.', 'What you write here is about your health. We do not keep it.')}</p>
<h2>${t('Ce que vous écrivez', 'What you write')}</h2>
<ul>
<li>${t('La recherche est envoyée au service, sert à préparer la réponse, puis est oubliée. Elle n’est écrite ni dans un journal, ni dans une base, ni dans une statistique.', 'The search is sent to the service, serves to prepare the answer, and is forgotten. It is written to no log, no database and no statistic.')}</li>
<li>${t('Rien de ce que vous écrivez ne figure dans une adresse : ni l’historique de votre navigateur, ni les journaux d’un réseau ne le montrent.', 'Nothing you write stands in an address: neither your browser’s history nor the logs of a network show it.')}</li>
<li>${t('Les suggestions de maladies, de biomarqueurs et de communes sont cherchées dans votre navigateur, dans des listes chargées une fois pour toutes. Ce que vous tapez ne part qu’au moment où vous lancez la recherche.', 'Suggestions of diseases, biomarkers and towns are looked up in your browser, in lists loaded once. What you type leaves it only when you start the search.')}</li>
</ul>
<h2>${t('Ni cookie, ni tiers', 'No cookie, no third party')}</h2>
<ul>
<li>${t('Aucun cookie, aucun traceur, aucun compte.', 'No cookie, no tracker, no account.')}</li>
<li>${t('La page ne contacte aucun autre site : ni carte, ni police de caractères, ni mesure d’audience.', 'The page contacts no other site: no map, no font, no audience measurement.')}</li>
<li>${t('Les liens vers les registres ne leur disent pas d’où vous venez.', 'Links to registries do not tell them where you come from.')}</li>
</ul>
<h2>${t('Ce que le service note', 'What the service notes')}</h2>
<ul>
<li>${t('Pour chaque requête : le type de page (« recherche », « fiche d’essai »…), si elle a abouti, et sa durée en millisecondes. Rien d’autre.', 'For each request: the kind of page ("search", "trial"…), whether it succeeded, and its duration in milliseconds. Nothing else.')}</li>
<li>${t('Pour empêcher les abus, les requêtes sont comptées par groupe d’adresses pendant une minute, en mémoire seulement : l’adresse est tronquée puis brouillée par une clé jetée au bout d’une heure. Elle n’est ni conservée, ni écrite.', 'To prevent abuse, requests are counted per group of addresses for a minute, in memory only: the address is cut and then scrambled with a key thrown away within the hour. It is neither kept nor written.')}</li>
</ul>
<h2>${t('Si vous contactez un centre', 'If you contact a site')}</h2>
<p>${t('Votre appel ou votre message va directement au centre ou au promoteur, selon ses propres règles. Nous n’en savons rien.', 'Your call or message goes straight to the site or sponsor, under its own rules. We know nothing of it.')}</p>
</article>`
  return page(context, { title: t('Confidentialité', 'Privacy'), main })
}

/** `/accessibilite`: the state of accessibility, without claiming an audit that was not made. `contact`: an e-mail. */
export function accessibilityPage(context: PageContext, contact: string | null): string {
  const { lang } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const main = html`<article class="text">
<h1>${t('Accessibilité', 'Accessibility')}</h1>
<p class="lead">${t('Ce site vise les règles WCAG 2.2, niveau AA, et le référentiel RGAA 4.1.2. Il n’a pas encore été audité par un tiers : il est donc déclaré non conforme au sens du RGAA.', 'This site aims at WCAG 2.2 level AA and the French RGAA 4.1.2. It has not been audited by a third party yet: in the sense of the RGAA it is therefore declared non-compliant.')}</p>
<h2>${t('Ce qui est fait', 'What is done')}</h2>
<ul>
<li>${t('Toutes les pages fonctionnent sans JavaScript, au clavier, de 320 pixels de large aux grands écrans, en clair et en sombre.', 'All pages work without JavaScript, with the keyboard, from 320 pixels wide to large screens, in light and dark.')}</li>
<li>${t('Chaque champ a une étiquette ; les erreurs sont résumées en haut de page, avec un lien vers chaque champ.', 'Each field has a label; errors are summarised at the top with a link to each field.')}</li>
<li>${t('Aucune information ne tient à la couleur seule, ni à une carte.', 'No information hangs on colour alone, or on a map.')}</li>
<li>${t('Des contrôles automatiques (axe-core) passent sur les pages à chaque changement du code.', 'Automatic checks (axe-core) run on the pages at each change of the code.')}</li>
</ul>
<h2>${t('Ce qui manque', 'What is missing')}</h2>
<ul>
<li>${t('Les titres et critères des essais sont souvent en anglais dans les registres. Ils sont alors marqués comme tels pour les lecteurs d’écran.', 'Titles and criteria of trials are often in English in the registries. They are then marked as such for screen readers.')}</li>
<li>${t('La page de documentation technique (API) est faite par un outil tiers et n’est pas aussi accessible.', 'The technical documentation page (API) is made by a third-party tool and is less accessible.')}</li>
</ul>
<h2>${t('Signaler une difficulté', 'Report a difficulty')}</h2>
<p>${contact !== null && html`<a href="mailto:${contact}">${contact}</a>. `}${t('Si une page vous pose problème, écrivez à la personne qui exploite ce site : elle doit vous répondre. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits.', 'If a page is difficult for you, write to whoever runs this site: they must answer. Without a satisfactory answer you may turn to the French Defender of Rights.')} <a href="https://www.defenseurdesdroits.fr/" rel="noreferrer noopener external">Défenseur des droits</a></p>
</article>`
  return page(context, { title: t('Accessibilité', 'Accessibility'), main })
}

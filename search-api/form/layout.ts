import type { Language } from '../../domain/question.ts'
import { attributes, type Html, html } from './html.ts'
import { pathIn, say } from './words.ts'

/** What every page needs apart from its own content. */
export interface PageContext {
  lang: Language
  /** The page's address in French; the English one is derived from it. */
  path: string
  publicUrl: string
  demo: boolean
  /** Addresses of the style sheet and the script, with their version. */
  assets: { style: string; script: string; icon: string; places: string; vocabulary: string }
  /** Shown above the content: the first load is under way. */
  progress?: Html | undefined
}

export interface PageContent {
  title: string
  description?: string
  main: Html
  /** Extra elements of the head: JSON-LD. */
  head?: Html
  /** False for answers to a form: nothing to index, nothing to keep. */
  indexable?: boolean
}

/** A whole HTML page. */
export function page(context: PageContext, { title, description, main, head, indexable = true }: PageContent): string {
  const { lang, path, publicUrl, assets, demo, progress } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const here = (to: string) => (to === path ? 'page' : null)
  const link = (to: string, label: string) =>
    html`<li><a${attributes({ href: pathIn(lang, to), 'aria-current': here(to) })}>${label}</a></li>`
  const other = lang === 'fr' ? 'en' : 'fr'
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Essais proches</title>
${description && html`<meta name="description" content="${description}">`}
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${!indexable && html`<meta name="robots" content="noindex">`}
<link rel="stylesheet" href="${assets.style}">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
${(['fr', 'en'] as const).map((each) => html`<link rel="alternate" hreflang="${each}" href="${publicUrl}${pathIn(each, path)}">\n`)}<link rel="alternate" hreflang="x-default" href="${publicUrl}${path}">
<script src="${assets.script}" type="module"></script>
${head}
</head>
<body>
<a class="skip" href="#main">${t('Aller au contenu', 'Skip to content')}</a>
${demo && html`<p class="band demo" role="note"><strong>${t('Démonstration.', 'Demonstration.')}</strong> ${t('Tous les essais, centres et contacts montrés ici sont inventés.', 'Every trial, site and contact shown here is invented.')}</p>`}
<header class="top">
<div class="wide">
<a class="brand" href="${pathIn(lang, '/')}">${LOGO}<span>Essais proches</span></a>
<nav aria-label="${t('Navigation principale', 'Main')}">
<ul>
${link('/', t('Chercher', 'Search'))}
${link('/classement', t('Comment c’est classé', 'How results are ranked'))}
${link('/sources', 'Sources')}
<li><a${attributes({ href: pathIn(other, path), hreflang: other, lang: other })}>${other === 'en' ? 'English' : 'Français'}</a></li>
</ul>
</nav>
</div>
</header>
${progress}
<main id="main" tabindex="-1" class="wide">
${main}
</main>
<footer>
<div class="wide">
<p><strong>${t('Ceci n’est pas un avis médical.', 'This is not medical advice.')}</strong> ${t('Seule l’équipe qui mène un essai peut dire si une personne peut y participer. Parlez-en à votre médecin ; ne changez jamais un traitement à cause de ce que vous lisez ici.', 'Only the team that runs a trial can say whether a person may take part. Talk to your doctor; never change a treatment because of what you read here.')}</p>
<ul>
${link('/sources', t('Sources et licences', 'Sources and licences'))}
${link('/classement', t('Classement', 'Ranking'))}
${link('/confidentialite', t('Confidentialité', 'Privacy'))}
${link('/accessibilite', t('Accessibilité : non auditée', 'Accessibility: not audited'))}
<li><a href="/docs">API</a></li>
</ul>
</div>
</footer>
</body>
</html>
`.markup
}

/** A drop pin made of a ring and a point: our own mark. */
const LOGO = html`<svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="pin" d="M16 2a11 11 0 0 0-11 11c0 8 11 17 11 17s11-9 11-17A11 11 0 0 0 16 2z"/><circle class="eye" cx="16" cy="13" r="4.5"/></svg>`

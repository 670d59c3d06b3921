import { html } from './html.ts'
import { type PageContext, page } from './layout.ts'
import { pathIn, say } from './words.ts'

type Words = { fr: string; en: string }

const TITLES: Record<number, Words> = {
  404: { fr: 'Cette page n’existe pas', en: 'This page does not exist' },
  413: { fr: 'C’est trop long', en: 'This is too long' },
  429: { fr: 'Trop de demandes à la fois', en: 'Too many requests at once' },
  503: { fr: 'Le service est très sollicité', en: 'The service is very busy' },
}
const ADVICE: Record<number, Words> = {
  404: {
    fr: 'L’essai a peut-être été retiré de nos sources, ou l’adresse est incomplète.',
    en: 'The trial may have left our sources, or the address is incomplete.',
  },
  413: { fr: 'Raccourcissez ce que vous avez écrit.', en: 'Shorten what you wrote.' },
  429: { fr: 'Attendez une minute, puis recommencez.', en: 'Wait a minute, then try again.' },
  503: { fr: 'Réessayez dans quelques secondes.', en: 'Try again in a few seconds.' },
}
const REFUSED: Words = { fr: 'Cette demande n’a pas pu être comprise', en: 'This request could not be understood' }
const FAILED: Words = { fr: 'Le service a eu un problème', en: 'The service had a problem' }
const RETRY: Words = {
  fr: 'Ce n’est pas de votre fait. Réessayez plus tard : rien de ce que vous avez écrit n’a été gardé.',
  en: 'It is not your doing. Try again later: nothing you wrote was kept.',
}
const START_AGAIN: Words = { fr: 'Revenez au formulaire et recommencez.', en: 'Go back to the form and start again.' }

/** What a person sees instead of the page asked for. */
export function problemPage(context: PageContext, status: number): string {
  const { lang } = context
  const words = ({ fr, en }: Words) => say(lang, fr, en)
  const title = words(TITLES[status] ?? (status >= 500 ? FAILED : REFUSED))
  const advice = words(ADVICE[status] ?? (status >= 500 ? RETRY : START_AGAIN))
  return page(context, {
    title,
    indexable: false,
    main: html`<article class="text"><h1>${title}</h1>
<p class="lead">${advice}</p>
<p><a href="${pathIn(lang, '/')}">${say(lang, 'Chercher un essai', 'Search for a trial')}</a></p></article>`,
  })
}

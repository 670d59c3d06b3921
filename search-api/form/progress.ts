import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import type { Deps } from '../deps.ts'
import { type Html, html } from './html.ts'
import { numberInWords, say, timeInWords } from './words.ts'

/** Says that trials are still being read for the first time, and how far that is; nothing afterwards. */
export async function progressBand({ catalogue, store }: Deps, lang: Language): Promise<Html | undefined> {
  const { loaded, trials } = catalogue.state()
  const first = (await store.sources()).filter(
    (source) => !source.lastComplete && (source.running || source.pausedUntil),
  )
  if (loaded && first.length === 0) return undefined
  const t = (fr: string, en: string) => say(lang, fr, en)
  const parts = first.map(({ registry, running, pausedUntil }) => {
    const { name } = REGISTRY_FACTS[registry]
    if (!running && pausedUntil) {
      const until = timeInWords(pausedUntil, lang)
      return t(`${name} en maintenance, lu à partir du ${until}`, `${name} in maintenance, read from ${until}`)
    }
    const read = numberInWords(running?.fetched ?? 0, lang)
    const announced = running?.announced ? ` / ${numberInWords(running.announced, lang)}` : ''
    return `${name} ${read}${announced}`
  })
  return html`<p class="band" role="status">${t('Premier chargement en cours : les résultats sont encore incomplets.', 'First load under way: results are still incomplete.')} ${parts.join(' · ')}${parts.length > 0 && '. '}${t(`${numberInWords(trials, lang)} essais déjà consultables.`, `${numberInWords(trials, lang)} trials can be searched already.`)}</p>`
}

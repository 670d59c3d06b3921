import { inTime } from '../../db/in-time.ts'
import type { SourceState } from '../../db/sources.ts'
import type { Language } from '../../domain/question.ts'
import { REGISTRY_FACTS } from '../../domain/registry.ts'
import type { Deps } from '../deps.ts'
import { type Html, html } from './html.ts'
import { numberInWords, say, timeInWords } from './words.ts'

/** Searches are answered from memory: no page waits longer than this for a database that may be away. */
const PATIENCE_MS = 500

/**
 * Gives what a page shows while trials are read for the first time: that, and how far it is; nothing afterwards. A
 * first load happens once, so the database is not asked any more when it is over.
 */
export function createProgressBand({ catalogue, store }: Deps): (lang: Language) => Promise<Html | undefined> {
  let over = false
  return async (lang) => {
    const { loaded, trials } = catalogue.state()
    if (loaded && over) return undefined
    const sources = (await inTime(store.sources(), PATIENCE_MS)) ?? []
    over = sources.length > 0 && sources.every(({ lastComplete }) => lastComplete !== null)
    const first = sources.filter((source) => !source.lastComplete && (source.running || source.pausedUntil))
    return loaded && first.length === 0 ? undefined : band(first, trials, lang)
  }
}

function band(first: SourceState[], trials: number, lang: Language): Html {
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

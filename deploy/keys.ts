import { setTimeout as sleep } from 'node:timers/promises'
import { Meilisearch } from 'meilisearch'
import { MEILISEARCH_KEYS } from '../sync/meilisearch-keys.ts'

export interface KeysOptions {
  url: string
  masterKey: string
  /** How often it is looked whether the keys are still there. */
  everyMs: number
  onMade?: () => void
  onTrouble: (error: unknown) => void
}

/** Make the search and feed keys known to Meilisearch; those it has stay as they are. True when one was missing. */
export async function makeKeys({ url, masterKey }: Pick<KeysOptions, 'url' | 'masterKey'>): Promise<boolean> {
  const client = new Meilisearch({ host: url, apiKey: masterKey, timeout: 10_000 })
  const { results } = await client.getKeys({ limit: 1000 })
  const missing = Object.values(MEILISEARCH_KEYS).filter((key) => !results.some(({ uid }) => uid === key.uid))
  for (const key of missing) await client.createKey(key)
  return missing.length > 0
}

/** Do that again and again: an engine whose disk was emptied has lost its keys too, and nobody could fill it anew. */
export function keepKeys({ onMade = () => {}, onTrouble, everyMs, ...server }: KeysOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const done = (async () => {
    while (!stopping.signal.aborted) {
      await makeKeys(server).then((made) => made && onMade(), onTrouble)
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}

import { Meilisearch } from 'meilisearch'
import type { Criterion } from '../../domain/criterion.ts'
import { OPENNESS } from '../../domain/status.ts'
import type { Trial } from '../../domain/trial.ts'
import { ancestorsOf, descendantsOf } from '../../domain/vocabulary/cancers.ts'
import { kilometres } from '../../ranking/distance.ts'
import { startMeilisearch } from '../../test/support/meilisearch.ts'
import type { Asked } from '../search-questions.ts'
import type { Rival } from './sql.ts'

/** How many candidates the engine hands over to be ranked again. */
const CANDIDATES = 300
const DAY_MS = 86_400_000

interface Document {
  id: string
  title: string
  conditions: string[]
  cancers: string[]
  criteria: Omit<Criterion, 'quote'>[]
  sites: { lat: number; lon: number; status: string; statusDate: string | null }[]
}

/**
 * The engine finds and hands over 300 trials with all their sites, which are ranked again by nearest open site and
 * date: what one does because a document has one place at most. Ranking again is done with less care than the product:
 * markers are not judged.
 */
export async function startMeilisearchRival(trials: Iterable<Trial>): Promise<Rival> {
  const server = await startMeilisearch()
  const client = new Meilisearch({ host: server.url, apiKey: server.masterKey })
  const index = client.index<Document>('trials')
  const patience = { timeout: 600_000, interval: 200 }
  await client.createIndex('trials', { primaryKey: 'id' }).waitTask(patience)
  await index
    .updateSettings({ searchableAttributes: ['title', 'conditions'], filterableAttributes: ['cancers'] })
    .waitTask(patience)
  let batch: Document[] = []
  for (const trial of trials) {
    batch.push(documentOf(trial))
    if (batch.length < 2000) continue
    await index.addDocuments(batch).waitTask(patience)
    batch = []
  }
  if (batch.length > 0) await index.addDocuments(batch).waitTask(patience)
  return {
    async ask({ question, point }: Asked) {
      const { cancer, condition } = question
      const codes = cancer === undefined || cancer === 'ANY' ? [] : [...ancestorsOf(cancer), ...descendantsOf(cancer)]
      const { hits } = await index.search(condition ?? '', {
        limit: CANDIDATES,
        ...(codes.length > 0 && { filter: `cancers IN [${codes.map((code) => `"${code}"`).join(', ')}]` }),
      })
      const scored = hits.map((hit) => ({ id: hit.id, score: scoreOf(hit, point) }))
      return scored.sort((a, b) => b.score - a.score).slice(0, 20).length
    },
    close: () => server.stop(),
  }
}

function documentOf(trial: Trial): Document {
  return {
    id: trial.id.replaceAll(/[^\w-]/g, '_'),
    title: trial.briefTitle,
    conditions: trial.conditions,
    cancers: trial.criteria.flatMap((one) => (one.kind === 'cancer' && one.polarity === 'required' ? [one.code] : [])),
    criteria: trial.criteria.map(({ quote: _, ...rest }) => rest),
    sites: trial.sites.flatMap(({ point, status, statusDate }) => (point ? [{ ...point, status, statusDate }] : [])),
  }
}

function scoreOf({ sites }: Document, point: Asked['point']): number {
  const open = sites.filter(({ status }) => OPENNESS[status as keyof typeof OPENNESS] === 'open')
  const near = open.map((site) => ({ site, km: point ? kilometres(point, site) : 0 })).sort((a, b) => a.km - b.km)[0]
  if (!near) return 0
  const age = (Date.parse('2026-11-21') - Date.parse(near.site.statusDate ?? '2000-01-01')) / DAY_MS
  return 25 * 2 ** (-Math.max(0, near.km - 10) / 50) + 15 * 2 ** (-age / 141)
}

import { Type } from 'typebox'
import { inTime } from '../../db/in-time.ts'
import type { App, Deps } from '../deps.ts'

/**
 * A catalogue that could not read the change log for this long is no longer answered from. Before that a process whose
 * database is away stays in service: all others have lost it too, and answers say how old they are.
 */
const OLDEST_CATALOGUE_MS = 15 * 60_000
/** Balancers give up after two seconds: a part that does not answer by then is told as such. */
const PART_TIMEOUT_MS = 1_000

const Part = Type.Object({ ok: Type.Boolean(), detail: Type.Union([Type.String(), Type.Null()]) })
const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    database: Part,
    index: Part,
    catalogue: Type.Object({
      ok: Type.Boolean(),
      loaded: Type.Boolean(),
      trials: Type.Integer(),
      sequence: Type.Integer(),
      ageMs: Type.Union([Type.Number(), Type.Null()], { description: 'since the change log was last read' }),
    }),
  },
  { title: 'Readiness' },
)

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can answer well; the index may be down, text is then ignored.
 */
export function healthRoutes(app: App, { store, index, catalogue, now }: Deps): void {
  app.get(
    '/healthz',
    {
      config: { rateLimit: false },
      schema: {
        tags: ['operations'],
        summary: 'The process answers',
        response: { 200: Type.Object({ ok: Type.Boolean() }) },
      },
    },
    async () => ({ ok: true }),
  )
  app.get(
    '/readyz',
    {
      config: { rateLimit: false },
      schema: {
        tags: ['operations'],
        summary: 'Database, index and catalogue; 503 until the service can answer well',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const state = catalogue.state()
      const ageMs = state.checkedAt === null ? null : now() - state.checkedAt
      const [sequence, found] = await Promise.all([
        inTime(store.latestSequence(), PART_TIMEOUT_MS),
        inTime(index.health(), PART_TIMEOUT_MS),
      ])
      const database =
        sequence === null
          ? { ok: false, detail: 'the database does not answer: changes are not seen until it does' }
          : { ok: true, detail: null }
      const ready = state.loaded && ageMs !== null && ageMs < OLDEST_CATALOGUE_MS
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store')
      return {
        ready,
        database,
        index: found?.ok
          ? { ok: true, detail: null }
          : { ok: false, detail: 'the index does not answer: free text is ignored until it does' },
        catalogue: { ok: ready, loaded: state.loaded, trials: state.trials, sequence: state.sequence, ageMs },
      }
    },
  )
}

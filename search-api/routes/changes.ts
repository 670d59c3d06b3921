import { Type } from 'typebox'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'

const DEFAULT_LIMIT = 500
const strict = { additionalProperties: false } as const

const ChangeView = Type.Object(
  {
    sequence: Type.Integer(),
    id: Type.String(),
    kind: Type.Enum(['created', 'updated', 'removed'] as const),
    at: Type.String({ format: 'date-time' }),
  },
  { ...strict, title: 'Change' },
)

/** `GET /v1/changes`: the change log, in the order of commits and without a gap. */
export function changeRoutes(app: App, { store }: Deps): void {
  app.get(
    '/v1/changes',
    {
      schema: {
        tags: ['reading'],
        summary: 'What happened to the trials since a sequence, without a gap',
        querystring: Type.Object(
          {
            since: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: 'the last sequence you have' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: DEFAULT_LIMIT })),
          },
          strict,
        ),
        response: {
          200: Type.Object(
            {
              changes: Type.Array(ChangeView),
              next: Type.Integer({ description: 'give this as `since` to go on' }),
              latest: Type.Integer({
                description: 'the last sequence there is: greater than `next` when there is more',
              }),
            },
            strict,
          ),
          ...problems(400, 429, 503),
        },
      },
    },
    async ({ query: { since = 0, limit = DEFAULT_LIMIT } }) => {
      const latest = await store.latestSequence()
      const rows = await store.changes({ since, limit })
      const changes = rows.map(({ trialId, ...row }) => ({ ...row, id: trialId }))
      const next = changes.at(-1)?.sequence ?? since
      return { changes, next, latest: Math.max(latest, next) }
    },
  )
}

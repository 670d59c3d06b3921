import etag from '@fastify/etag'
import { Type } from 'typebox'
import type { Trial } from '../../domain/trial.ts'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'
import { ProblemError } from '../problem.ts'
import { SiteView, sitesView, TrialView, trialView } from '../trial-view.ts'

const strict = { additionalProperties: false } as const

const Key = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'own id, or any registry number (NCT, EU CT, EudraCT…)',
    }),
  },
  strict,
)
const Moved = Type.Null({ description: 'asked by another number; the canonical address is in Location' })
const NotModified = Type.Null({ description: 'the same as the entity tag sent' })

/** `GET /v1/trials/{id}` and its sites. Another number of the trial leads to its canonical address (308). */
export async function trialRoutes(root: App, { store }: Deps): Promise<void> {
  await root.register(async (app: App) => {
    await app.register(etag)

    app.get(
      '/v1/trials/:id',
      {
        schema: {
          tags: ['reading'],
          summary: 'One trial, with its criteria in words and verbatim',
          params: Key,
          querystring: Type.Object({}, strict),
          response: { 200: TrialView, 304: NotModified, 308: Moved, ...problems(400, 404, 429, 503) },
        },
      },
      async ({ params: { id } }, reply) => {
        const trial = await find(id)
        if (trial.id !== id) return reply.redirect(`/v1/trials/${encodeURIComponent(trial.id)}`, 308)
        return trialView(trial)
      },
    )

    app.get(
      '/v1/trials/:id/sites',
      {
        schema: {
          tags: ['reading'],
          summary: 'French sites of a trial: open ones first, nearest first when a point is given',
          params: Key,
          querystring: Type.Object(
            {
              lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
              lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
            },
            strict,
          ),
          response: {
            200: Type.Object({ id: Type.String(), sites: Type.Array(SiteView) }, strict),
            304: NotModified,
            308: Moved,
            ...problems(400, 404, 429, 503),
          },
        },
      },
      async ({ params: { id }, query: { lat, lon } }, reply) => {
        if ((lat === undefined) !== (lon === undefined)) {
          const parameter = lat === undefined ? 'lat' : 'lon'
          const detail = `"${parameter}" is missing; a point needs both "lat" and "lon"`
          throw new ProblemError(400, `The query string is not valid: ${detail}.`, [{ parameter, detail }])
        }
        const trial = await find(id)
        if (trial.id !== id) {
          const query = lat === undefined ? '' : `?lat=${lat}&lon=${lon}`
          return reply.redirect(`/v1/trials/${encodeURIComponent(trial.id)}/sites${query}`, 308)
        }
        const from = lat === undefined || lon === undefined ? null : { lat, lon }
        return { id: trial.id, sites: sitesView(trial, from) }
      },
    )
  })

  async function find(id: string): Promise<Trial> {
    const trial = await store.trial(id)
    if (trial) return trial
    throw new ProblemError(
      404,
      'No trial has this id or registry number; numbers look like NCT01234567 or 2023-501234-12.',
    )
  }
}

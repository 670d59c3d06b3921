import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { Type } from 'typebox'
import type { ApiConfig, App } from './deps.ts'
import { named } from './openapi-document.ts'
import type { Problem } from './problem.ts'

const PROBLEM_REF = Type.Unsafe<Problem>({ $ref: 'Problem#' })

type ProblemStatus = 400 | 404 | 405 | 413 | 415 | 429 | 503

const MEANINGS: Record<ProblemStatus | 500, string> = {
  400: 'The request is not valid; each fault is named with what to change',
  404: 'There is nothing under this address',
  405: 'The address exists, the method does not; see Allow',
  413: 'The body is too large',
  415: 'The body is not JSON',
  429: 'Too many requests from this address; see Retry-After',
  500: 'The service failed; nothing inside is told',
  503: 'The service is busy or not ready; try again',
}

interface ProblemResponse {
  description: string
  content: { 'application/problem+json': { schema: typeof PROBLEM_REF } }
}

/** Response schemas of the errors a route can give; 500 is always one of them. */
export function problems<S extends ProblemStatus>(...statuses: S[]): Record<S | 500, ProblemResponse> {
  return Object.fromEntries(
    [...statuses, 500 as const].map((status) => [
      status,
      { description: MEANINGS[status], content: { 'application/problem+json': { schema: PROBLEM_REF } } },
    ]),
  ) as unknown as Record<S | 500, ProblemResponse>
}

/** Collect the routes' schemas into one OpenAPI 3.1 document. To be registered before the routes. */
export async function addOpenApi(app: App, config: ApiConfig): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Essais proches',
        version: config.version,
        description:
          'Which clinical trials recruiting in France suit this person, and where is the nearest site that is really open? Not medical advice.',
      },
      servers: [{ url: '/', description: config.publicUrl }],
      tags: [
        { name: 'search', description: 'Ranked, explained trials' },
        { name: 'reading', description: 'Trials, places, vocabularies, changes and sources' },
        { name: 'operations', description: 'Health of the process' },
      ],
    },
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    transformSpecification: (document) => named(document),
    transformSpecificationClone: false,
    uiConfig: { deepLinking: false, layout: 'BaseLayout' },
    theme: { title: 'API – Essais proches' },
  })
  let document: object | undefined
  app.get(
    '/openapi.json',
    { schema: { hide: true, querystring: Type.Object({}, { additionalProperties: false }) } },
    async () => {
      document ??= named(app.swagger())
      return document
    },
  )
}

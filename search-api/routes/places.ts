import { Type } from 'typebox'
import { Place } from '../../domain/places/place.ts'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'

const DEFAULT_LIMIT = 10

const strict = { additionalProperties: false } as const
const { code, name, kind, postalCodes, departement, precision, population } = Place.properties
const PlaceView = Type.Object(
  { code, name, kind, postalCodes, departement, lat: Type.Number(), lon: Type.Number(), precision, population },
  { ...strict, title: 'Place' },
)

/** `GET /v1/places`: communes by the beginning of their name or postal code, for services. The form does not use it. */
export function placeRoutes(app: App, { places }: Deps): void {
  app.get(
    '/v1/places',
    {
      schema: {
        tags: ['reading'],
        summary: 'Communes of France by the beginning of a name or postal code, largest first',
        querystring: Type.Object(
          {
            q: Type.String({ minLength: 1, maxLength: 100, description: 'beginning of a name or postal code' }),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT })),
          },
          strict,
        ),
        response: { 200: Type.Object({ places: Type.Array(PlaceView) }, strict), ...problems(400, 429, 503) },
      },
    },
    async ({ query }) => ({
      places: places.search(query.q, query.limit ?? DEFAULT_LIMIT).map(({ commune: _, point, ...place }) => ({
        ...place,
        ...point,
      })),
    }),
  )
}

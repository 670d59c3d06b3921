import { Type } from 'typebox'
import { Language } from '../../domain/question.ts'
import { searchTerms, VOCABULARY_KINDS } from '../../domain/vocabulary/search.ts'
import type { App } from '../deps.ts'
import { problems } from '../openapi.ts'

const DEFAULT_LIMIT = 20
const strict = { additionalProperties: false } as const

const TermView = Type.Object(
  {
    code: Type.String(),
    label: Type.String(),
    matched: Type.Union([Type.String(), Type.Null()], { description: 'the other name that matched' }),
    parents: Type.Array(Type.String()),
  },
  { ...strict, title: 'Term' },
)

/** `GET /v1/vocabulary/{kind}`: the codes a question may use, by any of their names. */
export function vocabularyRoutes(app: App): void {
  app.get(
    '/v1/vocabulary/:kind',
    {
      schema: {
        tags: ['reading'],
        summary: 'Codes of cancers, biomarkers, therapies and settings, by any of their names',
        params: Type.Object({ kind: Type.Enum(VOCABULARY_KINDS) }, strict),
        querystring: Type.Object(
          {
            q: Type.Optional(
              Type.String({ maxLength: 100, description: 'beginning of a name or code; all without it' }),
            ),
            lang: Type.Optional(Language),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, default: DEFAULT_LIMIT })),
          },
          strict,
        ),
        response: { 200: Type.Object({ terms: Type.Array(TermView) }, strict), ...problems(400, 429, 503) },
      },
    },
    async ({ params: { kind }, query: { q = '', lang = 'fr', limit = DEFAULT_LIMIT } }) => ({
      terms: searchTerms(kind, q, { lang, limit }),
    }),
  )
}

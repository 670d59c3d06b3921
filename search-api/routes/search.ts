import { Answer } from '../../domain/answer.ts'
import { Question } from '../../domain/question.ts'
import { createResultWriter } from '../../ranking/result-text.ts'
import { createAnswerWriter } from '../answer-body.ts'
import { ask } from '../ask.ts'
import type { App, Deps } from '../deps.ts'
import { problems } from '../openapi.ts'

/** `POST /v1/search`: ranked, explained trials. A POST so that health terms stay out of URLs and access logs. */
export function searchRoutes(app: App, deps: Deps): void {
  const written = createAnswerWriter()
  app.post<{ Body: Question; Reply: Buffer }>(
    '/v1/search',
    {
      schema: {
        tags: ['search'],
        summary: 'Trials that suit a person, nearest open site first among equals',
        body: Question,
        response: { 200: Answer, ...problems(400, 413, 415, 429, 503) },
      },
    },
    async ({ body }, reply) => {
      const answer = written(await ask(createResultWriter(), deps, body))
      return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(answer)
    },
  )
}

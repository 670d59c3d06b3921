import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Answer } from '../../domain/answer.ts'
import { Question } from '../../domain/question.ts'
import { buildApp } from '../../search-api/app.ts'
import type { App } from '../../search-api/deps.ts'
import { EXAMPLES } from '../../search-api/examples.ts'
import { Problem } from '../../search-api/problem.ts'
import { CriterionView, SiteView } from '../../search-api/trial-view.ts'
import { fakeDeps } from './fakes.ts'

interface Operation {
  summary?: string
  tags?: string[]
  responses: Record<string, { description?: string; content?: Record<string, { schema: { $ref?: string } }> }>
}

let app: App
let document: {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { examples?: unknown[] }> }
}

beforeAll(async () => {
  app = await buildApp((await fakeDeps()).deps)
  document = (await app.inject('/openapi.json')).json()
})
afterAll(() => app.close())

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 and has every route of the contract', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).sort()).toEqual([
      '/healthz',
      '/readyz',
      '/v1/changes',
      '/v1/places',
      '/v1/search',
      '/v1/sources',
      '/v1/trials/{id}',
      '/v1/trials/{id}/sites',
      '/v1/vocabulary/{kind}',
    ])
  })

  test('each operation says what it does and how it fails, with problem documents', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const operation of Object.values(operations)) {
        expect(operation.summary, path).toBeTruthy()
        expect(operation.tags, path).toHaveLength(1)
        if (path.startsWith('/v1'))
          expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(['200', '429', '500', '503']))
        for (const [status, { content }] of Object.entries(operation.responses)) {
          if (Number(status) < 400 || path === '/readyz') continue
          expect(content?.['application/problem+json']?.schema.$ref, `${path} ${status}`).toBe(
            '#/components/schemas/Problem',
          )
        }
      }
    }
  })

  test('every reference leads somewhere, and every named schema but the trial has an example', () => {
    const { schemas } = document.components
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to)
    for (const to of references) expect(Object.keys(schemas)).toContain(to.replace('#/components/schemas/', ''))
    const without = Object.entries(schemas).flatMap(([name, { examples }]) => (examples ? [] : [name]))
    expect(without).toEqual(['Trial'])
  })

  test('the examples are valid', () => {
    const { Question: question, Answer: answer, Problem: problem, Criterion: criterion, Site: site } = EXAMPLES
    expect(Value.Errors(Question, question)).toEqual([])
    expect(Value.Errors(Answer, answer)).toEqual([])
    expect(Value.Errors(Problem, problem)).toEqual([])
    expect(Value.Errors(CriterionView, criterion)).toEqual([])
    expect(Value.Errors(SiteView, site)).toEqual([])
  })

  test('the documentation page reads the same document', async () => {
    expect((await app.inject('/docs/json')).json()).toEqual(document)
  })
})

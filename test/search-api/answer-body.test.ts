import { expect, it } from 'vitest'
import { createAnswerWriter, type WrittenAnswer } from '../../search-api/answer-body.ts'

const answer = (results: string[]): WrittenAnswer => ({
  total: results.length,
  tiers: { A: results.length, B: 0, C: 0 },
  results,
  facets: { phases: {}, departements: { '69': 1 } },
  nextCursor: null,
  rankingVersion: '1',
  dataVersion: '7.2026-11-22',
  tookMs: 1.5,
  warnings: [{ code: 'invented', text: 'Réponse inventée' }],
})

it('writes each answer whole, long after short and short after long, and keeps those it gave', () => {
  const write = createAnswerWriter()
  const sizes = [0, 1, 3, 400, 2, 0, 5000, 1]
  const written = sizes.map((size) => {
    const results = Array.from({ length: size }, (_, at) => JSON.stringify({ at, title: '« essai » 🙂 œ "x"' }))
    return { results, bytes: write(answer(results)) }
  })
  for (const { results, bytes } of written)
    expect(JSON.parse(bytes.toString())).toEqual({
      ...answer([]),
      ...answer(results),
      results: results.map((one) => JSON.parse(one)),
    })
})

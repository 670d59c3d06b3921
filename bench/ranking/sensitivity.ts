import type { Question } from '../../domain/question.ts'
import type { Corpus } from '../../ranking/corpus.ts'
import { rank } from '../../ranking/rank.ts'
import type { Weights } from '../../ranking/weights.ts'
import type { Person } from './person.ts'

interface Asked {
  person: Person
  question: Question
}

/** How far the order moves when one weight moves by half, for each weight. */
export function sensitivityOf(
  corpus: Corpus,
  asked: readonly Asked[],
  weights: Weights,
): Record<string, string | number>[] {
  const orders = (by: Weights) =>
    asked.map(({ person, question }) =>
      rank(
        corpus,
        question,
        { today: '2026-11-21', point: person.point, textScores: null, dataVersion: '1', lang: 'fr' },
        by,
      ).results.map(({ id }) => id),
    )
  const base = orders(weights)
  const groups = Object.entries(weights) as [keyof Weights, Record<string, number>][]
  return groups.flatMap(([group, members]) =>
    Object.entries(members).map(([name, value]) => {
      const moved = [1.5, 0.5].map((factor) => orders({ ...weights, [group]: { ...members, [name]: value * factor } }))
      const lowest = (of: (before: string[], after: string[]) => number) =>
        Math.min(...moved.map((list) => mean(list.map((after, at) => of(base[at] ?? [], after)))))
      return {
        weight: `${group}.${name}`,
        value,
        'Kendall τ': Number(lowest(kendall).toFixed(3)),
        'top ten in common': Number(lowest(overlap).toFixed(3)),
      }
    }),
  )
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function kendall(before: string[], after: string[]): number {
  const place = new Map(after.map((id, at) => [id, at]))
  const places = before.map((id) => place.get(id) ?? 0)
  const pairs = (places.length * (places.length - 1)) / 2
  if (pairs === 0) return 1
  let kept = 0
  for (let one = 0; one < places.length; one++)
    for (let other = one + 1; other < places.length; other++) kept += (places[one] ?? 0) < (places[other] ?? 0) ? 1 : -1
  return kept / pairs
}

function overlap(before: string[], after: string[]): number {
  const top = before.slice(0, 10)
  return top.length === 0 ? 1 : top.filter((id) => after.slice(0, 10).includes(id)).length / top.length
}

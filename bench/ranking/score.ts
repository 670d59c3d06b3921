import type { Way } from './baselines.ts'
import type { Judged } from './judge.ts'
import type { Asked, Labelled } from './labelled.ts'

/** Figures of one way to answer, over all questions; `miss` is told of each leak and of each fitting trial left out. */
export function score(
  way: Way,
  questions: readonly Asked[],
  { raw }: Labelled,
  miss: (line: string) => void = () => {},
): Record<string, number> {
  const sums = { p5: 0, p10: 0, leak: 0, ndcg: 0, found: 0, wanted: 0, fitsInA: 0, inA: 0, fits10: 0, lists: 0 }
  for (const one of questions) {
    const { ids, tierA } = way(one)
    const share = (count: number, test: (id: string) => boolean) => {
      const top = ids.slice(0, count)
      return top.length === 0 ? 0 : top.filter(test).length / top.length
    }
    if (ids.length > 0) sums.lists++
    sums.p5 += share(5, (id) => one.inFull.get(id) !== 'contradicted')
    sums.p10 += share(10, (id) => one.inFull.get(id) !== 'contradicted')
    sums.leak += share(10, (id) => one.byTold.get(id) === 'contradicted')
    sums.fits10 += share(10, (id) => one.inFull.get(id) === 'fits')
    sums.ndcg += ndcg(ids, one.byTold, raw)
    const wanted = [...one.inFull].flatMap(([id, judged]) => (judged === 'fits' && raw.has(id) ? [id] : []))
    sums.wanted += Math.min(20, wanted.length)
    sums.found += wanted.filter((id) => ids.slice(0, 20).includes(id)).length
    sums.inA += tierA.length
    sums.fitsInA += tierA.filter((id) => one.inFull.get(id) === 'fits').length
    const asked = JSON.stringify(one.question)
    for (const id of ids.slice(0, 10))
      if (one.byTold.get(id) === 'contradicted') miss(`leak ${one.person.fits} ← ${id} ${asked}`)
    for (const id of wanted) if (!ids.includes(id)) miss(`missed ${one.person.fits} ← ${id} ${asked}`)
  }
  const mean = (sum: number, count = sums.lists) => Number((sum / Math.max(1, count)).toFixed(3))
  return {
    'P@5': mean(sums.p5),
    'P@10': mean(sums.p10),
    'fits@10': mean(sums.fits10),
    'leakage@10': mean(sums.leak),
    'nDCG@10': mean(sums.ndcg, questions.length),
    'recall@20': mean(sums.found, sums.wanted),
    'tier A fits': sums.inA === 0 ? Number.NaN : mean(sums.fitsInA, sums.inA),
  }
}

/** Gains: fits 2, open 1, contradicted 0, against the best order of all trials. */
function ndcg(ids: readonly string[], judged: ReadonlyMap<string, Judged>, raw: Labelled['raw']): number {
  const gain = { fits: 2, open: 1, contradicted: 0 }
  const dcg = (gains: number[]) => gains.slice(0, 10).reduce((sum, one, at) => sum + one / Math.log2(at + 2), 0)
  const ideal = dcg([...judged].flatMap(([id, one]) => (raw.has(id) ? [gain[one]] : [])).sort((a, b) => b - a))
  return ideal === 0 ? 1 : dcg(ids.map((id) => gain[judged.get(id) ?? 'contradicted'])) / ideal
}

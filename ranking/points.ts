import type { Points } from '../domain/answer.ts'
import type { Weights } from './weights.ts'

/** The parts of a score, each in 0..1; null leaves the part out. */
export interface Parts {
  clinical: number | null
  distance: number | null
  freshness: number
}

/** 2^(−max(0, d − plateau) / halving): 1 within the plateau, halved every `halvingKm` beyond. */
export function nearness(km: number, { distance: { plateauKm, halvingKm } }: Weights): number {
  return 2 ** (-Math.max(0, km - plateauKm) / halvingKm)
}

/** What each part is worth out of 100 once the parts that do not apply are left out. */
export function shares(asked: { clinical: boolean; distance: boolean }, { parts }: Weights) {
  const clinical = asked.clinical ? parts.clinical : 0
  const distance = asked.distance ? parts.distance : 0
  const scale = 100 / (clinical + distance + parts.freshness)
  return { clinical: clinical * scale, distance: distance * scale, freshness: parts.freshness * scale }
}

export type Shares = ReturnType<typeof shares>

/**
 * The score in tenths of a point, shared out so that the parts shown add up to the total shown: each part is rounded
 * down, then the tenths that are missing go to the parts that lost most.
 */
export function shownPoints({ clinical, distance, freshness }: Parts, share: Shares): Points {
  const exact = [(clinical ?? 0) * share.clinical, (distance ?? 0) * share.distance, freshness * share.freshness].map(
    (part) => part * 10,
  )
  const total = Math.round(exact.reduce((sum, part) => sum + part, 0))
  const tenths = exact.map(Math.floor)
  const byLoss = exact.map((_, at) => at).sort((a, b) => loss(exact, b) - loss(exact, a) || a - b)
  let missing = total - tenths.reduce((sum, part) => sum + part, 0)
  for (const at of byLoss) {
    if (missing <= 0) break
    tenths[at] = (tenths[at] ?? 0) + 1
    missing--
  }
  const [c = 0, d = 0, f = 0] = tenths
  return { clinical: c / 10, distance: distance === null ? null : d / 10, freshness: f / 10, total: total / 10 }
}

const loss = (exact: readonly number[], at: number): number => (exact[at] ?? 0) - Math.floor(exact[at] ?? 0)

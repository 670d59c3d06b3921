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
 * down, then the tenths that are missing go to the parts that lost most, the first of equals.
 */
export function shownPoints({ clinical, distance, freshness }: Parts, share: Shares): Points {
  const c = (clinical ?? 0) * share.clinical * 10
  const d = (distance ?? 0) * share.distance * 10
  const f = freshness * share.freshness * 10
  const [lostC, lostD, lostF] = [c - Math.floor(c), d - Math.floor(d), f - Math.floor(f)]
  const total = Math.round(c + d + f)
  const missing = total - Math.floor(c) - Math.floor(d) - Math.floor(f)
  const before = {
    c: Number(lostD > lostC) + Number(lostF > lostC),
    d: Number(lostC >= lostD) + Number(lostF > lostD),
    f: Number(lostC >= lostF) + Number(lostD >= lostF),
  }
  return {
    clinical: (Math.floor(c) + Number(before.c < missing)) / 10,
    distance: distance === null ? null : (Math.floor(d) + Number(before.d < missing)) / 10,
    freshness: (Math.floor(f) + Number(before.f < missing)) / 10,
    total: total / 10,
  }
}

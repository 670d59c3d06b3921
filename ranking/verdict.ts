import type { Verdict } from '../domain/answer.ts'
import type { Weights } from './weights.ts'

/** Verdicts as small numbers, so that a scan over all trials reads bytes. 0 means "not judged yet". */
export const MET = 1
export const BROAD = 2
export const NOT_RESTRICTED = 3
export const UNKNOWN = 4
export const CONTRADICTED = 5
/** The column does not concern this trial (nothing was left untold): neither shown nor counted. */
export const NOTHING_ASKED = 6
/** Another disease altogether: the trial is not a candidate, not even among the contradicted. */
export const ELSEWHERE = 7
export type Code =
  | typeof MET
  | typeof BROAD
  | typeof NOT_RESTRICTED
  | typeof UNKNOWN
  | typeof CONTRADICTED
  | typeof NOTHING_ASKED
  | typeof ELSEWHERE

/** A verdict and the positions, in the trial's criteria of that topic, of the statements that decided it. */
export interface Judgement {
  code: Code
  at: readonly number[]
}

/** The contract's word for a code; null for those that are never shown. */
export const VERDICT_OF: Record<Code, Verdict | null> = {
  [MET]: 'met',
  [BROAD]: 'met',
  [NOT_RESTRICTED]: 'not_restricted',
  [UNKNOWN]: 'unknown',
  [CONTRADICTED]: 'contradicted',
  [NOTHING_ASKED]: null,
  [ELSEWHERE]: null,
}

/** Code → worth in 0..1, as an array for the scan. */
export function valuesByCode({ values }: Weights): readonly number[] {
  return [0, values.met, values.broad, values.not_restricted, values.unknown, values.contradicted, 0, 0]
}

/** What a statement needs to be trusted or not. */
export interface Trust {
  confidence: number
  cohort: string | null
}

/** Below this confidence a statement opens a question and decides nothing (domain/criterion.ts). */
const SURE_FROM = 0.5

export const isSure = ({ confidence }: Trust): boolean => confidence >= SURE_FROM

/**
 * What one statement may say: an unsure one only `unknown`; one that holds for a single cohort never `contradicted`,
 * because another cohort may let the person in.
 */
export function temper(code: Code, trust: Trust): Code {
  if (code === NOT_RESTRICTED) return code
  if (!isSure(trust)) return UNKNOWN
  return code === CONTRADICTED && trust.cohort !== null ? UNKNOWN : code
}

/**
 * Two statements about the same thing: they agree, or it is to be checked. Silence (`NOT_RESTRICTED`) yields to any
 * other.
 */
export function agreed(one: Code, other: Code): Code {
  if (other === NOT_RESTRICTED || one === other) return one
  if (one === NOT_RESTRICTED) return other
  return one <= BROAD && other <= BROAD ? MET : UNKNOWN
}

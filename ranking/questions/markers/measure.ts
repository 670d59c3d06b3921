/** A value or a bound: `TPS 60%`, `TPS>=50%`, `CPS 12`, `IHC 2+`. */
interface Measure {
  /** Null when the text names no scale. */
  scale: string | null
  operator: '>=' | '>' | '<' | '<=' | '='
  value: number
}

/** Tumour proportion score and share of tumour cells are the same measure under two names. */
const SCALES: Record<string, string> = { TPS: 'TPS', TC: 'TPS', CPS: 'CPS', IC: 'IC', TAP: 'TAP', IHC: 'IHC' }
const SIGNS: Record<string, Measure['operator']> = { '≥': '>=', '>=': '>=', '>': '>', '<': '<', '<=': '<=', '≤': '<=' }

/** Read a value or bound; null when it has no number. The lowest is taken of alternatives (`IHC 3+ or IHC 2+`). */
export function readMeasure(text: string): Measure | null {
  const found = [
    ...text.matchAll(/(?:\b(TPS|TC|CPS|IC|TAP|IHC)\b)?\s*(≥|>=|≤|<=|>|<)?\s*(\d+(?:[.,]\d+)?)\s*(\+|%)?/gi),
  ]
  const all = found.map(
    ([, scale, sign, number = '0', unit]): Measure => ({
      scale: SCALES[scale?.toUpperCase() ?? ''] ?? (unit === '+' ? 'IHC' : null),
      operator: SIGNS[sign ?? ''] ?? '=',
      value: Number(number.replace(',', '.')),
    }),
  )
  return all.sort((a, b) => a.value - b.value)[0] ?? null
}

/**
 * Whether a measured value satisfies a bound: null when the two are on different scales or one cannot be read. A bound
 * without sign is a lower one: "TPS 50%", "IHC 2+".
 */
export function measureSatisfies(measured: string, bound: string): boolean | null {
  const [own, limit] = [readMeasure(measured), readMeasure(bound)]
  if (own === null || limit === null) return null
  if (own.scale !== limit.scale && own.scale !== null && limit.scale !== null) return null
  if (limit.operator === '<') return own.value < limit.value
  if (limit.operator === '<=') return own.value <= limit.value
  return limit.operator === '>' ? own.value > limit.value : own.value >= limit.value
}

/** PD-L1 "positive" is at least one per cent (or a CPS of one); "high" is a TPS of at least 50 %. */
const FLOOR: Record<string, number> = { positive: 1, expression: 1, overexpression: 1, high: 50 }

/** Whether a word without value ("positive", "high") already satisfies a bound; null when it may. */
export function wordSatisfies(word: string, bound: string): boolean | null {
  const limit = readMeasure(bound)
  const floor = FLOOR[word]
  if (limit === null || floor === undefined || limit.operator.startsWith('<')) return null
  if (limit.scale === 'IHC') return limit.value <= 2 ? true : null
  if (word === 'high' && limit.scale !== null && limit.scale !== 'TPS') return null
  return limit.value <= floor ? true : null
}

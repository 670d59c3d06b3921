const ROMAN = ['0', 'I', 'II', 'III', 'IV'] as const
const LETTERS: Record<(typeof ROMAN)[number], readonly string[]> = {
  '0': ['', 'a', 'is'],
  I: ['', 'A', 'A1', 'A2', 'A3', 'B', 'B1', 'B2', 'B3', 'C', 'E'],
  II: ['', 'A', 'A1', 'A2', 'B', 'C', 'E'],
  III: ['', 'A', 'A1', 'A2', 'B', 'C', 'C1', 'C2', 'D', 'E'],
  IV: ['', 'A', 'B', 'C', 'D', 'S', 'M'],
}

/** Stage numerals in use by AJCC, FIGO, Ann Arbor and INSS, in order of gravity: 0, I, IA … IVB. */
export const STAGE_NUMERALS: readonly string[] = ROMAN.flatMap((roman) =>
  LETTERS[roman].map((letters) => (letters === '' || roman !== '0' ? `${roman}${letters}` : `0${letters}`)),
)
const ORDER = new Map(STAGE_NUMERALS.map((numeral, order) => [numeral, order]))

/**
 * A stage numeral in the one way we write it (`IIIB`), from `IIIb`, `3B`, `III-B`, `III B`; null for what is not one.
 */
export function normaliseStageNumeral(text: string): string | null {
  const match = /^(0|IV|I{1,3}|[1-4])[\s-]?(is|[A-EMS][1-3]?)?$/i.exec(text.trim())
  if (!match?.[1]) return null
  const roman = ROMAN[Number(match[1])] ?? match[1].toUpperCase()
  const letters = roman === '0' ? (match[2] ?? '').toLowerCase() : (match[2] ?? '').toUpperCase()
  const numeral = `${roman}${letters}`
  return ORDER.has(numeral) ? numeral : null
}

const ANCESTORS = new Map(
  STAGE_NUMERALS.map((numeral): [string, readonly string[]] => {
    const [, roman = '', letter = '', digit = ''] = /^(0|IV|I{1,3})(is|[A-Za-z])?(\d)?$/.exec(numeral) ?? []
    return [numeral, [...new Set([`${roman}${letter}${digit}`, `${roman}${letter}`, roman])]]
  }),
)
const NONE: readonly string[] = []

/** The wider numerals of a numeral, itself first: IIIA1 → IIIA1, IIIA, III. Empty for what is not one. */
export function numeralAncestors(numeral: string): readonly string[] {
  return ANCESTORS.get(numeral) ?? NONE
}

/**
 * The numerals of a range as criteria write it ("stage IIIB to IV"): whole numerals where all of it is in the range,
 * else its lettered parts. Empty if an end is not a numeral or the order is wrong.
 */
export function stageRange(from: string, to: string): readonly string[] {
  const [first, last] = [ORDER.get(from), ORDER.get(to)]
  if (first === undefined || last === undefined || first > last) return []
  const wholeOfLast = numeralAncestors(to).at(-1) ?? to
  const isTaken = (whole: string) => (ORDER.get(whole) ?? -1) >= first && (whole === to || whole !== wholeOfLast)
  return STAGE_NUMERALS.filter((numeral, order) => {
    if (order < first || order > last) return false
    const whole = numeralAncestors(numeral).at(-1) ?? numeral
    if (numeral === whole) return isTaken(whole)
    return numeral === from || numeral === to || (/^I+V?[ABCD]$/.test(numeral) && !isTaken(whole))
  })
}

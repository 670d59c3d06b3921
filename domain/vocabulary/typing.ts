/** Shortest typed words in which one, and two, slips of the keyboard are forgiven. */
const ONE_SLIP_FROM = 5
const TWO_SLIPS_FROM = 9

/** Number of slips forgiven in a typed word of so many letters. */
export function slipsForgiven(length: number): number {
  return length >= TWO_SLIPS_FROM ? 2 : length >= ONE_SLIP_FROM ? 1 : 0
}

/**
 * Whether a typed word is the beginning of `word` but for the slips forgiven: a letter wrong, missing, too many, or two
 * neighbours swapped (optimal string alignment). The first letter must be right. Both in folded form.
 */
export function beginsNearly(word: string, typed: string): boolean {
  const slips = slipsForgiven(typed.length)
  if (slips === 0 || word[0] !== typed[0] || word.length < typed.length - slips) return false
  const width = Math.min(word.length, typed.length + slips)
  let beforeLast: number[] = []
  let last = Array.from({ length: width + 1 }, (_, at) => at)
  for (let row = 1; row <= typed.length; row++) {
    const current = [row]
    for (let column = 1; column <= width; column++) {
      const same = typed[row - 1] === word[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      current.push(cost)
    }
    if (Math.min(...current) > slips) return false
    beforeLast = last
    last = current
  }
  return Math.min(...last) <= slips
}

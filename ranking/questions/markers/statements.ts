import type { CriterionOf } from '../../../domain/criterion.ts'
import { ints, shorts } from '../../columns.ts'
import { isSure } from '../../verdict.ts'
import { rememberLineage } from './lineages.ts'
import { BITS } from './marks.ts'
import { canonical, type Said, usualAlteration } from './told.ts'
import { genesIn, genesOfTold, knownOf, mayBearOn, OPEN } from './truth.ts'

type Marker = CriterionOf<'biomarker'>

/**
 * What was told against distinct statements: their truth (`NOT_LOOKED` until looked at) and the answers that bear on
 * them. Good until the next question.
 */
export interface Looked {
  truth: Int16Array
  low: Int32Array
  high: Int32Array
  look(number: number): void
}

/** Not a truth: nobody has asked yet. */
export const NOT_LOOKED = 2

/** Every distinct statement on a marker under a number; a question looks at each at most once. */
export function createStatements() {
  const numbers = new Map<string, number>()
  const statements: Said[] = []
  const truths = shorts()
  const [lows, highs] = [ints(), ints()]

  function numberOf({ gene, alteration, state, threshold }: Marker): number {
    const said = canonical(gene, alteration, state, threshold)
    const key = JSON.stringify(said)
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = statements.push(said) - 1
    for (const one of [said.gene, ...genesIn(said.gene)])
      for (const name of [said.alteration ?? usualAlteration(one), usualAlteration(one)]) rememberLineage(one, name)
    numbers.set(key, number)
    for (const column of [truths, lows, highs]) column.reserve(number + 1)
    return number
  }

  return {
    numberOf,
    signed: (marker: Marker): number => (isSure(marker) ? numberOf(marker) : -1 - numberOf(marker)),
    against(told: readonly Said[]): Looked {
      const genes = genesOfTold(told)
      const truth = truths.data.fill(NOT_LOOKED, 0, statements.length)
      const low = lows.data.fill(0, 0, statements.length)
      const high = highs.data.fill(0, 0, statements.length)
      function look(number: number): void {
        const statement = statements[number] as Said
        truth[number] = OPEN
        if (!mayBearOn(statement.gene, genes)) return
        const found = knownOf(statement, told)
        truth[number] = found.truth
        for (const answer of found.by) {
          if (answer < BITS) low[number] = (low[number] as number) | (1 << answer)
          else high[number] = (high[number] as number) | (1 << (answer - BITS))
        }
      }
      return { truth, low, high, look }
    },
  }
}

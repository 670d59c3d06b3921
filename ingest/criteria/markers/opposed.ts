import type { Atom } from './grammar.ts'
import { isOneVariant } from './kinds.ts'

/** "BRAF mutated or wild-type", "HER2-positive and HER2-negative": whoever has it or not may enter. */
export function withoutBothWays(atoms: readonly Atom[]): Atom[] {
  const opposed = new Set<Atom>()
  for (const [nth, atom] of atoms.entries()) {
    const next = atoms[nth + 1]
    if (next && isOpposite(atom, next)) opposed.add(atom).add(next)
  }
  const denied = atoms.filter((atom) => atom.denied)
  for (const atom of denied.length < atoms.length ? denied : []) {
    const other = atoms.find((one) => isDenialOf(atom, one))
    if (other) opposed.add(atom).add(other)
  }
  return opposed.size === 0 ? [...atoms] : atoms.filter((atom) => !opposed.has(atom))
}

const DEFINES = /^[^.;]{0,50}\b(?:defined|diagnosed|meaning|definie?s?)\b/

/**
 * "HER2-negative is defined as IHC 0, or 2+ without amplification": what follows tells how it is found, and asks for no
 * more.
 */
export function withoutDefinitions(text: string, atoms: readonly Atom[]): Atom[] {
  const defined = atoms.find(
    ({ alteration, end }) => alteration.sign === '-' && DEFINES.test(text.slice(end, end + 80)),
  )
  if (!defined) return [...atoms]
  return atoms.filter(
    ({ genes, start }) => start <= defined.start || !genes.every((gene) => defined.genes.includes(gene)),
  )
}

/** "Without T315I, and those with T315I". */
const isDenialOf = (a: Atom, b: Atom) =>
  a.denied !== b.denied &&
  !a.excepted &&
  !b.excepted &&
  a.genes[0] === b.genes[0] &&
  a.alteration.code === b.alteration.code &&
  a.alteration.threshold === b.alteration.threshold

function isOpposite(a: Atom, b: Atom): boolean {
  if (a.genes[0] !== b.genes[0] || a.denied || b.denied || a.excepted || b.excepted) return false
  const [one, other] = [a.alteration, b.alteration]
  if (one.sign === other.sign || one.threshold || other.threshold) return false
  if (isOneVariant(one.code) || isOneVariant(other.code)) return false
  if (b.join === 'or' || b.join === 'slash' || b.join === 'comma') return true
  return a.marker !== b.marker && (b.join === 'and' || one.code === 'wild_type' || other.code === 'wild_type')
}

import type { Finding } from '../evidence.ts'

/** Several bounds (by cohort, by age) are alternatives: the widest lets a person in; an exclusion narrows it. */
export function joinAlternatives(findings: Finding[]): Finding[] {
  const joined: Finding[] = []
  for (const scale of ['ECOG', 'Karnofsky', 'Lansky'] as const) {
    const own = findings.filter(({ fact }) => fact.kind === 'performance' && fact.scale === scale)
    const inside = own.filter(({ section }) => section !== 'exclusion')
    const pool = inside.length > 0 ? inside : own
    const [first, ...others] = pool
    if (!first) continue
    const widest = others.reduce((best, other) => (wider(other, best) ? other : best), first)
    joined.push(scale === 'ECOG' && inside.length > 0 ? withLeastMinimum(widest, inside) : widest)
  }
  return joined
}

/** "0–1, or 2 with …": whoever is at 0 enters too. */
function withLeastMinimum(widest: Finding, all: readonly Finding[]): Finding {
  if (widest.fact.kind !== 'performance') return widest
  const isOpen = all.some(({ fact }) => fact.kind === 'performance' && fact.min === null)
  return isOpen ? { ...widest, fact: { ...widest.fact, min: null } } : widest
}

function wider(a: Finding, b: Finding): boolean {
  if (a.fact.kind !== 'performance' || b.fact.kind !== 'performance') return false
  if (a.fact.scale === 'ECOG') return (a.fact.max ?? 4) > (b.fact.max ?? 4)
  return (a.fact.min ?? 0) < (b.fact.min ?? 0)
}

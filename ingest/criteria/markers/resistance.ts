import type { Token } from './grammar.ts'
import type { MarkerName } from './names.ts'

/** The gene whose mutations make inhibitors fail, by the marker that names the disease (ELN 2020, Leukemia 34:966). */
const TARGETS: Record<string, string> = { PHILADELPHIA: 'ABL1' }

/**
 * "BCR-ABL-positive disease with a TKI resistance mutation": the mutation is one of the kinase that the disease is
 * treated by. Where a sentence names such a disease and a resistance mutation without its gene, the gene is put before
 * it.
 */
export function withResistanceGene(tokens: Token[]): Token[] {
  const target = targetOf(tokens)
  if (target === null) return tokens
  return tokens.flatMap((token, at): Token[] => {
    if (token.type === 'therapy' && isResistance(tokens[at + 1])) return []
    const before = tokens[tokens[at - 1]?.type === 'therapy' ? at - 2 : at - 1]
    if (!isResistance(token) || (before?.type === 'marker' && !namesDisease(before.marker))) return [token]
    const { start } = token
    const marker = { genes: [target], alteration: null, unsure: false, known: true }
    return [{ type: 'marker', marker, start, end: start }, token]
  })
}

const isResistance = (token: Token | undefined) =>
  token?.type === 'alteration' && token.alteration.code === 'resistance_mutation'

const namesDisease = ({ genes }: MarkerName) => genes.some((gene) => TARGETS[gene] !== undefined)

function targetOf(tokens: readonly Token[]): string | null {
  if (!tokens.some(isResistance)) return null
  const genes = tokens.flatMap((token) => (token.type === 'marker' ? token.marker.genes : []))
  if (genes.some((gene) => Object.values(TARGETS).includes(gene))) return null
  return genes.flatMap((gene) => TARGETS[gene] ?? [])[0] ?? null
}

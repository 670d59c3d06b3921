import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { readKind } from './input.ts'

/** Required groups as `A & B | C`, then the excluded ones as `- D`. */
export function biomarkers(input: CriteriaInput): string {
  const all = readKind(input, 'biomarker')
  const groups = new Map<number, string[]>()
  for (const { polarity, group, gene, alteration, threshold } of all) {
    if (polarity !== 'required' || group === null) continue
    const words = `${gene} ${alteration}${threshold ? ` ${threshold}` : ''}`
    groups.set(group, [...(groups.get(group) ?? []), words])
  }
  const required = [...groups.values()].map((group) => group.sort().join(' & ')).sort()
  const excluded = all.filter(({ polarity }) => polarity === 'excluded').map((one) => `- ${one.gene} ${one.alteration}`)
  return [required.join(' | '), ...excluded.sort()].filter((part) => part !== '').join(' ')
}

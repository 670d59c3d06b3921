import type { Hit } from './hit.ts'

const GROUPS: Record<string, string> = { low: 'low_risk', intermediate: 'intermediate_risk', high: 'high_risk' }
const GROUP = '(?:(?:very |unfavou?rable |favou?rable )?(?:low|intermediate|high))'
/** "Low, intermediate or high risk", "intermediate/high-risk": one word "risk" for several groups. */
const LIST = new RegExp(
  `\\b${GROUP}(?:-?(?:,? (?:or|and|to|ou|et) |[,/-] ?)${GROUP}){1,4}[ -]risk\\b(?! (?:of|for)\\b)`,
  'g',
)
const EACH = /low|intermediate|high/g

/** Risk groups of lists that say "risk" once, which the lexicon reads of the last group only. */
export function riskGroupsIn(folded: string): Hit[] {
  const hits: Hit[] = []
  // Most sentences name no risk, and `matchAll` copies its expression each time.
  if (!folded.includes('risk')) return hits
  for (const { 0: list, index } of folded.matchAll(LIST))
    for (const [group] of list.matchAll(EACH))
      hits.push({ code: GROUPS[group] ?? '', from: index, to: index + list.length })
  return hits
}

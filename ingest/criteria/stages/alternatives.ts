import type { Hit } from './hit.ts'

/** What stands between two words of one list. */
const GAP = /^\)?,? ?(?:and\/or |or |ou |et\/ou |\/ ?)?(?:the )?(?:locally |locoregionally |loco-regionally |a )?\(?$/
const OR = /\b(?:or|ou)\b|\//

/** Consecutive hits of a list that ends in "or": "recurrent, locally advanced or metastatic". */
export function listsWithOr(hits: readonly Hit[], folded: string): Hit[][] {
  const sorted = [...hits].sort((a, b) => a.from - b.from || a.to - b.to)
  const lists: Hit[][] = []
  let list: Hit[] = []
  let lastGap = ''
  const close = () => {
    if (OR.test(lastGap)) lists.push(list)
    list = []
    lastGap = ''
  }
  for (const hit of sorted) {
    const previous = list.at(-1)
    if (previous && hit.from >= previous.to) {
      const gap = folded.slice(previous.to, hit.from)
      if (gap === '' || gap === ' ' || !GAP.test(gap)) close()
      else lastGap = gap
    }
    list.push(hit)
  }
  close()
  return lists
}

import type { Token } from './grammar.ts'
import { type Marked, type Mention, onlyBetween } from './mentions.ts'

/** Mentions that name a treatment: "EGFR or ALK inhibitor", "anti-HER2", "therapy targeting KRAS". */
export function treatmentMentions({ tokens, mentions }: Marked): Set<number> {
  const therapy = new Set<number>()
  for (let at = mentions.length - 1; at >= 0; at--) {
    const mention = mentions[at]
    if (!mention) continue
    let index = mention.last + 1
    while (['close', 'open'].includes(tokens[index]?.type ?? '')) index++
    let next = tokens[index]
    let altered = 0
    while (next?.type === 'alteration' && altered < 3) {
      index++
      altered++
      next = tokens[index]
    }
    if (isTherapy(tokens, index)) therapy.add(at)
    else {
      const following = mentions[at + 1]
      if (
        following &&
        therapy.has(at + 1) &&
        onlyBetween(tokens, mention.last, following.index, ['join', 'open', 'close', 'anti'])
      )
        therapy.add(at)
    }
  }
  for (const [at, mention] of mentions.entries()) {
    let index = mention.index - 1
    while (['filler', 'open', 'such'].includes(tokens[index]?.type ?? '') && mention.index - index < 4) index--
    const before = tokens[index]
    if (
      before?.type === 'anti' ||
      (before?.type === 'therapy' &&
        index >= mention.index - 3 &&
        mention.marker.alteration === null &&
        !followsAlteration(tokens, mention))
    )
      therapy.add(at)
    const earlier = mentions[at - 1]
    if (
      earlier &&
      therapy.has(at - 1) &&
      onlyBetween(tokens, earlier.last, mention.index, ['join', 'open', 'filler', 'anti']) &&
      !followsAlteration(tokens, mention) &&
      mention.index - earlier.last < 4
    )
      therapy.add(at)
  }
  return therapy
}

/** "inhibitor", "tyrosine kinase inhibitor", "selective receptor blocker". */
function isTherapy(tokens: readonly Token[], from: number): boolean {
  let index = from
  while (tokens[index]?.ofTreatment && index - from < 4) index++
  return tokens[index]?.type === 'therapy'
}

function followsAlteration(tokens: readonly Token[], mention: Mention): boolean {
  const next = tokens[mention.last + 1]
  return next?.type === 'alteration' || next?.type === 'threshold'
}

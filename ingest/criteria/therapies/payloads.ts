import type { Mention } from './names.ts'

/** A conjugate is known by what it carries: "an ADC with a topoisomerase I inhibitor payload". */
export function withPayloads(folded: string, mentions: readonly Mention[]): Mention[] {
  const carriers = mentions.filter(({ code }) => code === 'antibody-drug conjugate')
  const payloads = mentions.filter(({ code }) => code.startsWith('topoisomerase I '))
  const carried = payloads.flatMap((payload) => {
    const carrier = carriers.find(
      ({ end }) =>
        end <= payload.start &&
        payload.start - end < 90 &&
        /\b(?:with|contain\w*|carr(?:y|ying|ies)|consist\w*|compris\w*|load\w*|based|link\w*|utili[sz]ing|includ\w+|payload|contenant|avec)\b/.test(
          folded.slice(end, payload.start),
        ),
    )
    return carrier ? [{ payload, carrier }] : []
  })
  if (carried.length === 0) return [...mentions]
  return mentions.flatMap((mention) => {
    if (carried.some(({ payload }) => payload === mention)) return []
    const own = carried.find(({ carrier }) => carrier === mention)
    return own ? [{ code: 'topoisomerase I conjugate', start: mention.start, end: own.payload.end }] : [mention]
  })
}

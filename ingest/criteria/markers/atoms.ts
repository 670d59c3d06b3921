import type { Atom, Token } from './grammar.ts'
import { withBareMembers, withoutPathways } from './lists.ts'
import { markMentions } from './mentions.ts'
import { sayings } from './said.ts'
import { joined } from './scope.ts'
import { treatmentMentions } from './treatments.ts'

/** Reads what is said of each marker of a sentence. Mentions in names of treatments or tests are left out. */
export function readAtoms(tokens: readonly Token[]): Atom[] {
  const marked = markMentions(tokens)
  const treatments = treatmentMentions(marked)
  const said = sayings(marked, treatments)
  const atoms = marked.mentions.flatMap((mention, marker) =>
    (said[marker] ?? []).map(({ alteration, from, to }, nth): Atom => {
      const first = tokens[Math.min(mention.index, from)]
      const last = tokens[Math.max(mention.last, to)]
      return {
        genes: mention.marker.genes,
        alteration,
        start: first?.start ?? 0,
        end: last?.end ?? 0,
        denied: false,
        excepted: false,
        join: nth > 0 ? 'or' : 'apart',
        marker,
      }
    }),
  )
  return joined(marked, withoutPathways(marked, withBareMembers(marked, treatments, atoms)))
}

import { type OrList, orListOf } from '../or-lists.ts'
import type { Document, Sentence } from '../sentences.ts'
import type { Bounds, Stated } from './bounds.ts'
import { DISEASE_SHORT } from './words.ts'

/** "Ovarian cancer: …", "NSCLC - …", and a lead that is no more than such a name: of people with one tumour. */
const HEAD = /^[^:;.]{3,120}?(?::| - |$)/
const TUMOUR = new RegExp(
  `\\b(?:[a-z-]*(?:cancers?|carcinomas?|lymphomas?|leuk\\w+|myelomas?|melanomas?|sarcomas?|gliomas?|mesotheliomas?|blastomas?|tumou?rs?)|${DISEASE_SHORT})\\b`,
)
const NO_HEAD =
  /\b(?:criteria|prior|previous|therap\w+|treatments?|lines?|history|status|must|should|inclusion|note|diagnos\w+|confirmed|following|requirements?)\b/

/**
 * What is stated, with items of an "or" list joined to what they have in common: nothing, when one of them states
 * nothing, but one line at least where all are of people treated before. `heads`: the tumour that a sentence is limited
 * to, where there are several such.
 */
export function withAlternatives(
  document: Document,
  all: readonly Stated[],
  treatedBefore: boolean,
): {
  joined: Stated[]
  heads: ReadonlyMap<Stated, string>
} {
  const lists = new Map<string, { list: OrList; items: Stated[] }>()
  const joined: Stated[] = []
  const heads = new Map<Stated, string>()
  for (const one of all) {
    const list = one.kind === 'open' ? null : orListOf(document, one.sentence)
    if (list !== null) {
      const key = JSON.stringify(list)
      lists.set(key, { list, items: [...(lists.get(key)?.items ?? []), one] })
      continue
    }
    joined.push(one)
    const head = one.sentence.cohort === null ? headOf(document, one.sentence) : null
    if (head !== null) heads.set(one, head)
  }
  for (const { list, items } of lists.values()) {
    const sentences = items.map(({ sentence }) => sentence)
    const [first] = items
    if (!first) continue
    const bounds = widest(items.map((one) => one.bounds))
    if (isComplete(document, list, sentences)) joined.push({ ...first, bounds })
    else if (treatedBefore && first.kind === 'counted' && (bounds.min ?? 0) > 0)
      joined.push({ ...first, bounds: { ...bounds, min: 1, max: null } })
  }
  // One head alone is the disease of the trial.
  return { joined, heads: new Set(heads.values()).size > 1 ? heads : new Map() }
}

/** Whether every item of a list states something. */
function isComplete({ statements }: Document, list: OrList, stating: readonly Sentence[]): boolean {
  if ('pair' in list) return [list.pair, list.pair + 1].every((at) => stating.some(({ index }) => index === at))
  return statements.every(
    ({ parent }, statement) => parent !== list.lead || stating.some((one) => one.statement === statement),
  )
}

const widest = (all: readonly Bounds[]): Bounds => {
  const [mins, maxs] = [all.map(({ min }) => min), all.map(({ max }) => max)]
  const known = (bounds: readonly (number | null)[]) => bounds.filter((bound) => bound !== null)
  return {
    min: mins.includes(null) ? null : Math.min(...known(mins)),
    max: maxs.includes(null) ? null : Math.max(...known(maxs)),
    from: all[0]?.from ?? 0,
    to: all[0]?.to ?? 0,
  }
}

/** The head that limits a sentence to people with one tumour; null for everyone, or for a cohort. */
function headOf(document: Document, sentence: Sentence): string | null {
  const { lead } = sentence
  let first = sentence
  for (let at = sentence.index - 1; document.sentences[at]?.statement === sentence.statement; at--)
    first = document.sentences[at] ?? first
  const texts = lead && lead.text.length < 140 ? [first.text, lead.text] : [first.text]
  const heads = texts.flatMap((text) => HEAD.exec(text)?.[0] ?? [])
  return heads.find((head) => TUMOUR.test(head) && !NO_HEAD.test(head)) ?? null
}

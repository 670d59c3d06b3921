import type { CriterionVerdict } from '../domain/answer.ts'
import type { Criterion } from '../domain/criterion.ts'
import type { Language, Question } from '../domain/question.ts'
import { REGISTRIES } from '../domain/registry.ts'
import type { Card } from './card.ts'
import type { Scan } from './scan.ts'
import { BROAD, type Code, MET, VERDICT_OF } from './verdict.ts'
import type { Words } from './words.ts'

/** The verdicts of one result, question by question, with the words they were read from. */
export function verdictsOf(
  card: Card,
  scan: Scan,
  row: number,
  { question, lang }: { question: Question; lang: Language },
): CriterionVerdict[] {
  const found: CriterionVerdict[] = []
  const add = (name: string, code: Code, statement: Criterion | null, words: Words) => {
    const verdict = VERDICT_OF[code]
    if (verdict === null) return
    found.push({
      question: name,
      verdict,
      broad: code === BROAD,
      quote: statement?.quote ?? null,
      source: code === MET || statement !== null ? sourceOf(card) : null,
      text: `${words[lang]}${OUTCOME[code][lang]}`,
    })
  }
  const condition = scan.verdictOfCondition(scan.slot[row] as number)
  if (condition !== null && question.condition !== undefined)
    add(`condition:${question.condition}`, condition, null, { fr: question.condition, en: question.condition })
  for (const tally of scan.tallies) {
    const { judgements, statements } = tally.explain(card)
    judgements.forEach(({ code, at }, column) => {
      const asked = tally.columns[column]
      if (!asked) return
      if (!asked.untold || !tally.untold) {
        add(asked.question, code, statements[at[0] ?? -1] ?? null, asked.name)
        return
      }
      const lines = new Set<string>()
      for (const statement of at.flatMap((position) => statements[position] ?? [])) {
        const { question: name, name: words } = tally.untold(statement)
        if (!lines.has(name)) add(name, code, statement, words)
        lines.add(name)
      }
    })
  }
  if (scan.textAsked) add('text', MET, null, { fr: 'texte libre', en: 'free text' })
  return found
}

/** How a verdict reads after the name of its question. */
const OUTCOME: Record<Code, Words> = {
  1: { fr: ' : compatible', en: ': compatible' },
  2: {
    fr: ' : compatible (l’essai prend une famille plus large)',
    en: ': compatible (the trial takes a wider family)',
  },
  3: { fr: ' : l’essai ne précise rien', en: ': the trial says nothing' },
  4: { fr: ' : à vérifier', en: ': to be checked' },
  5: { fr: ' : incompatible', en: ': not compatible' },
  6: { fr: '', en: '' },
  7: { fr: '', en: '' },
}

/** The record the criteria were read from. */
function sourceOf(card: Card): CriterionVerdict['source'] {
  const [registry, id] = (card.provenance.criteria ?? '').split(/:(.*)/)
  const known = REGISTRIES.find((name) => name === registry)
  if (known !== undefined && id) return { registry: known, id }
  const [first] = card.sources
  return first ? { registry: first.registry, id: first.registryId } : null
}

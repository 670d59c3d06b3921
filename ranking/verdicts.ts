import type { CriterionVerdict } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import type { Card } from './card.ts'
import { type Corpus, FACTS, FIELDS } from './corpus.ts'
import type { Line } from './lines.ts'
import type { Scan } from './scan.ts'
import { BROAD, type Code, MET, NOT_RESTRICTED, VERDICT_OF } from './verdict.ts'
import type { Words } from './words.ts'

/** The lines of one result, question by question. */
export function linesOf(corpus: Corpus, card: Card, scan: Scan, slot: number, question: Question): Line[] {
  const lines: Line[] = []
  const condition = scan.verdictOfCondition(slot)
  if (condition !== null && question.condition !== undefined) {
    const name = { fr: question.condition, en: question.condition }
    lines.push({ question: `condition:${question.condition}`, code: condition, name, statement: null, untold: false })
  }
  for (const { shelf, tally } of scan.topics)
    lines.push(...tally.explain(corpus.fields.data[slot * FIELDS + FACTS + shelf] as number, card))
  if (scan.textAsked) lines.push({ question: 'text', code: MET, name: TEXT, statement: null, untold: false })
  return lines
}

const TEXT: Words = { fr: 'texte libre', en: 'free text' }

/** A line as the answer shows it. */
export function verdictOf(line: Line, card: Card, lang: Language): CriterionVerdict {
  const { question, code, name, statement } = line
  return {
    question,
    verdict: VERDICT_OF[code] ?? 'not_restricted',
    broad: code === BROAD,
    quote: statement?.quote ?? null,
    source: hasSource(line) ? card.criteriaSource : null,
    text: `${name[lang]}${OUTCOME[code][lang]}`,
  }
}

/** Silence has no place in a record. */
export const hasSource = ({ code }: Line): boolean => code !== NOT_RESTRICTED

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

import type { Criterion } from '../domain/criterion.ts'
import type { Column, Inquiry } from './topic.ts'
import { type Code, type Judgement, VERDICT_OF } from './verdict.ts'
import type { Words } from './words.ts'

/** One line of a verdict, with what its words are made of. */
export interface Line {
  question: string
  code: Code
  /** What the line is about. */
  name: Words
  statement: Criterion | null
  /** The trial asks for it and the person did not tell. */
  untold: boolean
}

/** The lines of one topic: its columns, judged, with the statements of a trial that the judgements point into. */
export function linesFrom(
  { columns, untold: lineOf }: Pick<Inquiry<unknown>, 'columns' | 'untold'>,
  judgements: readonly Judgement[],
  statements: readonly Criterion[],
): Line[] {
  const lines: Line[] = []
  for (let column = 0; column < columns.length; column++) {
    const { code, at } = judgements[column] as Judgement
    if (VERDICT_OF[code] === null) continue
    const { question, name, untold } = columns[column] as Column
    if (!untold || !lineOf) {
      lines.push({ question, code, name, statement: statements[at[0] ?? -1] ?? null, untold: false })
      continue
    }
    const before = lines.length
    for (const position of at) {
      const statement = statements[position]
      if (!statement) continue
      const line = lineOf(statement)
      if (!lines.some((known, index) => index >= before && known.question === line.question))
        lines.push({ ...line, code, statement, untold: true })
    }
  }
  return lines
}

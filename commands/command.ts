import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'

/** What a command gets from the outside world: nothing in `commands/` reads `process` itself. */
export interface CommandContext {
  env: Record<string, string | undefined>
  stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean }
  stdout: CommandOutput
  stderr: CommandOutput
  /** Aborted by Ctrl-C or SIGTERM: finish what is begun, start nothing new, stop. */
  signal: AbortSignal
}

export interface CommandOutput {
  write(text: string): unknown
  isTTY?: boolean
}

/** Runs with the words after the command's name; resolves to the exit code. */
export type Run = (args: string[], context: CommandContext) => Promise<number>

/** A command was called in a way that it does not have; the message says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `parseArgs` of Node, with a UsageError instead of its TypeError. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** Rows as a table for a terminal or a log: columns padded, no frame. */
export function table(rows: string[][]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return `${rows.map((row) => line(row).trimEnd()).join('\n')}\n`
}

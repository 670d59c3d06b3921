import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = fileURLToPath(new URL('RESULTS.md', import.meta.url))
const TITLE = '# Measured\n\nEach section is written by the command it names, and replaced when that runs again.\n'

type Row = Record<string, string | number>

/**
 * Print the rows as a table and put them into bench/RESULTS.md as the section of that name, with the day, the machine,
 * the Node version and the command; a section of the same name is replaced in its place.
 * @param rows one object per line, all with the same keys: they head the columns.
 * @param notes sentences below the table: what was measured, what is whose.
 */
export function record(section: string, rows: Row[], notes: string[] = []): void {
  console.log(`\n${section}`)
  console.table(rows)
  for (const note of notes) console.log(note)
  const text = asSection(section, rows, notes)
  writeFileSync(FILE, withSection(current(), section, text))
}

/** The document with one section replaced, or added at its end. */
export function withSection(document: string, section: string, text: string): string {
  const parts = document.split(/^(?=## )/m)
  const at = parts.findIndex((part) => part.startsWith(`## ${section}\n`))
  if (at < 0) return `${document.trimEnd()}\n\n${text}`
  parts[at] = at === parts.length - 1 ? text : `${text}\n`
  return parts.join('')
}

function asSection(section: string, rows: Row[], notes: string[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  const table = [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((c) => row[c] ?? ''))),
  ]
  const about = `${new Date().toISOString().slice(0, 10)}, ${machine()}, Node ${process.version}: \`${command()}\``
  return `${[`## ${section}`, about, table.join('\n'), ...notes].join('\n\n')}\n`
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`
}

function command(): string {
  const [, script = '', ...rest] = process.argv
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>
  }
  const name = Object.keys(scripts).find((one) => scripts[one]?.endsWith(` ${relative(ROOT, script)}`))
  if (name === undefined) throw new Error(`${script} has no name among the scripts of package.json`)
  return [`npm run ${name}`, ...(rest.length > 0 ? ['--', ...rest] : [])].join(' ')
}

function current(): string {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return TITLE
  }
}

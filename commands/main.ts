import { ConfigError } from '../config.ts'
import { reasonOf } from '../db/errors.ts'
import { type CommandContext, type Run, UsageError } from './command.ts'

interface Command {
  usage: string
  summary: string
  /** Loaded when called: `normalise` must not wait for the web server's code. */
  load: () => Promise<{ run: Run }>
}

const COMMANDS: Record<string, Command> = {
  serve: {
    usage: 'serve [--role all|api|worker]',
    summary: 'start the service (npm start)',
    load: () => import('./serve.ts'),
  },
  ingest: {
    usage: 'ingest ctgov|ctis [--full] [--once ID]',
    summary: 'bring one registry up to date; exit code 1 if the run failed',
    load: () => import('./ingest.ts'),
  },
  normalise: {
    usage: 'normalise [--registry ctgov|ctis] [--explain] [FILE] | normalise --all [--registry ctgov|ctis]',
    summary:
      'registry JSON in, one normalised trial per line out; --explain: how its criteria were read; --all: read every stored record anew',
    load: () => import('./normalise.ts'),
  },
  reindex: {
    usage: 'reindex [--check]',
    summary: 'rebuild the search index beside the live one and swap; --check compares it with the database',
    load: () => import('./reindex.ts'),
  },
  status: {
    usage: 'status',
    summary: 'registries, last runs, counts, lag, index state',
    load: () => import('./status.ts'),
  },
  unlink: {
    usage: 'unlink NUMBER NUMBER --reason TEXT | unlink NUMBER NUMBER --undo | unlink --list',
    summary: 'two records are different studies whatever numbers they share; --undo takes it back',
    load: () => import('./unlink.ts'),
  },
  exclude: {
    usage: 'exclude NUMBER --reason TEXT | exclude NUMBER --undo | exclude --list',
    summary: 'a record is not to be used (a test entry, a duplicate); --undo takes it back',
    load: () => import('./exclude.ts'),
  },
  backup: {
    usage: 'backup DIR',
    summary: 'write what cannot be computed again into a folder of its own',
    load: () => import('./backup.ts'),
  },
  restore: {
    usage: 'restore DIR',
    summary: 'fill an empty database from a backup, of either kind of database',
    load: () => import('./restore.ts'),
  },
  doctor: {
    usage: 'doctor',
    summary: 'check configuration, database, index, disk and registries; say what to do',
    load: () => import('./doctor.ts'),
  },
}

/**
 * Run one command line; resolves to the exit code. 2 means that the command line or the environment must be corrected.
 */
export async function main(argv: string[], context: CommandContext): Promise<number> {
  const [name, ...args] = argv
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    context.stdout.write(help())
    return name ? 0 : 2
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    context.stderr.write(`essais: there is no command "${name}".\n\n${help()}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    context.stdout.write(`Usage: essais ${command.usage}\n${command.summary}\n`)
    return 0
  }
  try {
    const { run } = await command.load()
    return await run(args, context)
  } catch (error) {
    context.stderr.write(`essais ${name}: ${sentence(error)}\n`)
    if (!(error instanceof UsageError)) return error instanceof ConfigError ? 2 : 1
    context.stderr.write(`Usage: essais ${command.usage}\n`)
    return 2
  }
}

function help(): string {
  const rows = Object.values(COMMANDS).map(({ usage, summary }) => `  essais ${usage}\n      ${summary}`)
  return `Essais proches: clinical trials recruiting in France, by relevance, distance and freshness.\n\n${rows.join('\n')}\n`
}

/** Our own errors and the system's say what is wrong in their message; anything else is a bug and shows its stack. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isOurs(error) || 'code' in error ? reasonOf(error) : (error.stack ?? error.message)
}

function isOurs(error: Error): boolean {
  const builtIn = [TypeError, RangeError, ReferenceError, SyntaxError, URIError, EvalError]
  return error.constructor !== Error && !builtIn.some((type) => error instanceof type)
}

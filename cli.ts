import { constants, setPriority } from 'node:os'
import { worksBehind } from './commands/behind.ts'
import { main } from './commands/main.ts'

// `essais … | head` closes our output early: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const argv = process.argv.slice(2)
if (worksBehind(argv)) setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

process.exitCode = await main(argv, {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopOnSignals(),
})

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // A second Ctrl-C means "now": what was not committed is done again by the next run.
      if (controller.signal.aborted) process.exit(130)
      controller.abort(name)
    })
  }
  return controller.signal
}

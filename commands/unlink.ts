import type { Run } from './command.ts'
import { runDecision } from './decisions.ts'

/**
 * `essais unlink`: two records are different studies, whatever numbers they
 * share; kept with the reason, undone with `--undo`.
 */
export const run: Run = (args, context) => runDecision(args, context, 2)

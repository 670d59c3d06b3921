import type { Run } from './command.ts'
import { runDecision } from './decisions.ts'

/**
 * `essais exclude`: a record is not to be used, whatever its registry says; kept with the reason, undone with `--undo`.
 */
export const run: Run = (args, context) => runDecision(args, context, 1)

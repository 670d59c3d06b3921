import { readConfig } from '../config.ts'
import { backup } from '../db/backup.ts'
import { type Run, readArguments, UsageError } from './command.ts'
import { openDatabase } from './open.ts'

/** `essais backup DIR`: what cannot be computed again, into a folder of its own. */
export const run: Run = async (args, { env, stdout }) => {
  const { positionals } = readArguments({ args, allowPositionals: true })
  const [folder, ...others] = positionals
  if (!folder || others.length > 0) throw new UsageError('name one folder to write the backup into')
  const db = await openDatabase(readConfig(env))
  try {
    const { tables } = await backup(db, folder, new Date())
    for (const [name, { rows }] of Object.entries(tables)) stdout.write(`${name}: ${rows} rows\n`)
    stdout.write(`Backup written to ${folder}.\n`)
    return 0
  } finally {
    await db.close()
  }
}

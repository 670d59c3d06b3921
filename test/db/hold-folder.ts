import { takeDataDir } from '../../db/data-dir.ts'
import { DatabaseError } from '../../db/errors.ts'

/** Takes the data folder given, says so, and keeps it until its input ends. */
try {
  const { release } = await takeDataDir(process.argv[2] ?? '')
  console.log(`open ${process.pid}`)
  process.stdin.resume().on('end', async () => {
    await release()
    process.exit(0)
  })
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error
  console.log(`refused ${error.code}: ${error.message}`)
}

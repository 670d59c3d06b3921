import { connect } from '../../db/connect.ts'
import { DatabaseError } from '../../db/errors.ts'

/** Opens the database of the folder (and server) given, says so, and keeps it until its input ends. */
const [dataDir = '', databaseUrl] = process.argv.slice(2)
try {
  const db = await connect({ dataDir, databaseUrl })
  console.log(`open ${process.pid}`)
  process.stdin.resume().on('end', async () => {
    await db.close()
    process.exit(0)
  })
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error
  console.log(`refused ${error.code}: ${error.message}`)
}

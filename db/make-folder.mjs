// Makes the files of an embedded database in the folder given, and ends. Run by embedded.ts in a process of its own:
// making them takes three instances of PostgreSQL and some 600 MB, which WebAssembly would not give back.
import { PGlite } from '@electric-sql/pglite'

const client = new PGlite({ dataDir: process.argv[2] })
await client.waitReady
await client.close()

import { defineConfig } from 'drizzle-kit'

/** Used by `npx drizzle-kit generate` only: migrations are applied by db/connect.ts at start. */
export default defineConfig({ dialect: 'postgresql', schema: './db/schema.ts', out: './db/migrations' })

/** What makes a process of its own read TypeScript, from whichever folder it is started. */
export const READS_TYPESCRIPT = ['--import', new URL('../../bin/strip-types.js', import.meta.url).href]

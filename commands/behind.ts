const ALWAYS = new Set(['ingest', 'reindex', 'backup', 'restore'])

/**
 * Whether a command line does work that nobody waits for: reading registries, indexing, copying. On a machine that
 * also answers searches, such a process lets the others go first.
 */
export function worksBehind([name = '', ...args]: string[]): boolean {
  if (name === 'serve') return args.includes('worker') || args.includes('--role=worker')
  return ALWAYS.has(name) || (name === 'normalise' && args.includes('--all'))
}

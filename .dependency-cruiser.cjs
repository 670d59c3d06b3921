const FOLDERS = ['domain', 'ingest', 'db', 'sync', 'ranking', 'search-api', 'commands', 'test', 'bench']

/** What each folder may import of ours: the arrows of ARCHITECTURE.md. */
const ARROWS = {
  domain: [],
  ingest: ['domain', 'db'],
  db: ['domain'],
  sync: ['domain', 'db', 'ingest'],
  ranking: ['domain'],
  'search-api': ['domain', 'ingest', 'db', 'sync', 'ranking'],
  commands: ['domain', 'ingest', 'db', 'sync', 'ranking', 'search-api'],
}

module.exports = {
  forbidden: [
    ...Object.entries(ARROWS).map(([folder, allowed]) => ({
      name: `arrows-of-${folder}`,
      comment: `${folder} may import ${allowed.length ? allowed.join(', ') : 'nothing of ours'}`,
      severity: 'error',
      from: { path: `^${folder}/` },
      to: { path: `^(${FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).join('|')})/` },
    })),
    {
      name: 'no-entry-from-inside',
      comment: 'Only entries read the configuration: it is passed down as a plain object.',
      severity: 'error',
      from: {
        path: `^(${Object.keys(ARROWS)
          .filter((folder) => folder !== 'commands')
          .join('|')})/`,
      },
      to: { path: '^(cli|config)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-and-ranking-are-pure',
      comment: 'No network, no processes, no clock by way of a package; domain reads only its own data files.',
      severity: 'error',
      from: { path: '^(domain|ranking)/' },
      to: { path: '^(http|https|net|child_process|undici|fastify|postgres|meilisearch|pino)$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    includeOnly: `^((${FOLDERS.join('|')})/|(cli|config)\\.ts$|(node:)?(http|https|net|child_process)$|node_modules/)`,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}

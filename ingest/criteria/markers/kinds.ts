/** Results of a test: "wild-type status" states one. */
export const RESULTS: ReadonlySet<string> = new Set([
  'positive',
  'negative',
  'wild_type',
  'high',
  'low',
  'deficient',
  'proficient',
  'stable',
])

/** Ways of saying that a protein is there. */
export const EXPRESSED: ReadonlySet<string> = new Set([
  'positive',
  'expression',
  'overexpression',
  'high',
  'low',
  'ultralow',
])

/** How much of a protein there is. */
export const LEVELS: ReadonlySet<string> = new Set(['high', 'low', 'ultralow'])

/** Any change of a gene, whichever it is. */
export const ANY_CHANGE: ReadonlySet<string> = new Set(['mutation', 'alteration', 'activating_mutation'])

/** Whether what is said is one variant or exon ("L858R", "exon19_deletion"), not a general change. */
export const isOneVariant = (code: string) => /^[A-Z]\d|^exon|ITD|TKD/.test(code)

/** Whether a change of the gene is said, rather than what becomes of its protein. */
export const isChange = (code: string) => /mutation|fusion|amplif|alteration|deletion|loss|^[A-Z]\d|^exon/.test(code)

/** What a query is asked of: the values of a field, and the nested documents of a kind (the locations of a study). */
export interface Searchable {
  values(field: string): string[] | undefined
  nested(kind: string): Searchable[] | undefined
}

export type Query = (document: Searchable) => boolean

/** What the registry says of a query that it cannot read: the text of its 400 answer. */
export class EssieError extends Error {}

type Field = string | null
const TOKEN = /\s*(?:([()])|(AND|OR|NOT|MISSING|ALL)\b|(AREA|SEARCH|RANGE)\[([^\]]*)\]|"([^"]*)"|([^\s()"]+))/y

interface Token {
  kind: string
  text: string
}

/**
 * The part of ClinicalTrials.gov's Essie syntax that the service uses: AND, OR, NOT, brackets, phrases, `AREA[field]`,
 * `SEARCH[Location]`, `RANGE[a,b]`, `MISSING`, `ALL`. As with the real one, several bare words after `AREA` match
 * nothing: they must be quoted. Throws EssieError.
 */
export function parseEssie(expression: string): Query {
  const tokens = tokenise(expression)
  let next = 0
  const peek = () => tokens[next]
  const take = (kind: string) => (peek()?.kind === kind ? tokens[next++] : undefined)

  const either = (field: Field): Query => joined(field, 'OR', both, (queries) => (d) => queries.some((q) => q(d)))
  const both = (field: Field): Query => joined(field, 'AND', negated, (queries) => (d) => queries.every((q) => q(d)))

  function joined(field: Field, operator: string, part: (f: Field) => Query, join: (queries: Query[]) => Query): Query {
    const queries = [part(field)]
    while (take(operator)) queries.push(part(field))
    const [only] = queries
    return queries.length === 1 && only ? only : join(queries)
  }

  function negated(field: Field): Query {
    if (!take('NOT')) return primary(field)
    const query = negated(field)
    return (document) => !query(document)
  }

  function primary(field: Field): Query {
    const token = tokens[next++]
    if (!token) throw new EssieError(`missing ')' at '<EOF>'`)
    switch (token.kind) {
      case '(': {
        const query = either(field)
        if (!take(')')) throw new EssieError(`missing ')' at '${peek()?.text ?? '<EOF>'}'`)
        return query
      }
      case 'AREA':
        return primary(token.text)
      case 'SEARCH': {
        const query = primary(null)
        return (document) => nestedOf(document, token.text).some(query)
      }
      case 'RANGE': {
        const [from = '', to = ''] = token.text.split(',').map((bound) => bound.trim())
        return onValues(field, (value) => (from === 'MIN' || value >= from) && (to === 'MAX' || value <= to))
      }
      case 'MISSING':
        return (document) => valuesOf(document, field).length === 0
      case 'ALL':
        return () => true
      case 'phrase':
        return onValues(field, containing(token.text))
      case 'word': {
        const words = [token.text]
        for (let more = take('word'); more; more = take('word')) words.push(more.text)
        return words.length > 1 ? () => false : onValues(field, containing(token.text))
      }
      default:
        throw new EssieError(`no viable alternative at input '${token.text}'`)
    }
  }

  const query = either(null)
  const rest = peek()
  if (rest) throw new EssieError(`mismatched input '${rest.text}' expecting {<EOF>, 'AND', 'OR'}`)
  return query
}

function tokenise(expression: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(expression)
    if (!match) throw new EssieError(`no viable alternative at input '${expression.slice(at, at + 20)}'`)
    const [, bracket, operator, context, argument = '', phrase, word] = match
    if (bracket || operator) tokens.push({ kind: bracket ?? operator ?? '', text: bracket ?? operator ?? '' })
    else if (context) tokens.push({ kind: context, text: argument })
    else if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase })
    else tokens.push({ kind: 'word', text: word ?? '' })
  }
  return tokens
}

function onValues(field: Field, test: (value: string) => boolean): Query {
  return (document) => valuesOf(document, field).some(test)
}

function valuesOf(document: Searchable, field: Field): string[] {
  const values = document.values(field ?? 'BasicSearch')
  if (values === undefined) throw new EssieError(`Unknown area name: \`${field}\``)
  return values
}

function nestedOf(document: Searchable, kind: string): Searchable[] {
  const documents = document.nested(kind)
  if (documents === undefined) throw new EssieError(`Unknown area name: \`${kind}\``)
  return documents
}

/** Whole words, whatever their case; accents count. Thousands of sites share a value: each is looked at once. */
function containing(phrase: string): (value: string) => boolean {
  const folded = (text: string) => ` ${text.toLowerCase().replace(/[\s-]+/g, ' ')} `
  const sought = folded(phrase)
  const verdicts = new Map<string, boolean>()
  return (value) => {
    const verdict = verdicts.get(value) ?? folded(value).includes(sought)
    verdicts.set(value, verdict)
    return verdict
  }
}

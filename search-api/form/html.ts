/** Markup that is already safe to send. Only `html` and `raw` make it. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | null | undefined | false | readonly Part[]

/** Markup from a template; every value is escaped unless it is markup itself. Lists are joined; nothing is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: strings.reduce((made, text, at) => made + text + (at < parts.length ? render(parts[at]) : ''), '') }
}

/** Markup made elsewhere. Never for anything that a visitor or a registry wrote. */
export function raw(markup: string): Html {
  return { markup }
}

/** JSON for a data block: `<` is written so that no text can end the block. */
export function jsonBlock(value: unknown): Html {
  return raw(JSON.stringify(value).replaceAll('<', '\\u003c'))
}

/** ` name="value"` for each attribute that is set; `true` gives the bare name, `false`, null and undefined nothing. */
export function attributes(given: Record<string, string | number | boolean | null | undefined>): Html {
  const set = Object.entries(given).filter(([, value]) => value !== false && value !== null && value !== undefined)
  return raw(
    set.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`)).join(''),
  )
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(render).join('')
  if (typeof part === 'object') return (part as Html).markup
  return escaped(String(part))
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

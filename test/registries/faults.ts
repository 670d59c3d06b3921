/**
 * How a registry can misbehave. `html`: its page instead of JSON, with 200. `truncated`: half of the body, announced
 * as whole. `cut`: the connection breaks in mid-body. `reset`: it breaks before any answer. `empty`: `{}` with 200.
 * `instead`: another JSON body. `slow`: the answer comes late. `short`: lists lack their last rows while the total
 * counts them. `stale_token`: a page token is refused. `data_moves`: the data version changes. `no_studies`: the list
 * is empty, and says so. `warning`: CTIS says that it did not understand, and gives no rows. `no_rows`: CTIS finds
 * nothing. `ignored_filter`: CTIS gives its whole corpus.
 */
export type Fault =
  | { kind: 'html' | 'truncated' | 'cut' | 'reset' | 'empty' | 'stale_token' | 'data_moves' | 'no_studies' }
  | { kind: 'warning' | 'no_rows' | 'ignored_filter' }
  | { kind: 'status'; status: number; retryAfter?: string }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'instead'; body: unknown }
  | { kind: 'short'; rows: number }

export interface FaultRule {
  fault: Fault
  /** Only requests whose `METHOD /path?query body` matches. */
  on?: RegExp
  /** Matching requests that go well first. */
  after?: number
  /** Matching requests that go wrong; then all is well again. */
  times?: number
}

export interface Faults {
  /** From now on, misbehave so; the rules made first are tried first. */
  add(rule: FaultRule): void
  /** Behave well again. */
  clear(): void
  /** The fault of this request, if any; counts the request. */
  take(request: string): Fault | undefined
}

/** The misbehaviour of a registry: none at first. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; seen: number }[] = []
  return {
    add: (rule) => {
      rules.push({ rule, seen: 0 })
    },
    clear: () => {
      rules = []
    },
    take: (request) => {
      for (const entry of rules) {
        const { fault, on, after = 0, times = Number.POSITIVE_INFINITY } = entry.rule
        if (on && !on.test(request)) continue
        entry.seen++
        if (entry.seen > after && entry.seen <= after + times) return fault
      }
      return undefined
    },
  }
}

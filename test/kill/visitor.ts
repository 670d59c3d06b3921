import { setTimeout as sleep } from 'node:timers/promises'

interface ChangesAnswer {
  changes: { sequence: number }[]
  next: number
}

const PATIENCE_MS = 10_000
const BETWEEN_MS = 100
const SEARCH = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ text: 'invented', place: { postalCode: '69008' } }),
}

/** What a client outside saw while processes died under it. */
export interface Visits {
  searches: number
  changes: number
  faults: string[]
}

/**
 * Follows the change feed and asks for trials, at whichever API process is alive, until told to stop. A process that is
 * being killed may cut a connection; anything it does answer must be right, and the feed must go on where it was left,
 * whoever serves it.
 */
export function startVisitor(urls: string[]): { stop(): Promise<Visits> } {
  const visits: Visits = { searches: 0, changes: 0, faults: [] }
  let stopped = false
  let since = 0

  async function visit(url: string): Promise<void> {
    const feed = await answerOf(`${url}/v1/changes?since=${since}`)
    if (feed) {
      const { changes, next } = feed as ChangesAnswer
      const wrong = changes.find(({ sequence }, at) => sequence !== since + at + 1)
      if (wrong) visits.faults.push(`the feed goes from ${since} to ${wrong.sequence}`)
      since = next
      visits.changes += changes.length
    }
    const answer = (await answerOf(`${url}/v1/search`, SEARCH)) as { results?: unknown[] } | null
    if (answer && !Array.isArray(answer.results)) visits.faults.push('a search was answered without results')
    if (answer) visits.searches++
  }

  /** Null when nobody listens or the connection was cut. */
  async function answerOf(address: string, given: RequestInit = {}): Promise<unknown> {
    try {
      const answer = await fetch(address, { ...given, signal: AbortSignal.timeout(PATIENCE_MS) })
      if (answer.ok) return await answer.json()
      // It says itself that it is too busy, and when to come back.
      if (answer.status === 503 && answer.headers.has('retry-after')) return null
      visits.faults.push(`${new URL(address).pathname} was answered with ${answer.status}`)
    } catch (error) {
      if (error instanceof DOMException) visits.faults.push(`${new URL(address).pathname} was not answered in time`)
    }
    return null
  }

  const done = (async () => {
    for (let turn = 0; !stopped; turn++) {
      await visit(urls[turn % urls.length] ?? '')
      await sleep(BETWEEN_MS)
    }
  })()
  return {
    async stop() {
      stopped = true
      await done
      return visits
    },
  }
}

import type { HTTPMethods } from 'fastify'
import type { App } from './deps.ts'
import { ProblemError } from './problem.ts'

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Start noting routes; the returned function, called after the last one, answers every other method of each
 * address with 405 and `Allow`. Fastify alone would say 404.
 */
export function addMethodNotAllowed(app: App): () => void {
  const known = new Map<string, Set<HTTPMethods>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one as HTTPMethods)
    if (methods.has('GET')) methods.add('HEAD')
    known.set(url, methods)
  })
  return () => {
    for (const [url, methods] of [...known]) {
      const missing = METHODS.filter((method) => !methods.has(method))
      const allow = METHODS.filter((method) => methods.has(method)).join(', ')
      if (missing.length === 0 || url.includes('*')) continue
      app.route({
        url,
        method: missing,
        schema: { hide: true },
        onRequest: async ({ method }, reply) => {
          reply.header('allow', allow)
          throw new ProblemError(405, `This address does not take ${method}; it takes ${allow}.`)
        },
        handler: async () => undefined,
      })
    }
  }
}

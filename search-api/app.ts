import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { App, Deps } from './deps.ts'
import { faultOf, type HttpFault, logFailure, sendProblem } from './errors.ts'
import { createPages } from './form/routes.ts'
import { addMethodNotAllowed } from './methods.ts'
import { createMetrics, type Metrics, metricsRoute } from './metrics.ts'
import { addOpenApi } from './openapi.ts'
import { Problem } from './problem.ts'
import { changeRoutes } from './routes/changes.ts'
import { healthRoutes } from './routes/health.ts'
import { placeRoutes } from './routes/places.ts'
import { searchRoutes } from './routes/search.ts'
import { sourceRoutes } from './routes/sources.ts'
import { trialRoutes } from './routes/trials.ts'
import { vocabularyRoutes } from './routes/vocabulary.ts'
import { addSecurity } from './security.ts'
import { validatorCompiler } from './validation.ts'

const BODY_LIMIT = 100_000
const REQUEST_TIMEOUT_MS = 10_000
const KEEP_ALIVE_MS = 72_000

/** The whole HTTP application, not yet listening. Everything it needs is in `deps`; tests use `app.inject`. */
export async function buildApp(deps: Deps, metrics: Metrics = createMetrics(deps)): Promise<App> {
  const pages = createPages(deps)
  const app: App = Fastify({
    loggerInstance: deps.log,
    // Fastify's own request log prints whole URLs, which may carry what was typed.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // What still arrives while the process stops is answered, with `connection: close`; no deploy turns anybody away.
    return503OnClosing: false,
    trustProxy: deps.config.trustProxy,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, faultOf(error)),
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(validatorCompiler)
  // Response schemas are documentation, held true by tests: a serializer made of them would drop fields in silence.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.addSchema(Problem)
  // People get a page, programs get problem+json.
  const answer = (request: FastifyRequest, reply: FastifyReply, fault: HttpFault) => {
    const page = pages.problem(request, fault.status)
    if (page === null) return sendProblem(request, reply, fault)
    return reply.code(fault.status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
  }
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error)
    if (fault.status === 500) logFailure(deps.log, error, request.routeOptions.url ?? 'unmatched')
    return answer(request, reply, fault)
  })
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, { status: 404, detail: 'There is nothing under this address; see /docs.', errors: [] }),
  )
  app.addHook('onResponse', async ({ routeOptions, method }, { elapsedTime, statusCode: status }) => {
    const ms = Math.round(elapsedTime * 10) / 10
    const line = { route: routeOptions.url ?? 'unmatched', method, status, ms }
    metrics.observe(line)
    deps.log.info(line, 'request')
  })
  await addSecurity(app, deps.config)
  const addMissingMethods = addMethodNotAllowed(app)
  await addOpenApi(app, deps.config)
  searchRoutes(app, deps)
  await trialRoutes(app, deps)
  placeRoutes(app, deps)
  changeRoutes(app, deps)
  sourceRoutes(app, deps)
  vocabularyRoutes(app)
  healthRoutes(app, deps)
  metricsRoute(app, metrics)
  await pages.register(app)
  addMissingMethods()
  await app.ready()
  return app
}

import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { LANGUAGES, type Language } from '../../domain/question.ts'
import type { Trial } from '../../domain/trial.ts'
import { describeCriterion } from '../../domain/vocabulary/describe.ts'
import { STAGES } from '../../domain/vocabulary/stages.ts'
import { CursorError } from '../../ranking/cursor.ts'
import { ask } from '../ask.ts'
import type { App, Deps } from '../deps.ts'
import { ProblemError } from '../problem.ts'
import { sitesView } from '../trial-view.ts'
import { type Assets, assetRoutes, loadAssets } from './assets.ts'
import { understand } from './form-question.ts'
import { readForm } from './form-values.ts'
import { homePage } from './home-page.ts'
import type { PageContext } from './layout.ts'
import { termLists } from './lists.ts'
import { problemPage } from './problem-page.ts'
import { createProgressBand } from './progress.ts'
import { rankingPage } from './ranking-page.ts'
import { shownResult } from './shown-result.ts'
import { accessibilityPage, privacyPage, sourcesPage } from './text-pages.ts'
import { type CriterionLine, trialPage } from './trial-page.ts'
import { pathIn } from './words.ts'

const NothingAsked = Type.Object({}, { additionalProperties: false })
const HTML = 'text/html; charset=utf-8'

export interface Pages {
  /** Register the pages, in French and, below `/en`, in English. The form posts to its own page. */
  register(app: App): Promise<void>
  /** A failure told to a person; null when the request did not come from a browser in search of a page. */
  problem(request: FastifyRequest, status: number): string | null
}

/** Everything that visitors see. Reads its files and makes its lists once. */
export function createPages(deps: Deps): Pages {
  const assets = loadAssets(deps.places, {
    'vocabulary.fr.json': termLists('fr'),
    'vocabulary.en.json': termLists('en'),
  })
  return {
    async register(root) {
      await root.register(async (app: App) => {
        await app.register(formbody)
        assetRoutes(app, assets)
        const progressBand = createProgressBand(deps)
        for (const lang of LANGUAGES) addPages(app, deps, { assets, progressBand, lang })
      })
    },
    problem({ url, headers }, status) {
      if (!headers.accept?.includes('text/html') || /^\/(v1|docs|assets)\//.test(url)) return null
      const lang = /^\/en(\/|$|\?)/.test(url) ? 'en' : 'fr'
      return problemPage({ ...shared(deps, assets, lang), lang, path: '/' }, status)
    },
  }
}

/** What the pages of a language have in common. */
function shared({ config }: Deps, assets: Assets, lang: Language): Omit<PageContext, 'lang' | 'path'> {
  return {
    publicUrl: config.publicUrl,
    demo: config.demo,
    assets: {
      style: assets.address('style.css'),
      script: assets.address('form.js'),
      icon: assets.address('icon.svg'),
      places: assets.address('communes.txt'),
      vocabulary: assets.address(`vocabulary.${lang}.json`),
    },
  }
}

interface PagesOfALanguage {
  assets: Assets
  progressBand: ReturnType<typeof createProgressBand>
  lang: Language
}

function addPages(app: App, deps: Deps, { assets, progressBand, lang }: PagesOfALanguage): void {
  const { store, config, places } = deps
  const stages = STAGES.map((stage) => ({ value: stage.code, label: stage[lang] }))
  const schema = { hide: true, querystring: NothingAsked }

  const contextOf = async (path: string): Promise<PageContext> => ({
    ...shared(deps, assets, lang),
    lang,
    path,
    progress: await progressBand(lang),
  })
  const send = (reply: FastifyReply, markup: string) =>
    reply.type(HTML).header('cache-control', 'no-cache').send(markup)

  const page = (path: string, render: (context: PageContext) => string | Promise<string>) => {
    app.get(pathIn(lang, path), { schema }, async (_request, reply) => send(reply, await render(await contextOf(path))))
  }

  page('/', (context) => homePage(context, { values: readForm({}), errors: [], stages }))
  page('/classement', rankingPage)
  page('/sources', async (context) => sourcesPage(context, await store.sources()))
  page('/confidentialite', privacyPage)
  page('/accessibilite', (context) => accessibilityPage(context, config.contact))

  app.post(pathIn(lang, '/'), { schema: { hide: true } }, async ({ body }, reply) => {
    reply.header('cache-control', 'no-store')
    const values = readForm(body)
    const context = await contextOf('/')
    const { question, errors, notes } = understand(values, { places, lang })
    if (values.action !== 'search') return reply.type(HTML).send(homePage(context, { values, errors: [], stages }))
    if (errors.length > 0) return reply.code(400).type(HTML).send(homePage(context, { values, errors, stages }))
    const answer = await ask(shownResult, deps, question).catch((error: unknown) => {
      // The data moved on since the page was shown: start from the first result again.
      if (!(error instanceof CursorError)) throw error
      const { cursor: _, ...fromTheStart } = question
      return ask(shownResult, deps, fromTheStart)
    })
    return reply.type(HTML).send(homePage(context, { values, errors, stages, found: { answer, notes } }))
  })

  app.get(
    pathIn(lang, '/essais/:id'),
    { schema: { ...schema, params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) }) } },
    async ({ params: { id } }, reply) => {
      const trial = await store.trial(id)
      if (!trial) throw new ProblemError(404, 'No trial has this id or registry number.')
      const path = `/essais/${encodeURIComponent(trial.id)}`
      if (trial.id !== id) return reply.redirect(pathIn(lang, path), 308)
      return send(
        reply,
        trialPage({
          context: await contextOf(path),
          trial,
          sites: sitesView(trial, null),
          lines: linesOf(trial, lang),
        }),
      )
    },
  )
}

/** The criteria in words. A cohort's own are named as such: they bind nobody outside it. */
function linesOf({ criteria }: Trial, lang: Language): CriterionLine[] {
  return criteria.map((criterion) => ({
    quote: criterion.quote,
    polarity: criterion.polarity,
    text: describeCriterion(criterion, lang),
  }))
}

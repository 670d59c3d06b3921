import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Criterion } from '../../../domain/criterion.ts'
import { STATUS_LABELS } from '../../../domain/status.ts'
import { WEIGHTS } from '../../../ranking/weights.ts'
import { buildApp } from '../../../search-api/app.ts'
import type { App } from '../../../search-api/deps.ts'
import type { Store } from '../../../search-api/store.ts'
import { within } from '../../support/within.ts'
import { fakeDeps, memoryStore, trialOf } from '../fakes.ts'

const PATHS = ['/', '/classement', '/sources', '/confidentialite', '/accessibilite', '/essais/trial-1']
const inEnglish = (path: string) => (path === '/' ? '/en' : `/en${path}`)

const NASTY = '<img src=x onerror=alert(1)>"\'&'
const ECOG: Criterion = {
  kind: 'performance',
  polarity: 'required',
  scale: 'ECOG',
  min: null,
  max: 1,
  quote: 'ECOG performance status 0-1',
  section: 'inclusion',
  start: 0,
  end: 27,
  rule: 'test',
  confidence: 1,
  cohort: null,
}

let world: Awaited<ReturnType<typeof fakeDeps>>
let app: App

beforeAll(async () => {
  const [site] = trialOf().sites
  if (!site) throw new Error('the invented trial has a site')
  world = await fakeDeps([
    trialOf({
      criteria: [ECOG],
      sites: [
        {
          ...site,
          statusSource: 'partner',
          contacts: [{ name: 'Accueil', role: null, phone: '01 02 03 04 05', email: null }],
        },
      ],
    }),
    trialOf({ id: 'nasty', briefTitle: NASTY, titles: { fr: null, en: NASTY }, acronym: NASTY, conditions: [NASTY] }),
  ])
  app = await buildApp(world.deps)
})
afterAll(() => app.close())

const post = (fields: Record<string, string | string[]>, url = '/', of = app) => {
  const form = new URLSearchParams()
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return of.inject({ method: 'POST', url, headers, payload: form.toString() })
}

describe('every page', () => {
  test.each([...PATHS.map((path) => [path, 'fr']), ...PATHS.map((path) => [inEnglish(path), 'en'])])(
    '%s is a page in %s, with its translation, and asks nobody else for anything',
    async (url, lang) => {
      const { statusCode, headers, body } = await app.inject(url as string)
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
      expect(body).toContain(`<html lang="${lang}">`)
      expect(body.match(/<h1/g)).toHaveLength(1)
      const path = (url as string).replace(/^\/en/, '') || '/'
      expect(body).toContain(`hreflang="fr" href="http://localhost:3000${path}"`)
      expect(body).toContain(`hreflang="en" href="http://localhost:3000${inEnglish(path)}"`)
      for (const [, address] of body.matchAll(
        /<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]* (?:src|href)="([^"]*)"/g,
      )) {
        expect(address).toMatch(/^\//)
      }
      expect(body).not.toMatch(/ style="| on[a-z]+="|<style|<script>(?!<)/)
    },
  )

  test('says that it is not medical advice', async () => {
    expect((await app.inject('/')).body).toContain('Ceci n’est pas un avis médical')
    expect((await app.inject('/en')).body).toContain('This is not medical advice')
  })

  test('a query parameter is refused', async () => {
    expect((await app.inject('/?disease=x')).statusCode).toBe(400)
  })

  test('says so when the data is invented', async () => {
    expect((await app.inject('/')).body).not.toContain('inventés')
    const demo = await buildApp({ ...world.deps, config: { ...world.deps.config, demo: true } })
    expect((await demo.inject('/')).body).toContain('Tous les essais, centres et contacts montrés ici sont inventés')
    await demo.close()
  })

  test('tells how far the first load is', async () => {
    const sources: Store['sources'] = async () => [
      {
        registry: 'ctgov',
        lastComplete: null,
        running: { startedAt: '2026-01-12T05:00:00Z', fetched: 1500, announced: 9000 },
        pausedUntil: null,
        records: 1500,
      },
      { registry: 'ctis', lastComplete: null, running: null, pausedUntil: '2026-01-13T20:00:00Z', records: 0 },
    ]
    const loading = await buildApp({ ...world.deps, store: { ...world.deps.store, sources } })
    expect((await loading.inject('/en')).body).toContain('ClinicalTrials.gov 1,500 / 9,000')
    expect((await loading.inject('/en')).body).toContain('CTIS in maintenance, read from 13 January 2026 at 21:00')
    expect((await loading.inject('/')).body).toContain('CTIS en maintenance, lu à partir du 13 janvier 2026 à 21:00')
    expect((await loading.inject('/sources')).body).toContain('jusqu’au 13 janvier 2026 à 21:00')
    await loading.close()
  })

  test.each<[string, Store['sources']]>([
    ['refuses', () => Promise.reject(new Error('gone'))],
    ['does not answer', () => new Promise(() => {})],
  ])('are there, results and all, while the database %s', async (_, sources) => {
    const away = await buildApp({ ...world.deps, store: { ...world.deps.store, sources } })
    const answer = await within(1_500, async () => post({ place: '69008' }, '/', away))
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('id="results-title"')
    await away.close()
  })

  test('ask the database how far the first load is until it is over, not afterwards', async () => {
    const [ctgov] = await world.deps.store.sources()
    let ended = false
    let asked = 0
    const sources: Store['sources'] = async () => {
      asked += 1
      return ctgov ? [ctgov, { ...ctgov, registry: 'ctis', ...(!ended && { lastComplete: null }) }] : []
    }
    const pages = await buildApp({ ...world.deps, store: { ...world.deps.store, sources } })
    for (let visit = 0; visit < 3; visit++) await pages.inject('/')
    expect(asked).toBe(3)
    ended = true
    for (let visit = 0; visit < 3; visit++) await pages.inject('/en')
    expect(asked).toBe(4)
    await pages.close()
  })
})

describe('the form', () => {
  test('posts, and every field has a label', async () => {
    const { body } = await app.inject('/')
    expect(body).toContain('<form method="post" action="/"')
    const ids = [...body.matchAll(/<(?:input|select)[^>]* id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(10)
    for (const id of ids) expect(body).toMatch(new RegExp(`<label (class="hidden" )?for="${id}"`))
  })

  test('answers with the results on the same page', async () => {
    const { statusCode, headers, body } = await post({ place: '69008', age: '64', ecog: '1' })
    expect(statusCode).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toContain('essais à regarder')
    expect(body).toContain('Essai inventé d’un inhibiteur de kinase')
    expect(body).toContain('Compatible avec vos réponses')
    expect(body).toContain('Confirmé par le promoteur le 10 janvier 2026')
    expect(body).toMatch(/à 3,\d\u00a0km/)
    expect(body).toContain('href="tel:0102030405"')
    expect(body).toContain('ECOG performance status 0-1')
    expect(body).toContain('value="69008"')
    expect(body).toContain('noindex')
  })

  test('answers in English below /en', async () => {
    const { body } = await post({ place: 'Lyon' }, '/en')
    expect(body).toContain('trials to look at')
    expect(body).toContain('Confirmed by the sponsor on 10 January 2026')
  })

  test('what registries and visitors wrote is shown as text', async () => {
    const { body } = await post({ disease: NASTY, text: '' })
    const listed = await post({})
    for (const page of [body, listed.body, (await app.inject('/essais/nasty')).body]) expect(page).not.toContain('<img')
    expect(listed.body).toContain('&lt;img src=x')
  })

  test('keeps what was typed when something is to be changed, and says what', async () => {
    const { statusCode, body } = await post({
      disease: 'cancer du sein',
      age: 'abc',
      sex: 'FEMALE',
      place: 'saint-denis',
    })
    expect(statusCode).toBe(400)
    expect(body).toContain('2 réponses sont à corriger')
    expect(body).toContain('<a href="#age">')
    expect(body).toContain('value="cancer du sein"')
    expect(body).toContain('id="age-error"')
    expect(body).toMatch(/value="FEMALE" checked/)
    expect(body).toContain('value="30247"')
  })

  test('one more biomarker keeps what was typed', async () => {
    const { statusCode, body } = await post({
      biomarker: ['HER2', 'KRAS'],
      biomarkerState: ['present', 'absent'],
      age: '64',
      action: 'add-biomarker',
    })
    expect(statusCode).toBe(200)
    expect(body).toContain('id="biomarker-2"')
    expect(body).toContain('value="KRAS"')
    expect(body).toContain('value="64"')
  })

  test('nothing found is said with what to try', async () => {
    const { body } = await post({ text: 'zzzz', place: 'Lyon', radiusKm: '20' })
    expect(body).toContain('Aucun essai trouvé')
    expect(body).toContain('chercher dans toute la France')
    expect(body).toContain('retirer les mots à chercher')
  })

  test('trials that contradict the answers are shown on request, with the reason', async () => {
    const asked = { ecog: '3' }
    const first = await post(asked)
    expect(first.body).toContain('1</strong> incompatible, non montré')
    expect(first.body).toContain('name="contradicted" value="yes"')
    const second = await post({ ...asked, contradicted: 'yes' })
    expect(second.body).toContain('Ce qui ne va pas')
    // The heading says the outcome; what is in the list is named without it.
    expect(listOf(second.body, 'against')).toBe(
      '<li>ECOG 3<br><q class="verbatim" lang="en">ECOG performance status 0-1</q></li>',
    )
    expect(second.body).toContain('ECOG 3\u00a0: incompatible')
    const english = await post({ ...asked, contradicted: 'yes' }, '/en')
    expect(listOf(english.body, 'against')).toContain('<li>ECOG 3<br>')
  })

  test('a page further of results that moved on starts again', async () => {
    const { statusCode, body } = await post({ cursor: 'AAAA' })
    expect(statusCode).toBe(200)
    expect(body).toContain('essais à regarder')
  })

  test('a body that is no form is a 415', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'image/png' },
      payload: 'x',
    })
    expect(answer.statusCode).toBe(415)
  })
})

describe('one trial', () => {
  test('is described for search engines', async () => {
    const { body } = await app.inject('/essais/trial-1')
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(body) ?? []
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'MedicalTrial',
      identifier: ['NCT90000001'],
      status: 'https://schema.org/Recruiting',
      studyLocation: [{ address: { addressLocality: 'Lyon' }, geo: { latitude: 45.74 } }],
    })
  })

  test('shows what each registry says of its status, also where they disagree', async () => {
    const url = 'https://registry.example.org/1'
    const said = { url, lastUpdateDate: '2026-01-10' }
    const trial = trialOf({
      sources: [
        { ...said, registry: 'ctgov', registryId: 'NCT90000001', overallStatus: 'RECRUITING', franceStatus: null },
        {
          ...said,
          registry: 'ctis',
          registryId: '2024-590001-11-00',
          overallStatus: 'RECRUITING',
          franceStatus: 'ACTIVE_NOT_RECRUITING',
        },
      ],
    })
    const { store } = memoryStore([trial])
    const two = await buildApp({ ...world.deps, store })
    const { body } = await two.inject('/en/essais/trial-1')
    expect(body).toContain(`NCT90000001</a>, updated on 10 January 2026. Status: ${STATUS_LABELS.RECRUITING.en}.`)
    expect(body).toContain(`Status in France: ${STATUS_LABELS.ACTIVE_NOT_RECRUITING.en}.`)
    await two.close()
  })

  test('is found by its registry number, at its own address', async () => {
    const answer = await app.inject('/en/essais/NCT90000001')
    expect([answer.statusCode, answer.headers.location]).toEqual([308, '/en/essais/trial-1'])
  })

  test('that does not exist is a page for people and a problem document for programs', async () => {
    for (const [url, words] of [
      ['/essais/NCT99999999', 'Cette page n’existe pas'],
      ['/en/nowhere', 'This page does not exist'],
    ]) {
      const page = await app.inject({ url: url as string, headers: { accept: 'text/html,*/*' } })
      expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(page.body).toContain(words)
      const problem = await app.inject(url as string)
      expect([problem.statusCode, problem.headers['content-type']]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ])
    }
  })
})

test('/classement shows the weights in force', async () => {
  const { body } = await app.inject('/classement')
  const { parts, distance, freshness } = WEIGHTS
  for (const points of Object.values(parts)) expect(body).toContain(`<td>${points}</td>`)
  expect(body).toContain(`tous les ${distance.halvingKm}\u00a0km`)
  expect(body).toContain(`tous les ${freshness.halvingDays} jours`)
})

describe('assets', () => {
  test('are kept for ever under the address that carries their version, and checked under any other', async () => {
    const { body } = await app.inject('/')
    const [style = ''] = /\/assets\/style\.css\?v=[^"]+/.exec(body) ?? []
    expect((await app.inject(style)).headers['cache-control']).toContain('immutable')
    expect((await app.inject('/assets/style.css?v=old')).headers['cache-control']).toBe('no-cache')
    expect((await app.inject('/assets/../deps.ts')).statusCode).toBe(404)
    expect((await app.inject('/assets/nothing.css')).statusCode).toBe(404)
  })

  test('hold the lists that suggestions are looked up in', async () => {
    expect((await app.inject('/assets/communes.txt')).body).toContain('Lyon\t69\t69001 69008')
    const { cancers, biomarkers } = (await app.inject('/assets/vocabulary.fr.json')).json()
    expect(cancers.map(([label]: string[]) => label)).toContain('Cancer du sein')
    expect(biomarkers.flat()).toContain('ERBB2')
  })
})

/** The items under a heading of a card. */
function listOf(body: string, className: string): string | undefined {
  return new RegExp(`<div class="${className}">\\s*<h3>[^<]*</h3>\\s*<ul>([^]*?)\\s*</ul>`).exec(body)?.[1]
}

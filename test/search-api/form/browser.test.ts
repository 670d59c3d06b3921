import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Criterion } from '../../../domain/criterion.ts'
import { type Server, startServer } from '../../../search-api/server.ts'
import { describeChromium } from '../../support/chromium.ts'
import { fakeDeps, trialOf } from '../fakes.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const WIDTHS = [320, 1280]
// A busy machine draws slowly, and each of these opens pages of its own.
vi.setConfig({ testTimeout: 90_000 })
const PATHS = [
  '/',
  '/en',
  '/classement',
  '/sources',
  '/confidentialite',
  '/accessibilite',
  '/essais/trial-1',
  '/en/essais/trial-1',
  '/nowhere',
]

const evidence = { section: 'inclusion', start: 0, end: 9, rule: 'test', confidence: 1, cohort: null } as const
const CRITERIA: Criterion[] = [
  { kind: 'performance', polarity: 'required', scale: 'ECOG', min: null, max: 1, quote: 'ECOG 0 or 1', ...evidence },
  { kind: 'cancer', polarity: 'required', code: 'BRCA', quote: 'Breast cancer', ...evidence },
]

/** All that the first page may ask for. */
const OWN_FILES = [
  '/',
  '/assets/style.css',
  '/assets/form.js',
  '/assets/icon.svg',
  '/assets/communes.txt',
  '/assets/vocabulary.fr.json',
]

let server: Server

beforeAll(async () => {
  const [site] = trialOf().sites
  if (!site) throw new Error('the invented trial has a site')
  const contacts = [{ name: 'Accueil', role: null, phone: '01 02 03 04 05', email: 'essais@hopital.example' }]
  const { deps } = await fakeDeps(
    Array.from({ length: 25 }, (_, at) =>
      trialOf({
        id: `trial-${at}`,
        criteria: CRITERIA,
        centralContacts: contacts,
        sites: [
          { ...site, id: `site-${at}`, contacts, statusDate: at % 2 ? '2024-01-01' : '2026-01-01' },
          { ...site, id: `closed-${at}`, city: 'Nice', status: 'COMPLETED' },
        ],
      }),
    ),
  )
  server = await startServer(deps, { host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

describeChromium('the pages in a browser', (browser) => {
  /** A page, and what went wrong on it: requests to anybody else, script errors, refused content. */
  async function open(
    path: string,
    options: BrowserContextOptions,
    use: (page: Page, requests: string[]) => Promise<void>,
  ) {
    const context = await browser().newContext({ baseURL: server.url, ...options })
    const page = await context.newPage()
    const requests: string[] = []
    const faults: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('the server responded with a status of 4'))
        faults.push(message.text())
    })
    try {
      await page.goto(path)
      await use(page, requests)
      expect(faults).toEqual([])
      expect(requests.filter((url) => !url.startsWith(server.url))).toEqual([])
      expect(requests.filter((url) => /[?&](?!v=)/.test(url))).toEqual([])
    } finally {
      await context.close()
    }
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(AXE)
    const { violations: found } = await page.evaluate<AxeResults, string[]>(
      (tags) =>
        (globalThis as unknown as { axe: { run(context: unknown, options: object): Promise<AxeResults> } }).axe.run(
          (globalThis as unknown as { document: unknown }).document,
          { runOnly: tags, rules: { 'target-size': { enabled: true } } },
        ),
      RULES,
    )
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`))
  }

  const suggestions = (page: Page) => page.locator('.suggestions:not([hidden]) [role=option]')
  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

  async function fillIn(page: Page): Promise<void> {
    await page.getByLabel('Cancer ou maladie').fill('cancer du sein')
    await page.getByLabel('Biomarqueur 1').fill('HER2')
    await page.getByLabel('Âge, en années').fill('64')
    await page.getByLabel('Femme').check()
    await page.getByLabel('Forme générale').selectOption('1')
    await page.getByLabel('Code postal ou commune').fill('69008')
  }

  test('the form works without JavaScript, and nothing typed stands in the address', () =>
    open('/', { javaScriptEnabled: false }, async (page) => {
      await fillIn(page)
      await page.getByRole('button', { name: 'Ajouter un biomarqueur' }).click()
      await page.getByLabel('Biomarqueur 3').fill('PD-L1')
      await page.getByRole('button', { name: 'Voir les essais' }).click()
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('25 essais à regarder')
      expect(page.url()).toBe(`${server.url}/`)
      const cards = page.getByRole('listitem').filter({ has: page.getByRole('article') })
      await expect.poll(() => cards.count()).toBe(20)
      await page.getByRole('button', { name: 'Essais suivants' }).click()
      await expect.poll(() => page.locator('.cards').getAttribute('start')).toBe('21')
      await expect.poll(() => page.locator('.card').count()).toBe(5)
      await page.getByText('Modifier la recherche').click()
      expect(await page.getByLabel('Cancer ou maladie').inputValue()).toBe('cancer du sein')
      expect(page.url()).toBe(`${server.url}/`)
    }))

  test('errors are summed up first, lead to their fields, and homonyms can be chosen', () =>
    open('/', { javaScriptEnabled: false }, async (page) => {
      await page.getByLabel('Âge, en années').fill('vieux')
      await page.getByLabel('Code postal ou commune').fill('saint-denis')
      await page.getByRole('button', { name: 'Voir les essais' }).click()
      await expect.poll(() => page.getByRole('alert').getByRole('link').count()).toBe(2)
      await page.getByRole('alert').getByRole('link').first().click()
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('age')
      await page.getByLabel('Âge, en années').fill('64')
      await page.getByLabel('Saint-Denis (30)').check()
      await page.getByRole('button', { name: 'Voir les essais' }).click()
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('25 essais à regarder')
    }))

  test('with the keyboard alone: suggestions are read from lists, and nothing typed is sent before the end', () =>
    open('/', {}, async (page, requests) => {
      const { keyboard } = page
      const focused = () => page.evaluate('document.activeElement.id')
      for (let tabs = 0; (await focused()) !== 'disease' && tabs < 20; tabs++) await keyboard.press('Tab')
      await keyboard.type('cancer du se')
      await expect.poll(() => suggestions(page).count()).toBeGreaterThan(0)
      await keyboard.press('ArrowDown')
      await expect.poll(() => page.locator('#disease').getAttribute('aria-activedescendant')).toBe('disease-list-0')
      await keyboard.press('Enter')
      await expect.poll(() => page.locator('#disease').inputValue()).toBe('Cancer du sein')
      for (let tabs = 0; (await focused()) !== 'place' && tabs < 30; tabs++) await keyboard.press('Tab')
      await keyboard.type('lyo')
      await expect.poll(() => suggestions(page).count()).toBeGreaterThan(0)
      await keyboard.press('Escape')
      await expect.poll(() => suggestions(page).count()).toBe(0)
      await keyboard.type('n')
      await expect.poll(() => suggestions(page).count()).toBeGreaterThan(0)
      await keyboard.press('ArrowUp')
      await keyboard.press('Enter')
      await expect.poll(() => page.locator('#place').inputValue()).toBe('Lyon (69)')
      const paths = new Set(requests.map((url) => new URL(url).pathname))
      expect([...paths].filter((path) => !OWN_FILES.includes(path))).toEqual([])
      await keyboard.press('Enter')
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('25 essais à regarder')
      await expect.poll(focused).toBe('results-title')
    }))

  test('a biomarker can be added without a new page, and suggests too', () =>
    open('/', {}, async (page, requests) => {
      await page.getByRole('combobox', { name: 'Biomarqueur 2' }).fill('HER2')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Ajouter un biomarqueur' }).click()
      const third = page.getByRole('combobox', { name: 'Biomarqueur 3' })
      await expect.poll(() => third.inputValue()).toBe('')
      await third.pressSequentially('pd-l')
      await suggestions(page).first().click()
      await expect.poll(() => third.inputValue()).toContain('PD-L1')
      expect(requests.filter((url) => new URL(url).pathname === '/')).toHaveLength(1)
    }))

  test.each(PATHS)('%s passes axe in light and dark, and fits 320 and 1280 pixels', (path) =>
    open(path, {}, async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        expect(await overflow(page)).toBe(0)
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations(page)).toEqual([])
      }
    }),
  )

  test.each([
    ['results', { place: '69008', ecog: '1', age: '64' }],
    ['contradicted results', { disease: 'cancer du sein', ecog: '3', contradicted: true }],
    ['nothing found', { text: 'zzzz' }],
    ['errors', { age: 'x', place: 'saint-denis', biomarker: 'truc' }],
  ])('%s pass axe in light and dark, and fit 320 and 1280 pixels', (_name, answers: Record<string, string | boolean>) =>
    open('/', {}, async (page) => {
      for (const [name, value] of Object.entries(answers)) {
        if (name === 'ecog') await page.locator('#ecog').selectOption(String(value))
        else if (name === 'biomarker') await page.locator('#biomarker-0').fill(String(value))
        else if (name !== 'contradicted') await page.locator(`#${name}`).fill(String(value))
      }
      await page.getByRole('button', { name: 'Voir les essais' }).click()
      // A click does not wait for the page that it leads to: what only that one has does.
      await page.locator('#results-title, [role=alert]').first().waitFor()
      if (answers.contradicted) {
        await page.getByRole('button', { name: 'Montrer aussi' }).click()
        await page.locator('.card.tier-C').first().waitFor()
      }
      await page.waitForLoadState()
      await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        expect(await overflow(page)).toBe(0)
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violations(page)).toEqual([])
      }
    }),
  )

  test('the API documentation shows its routes from our own files only', () =>
    open('/docs', {}, async (page) => {
      await page.getByText('/v1/search').first().waitFor()
    }).catch((error: Error) => {
      // Its own script sets one inline style, which our policy refuses: known, and without effect.
      if (!/Applying inline style/.test(error.message)) throw error
    }))
})

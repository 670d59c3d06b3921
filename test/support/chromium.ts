import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Tests that need a browser: skipped with a printed reason where there is none, failing under CI. */
export function describeChromium(title: string, suite: (browser: () => Browser) => void): void {
  const executablePath = PATHS.find((path) => existsSync(path))
  if (!executablePath && process.env.CI)
    throw new Error('Chromium is not installed: under CI its tests cannot be skipped')
  if (!executablePath) console.warn(`Chromium is not installed (apt-get install chromium): skipped "${title}"`)
  describe.skipIf(!executablePath)(title, () => {
    let browser: Browser | null = null
    beforeAll(async () => {
      if (executablePath) browser = await chromium.launch({ executablePath, args: ARGUMENTS })
    })
    afterAll(() => browser?.close())
    suite(() => {
      if (!browser) throw new Error('the browser is started by beforeAll')
      return browser
    })
  })
}

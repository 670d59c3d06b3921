import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The arrows are only worth something if the check can fail: a tree that breaks them must be refused.
const repository = process.cwd()
let tree: string

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'arrows-'))
  for (const folder of ['domain', 'ingest', 'ranking', 'search-api']) mkdirSync(join(tree, folder))
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true } }))
  writeFileSync(join(tree, 'domain/trial.ts'), 'export const trial = 1\n')
  writeFileSync(
    join(tree, 'search-api/app.ts'),
    "import { trial } from '../domain/trial.ts'\nexport const app = trial\n",
  )
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

function cruise(): { ok: boolean; output: string } {
  const args = ['--config', join(repository, '.dependency-cruiser.cjs'), '--no-progress', '.']
  try {
    const output = execFileSync(join(repository, 'node_modules/.bin/depcruise'), args, { cwd: tree, encoding: 'utf8' })
    return { ok: true, output }
  } catch (error) {
    return { ok: false, output: String((error as { stdout?: unknown }).stdout) }
  }
}

test('a tree that keeps the arrows passes', () => {
  expect(cruise()).toMatchObject({ ok: true })
})

test.each([
  ['ranking/rank.ts', "import { app } from '../search-api/app.ts'\nexport const rank = app\n", 'arrows-of-ranking'],
  ['domain/place.ts', "import { run } from '../ingest/run.ts'\nexport const place = run\n", 'arrows-of-domain'],
  ['domain/feed.ts', "import http from 'node:http'\nexport const feed = http\n", 'domain-and-ranking-are-pure'],
])('%s that breaks them is refused', (file, source, rule) => {
  writeFileSync(join(tree, 'ingest/run.ts'), 'export const run = 1\n')
  writeFileSync(join(tree, file), source)
  const { ok, output } = cruise()
  rmSync(join(tree, file))
  expect(ok).toBe(false)
  expect(output).toContain(rule)
})

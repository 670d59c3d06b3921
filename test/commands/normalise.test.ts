import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandContext } from '../../commands/command.ts'
import { main } from '../../commands/main.ts'
import { NormalisedRecord } from '../../domain/trial.ts'

const INVENTED = {
  protocolSection: {
    identificationModule: { nctId: 'NCT90000001', briefTitle: 'Invented study of lung cancer in nobody' },
    statusModule: { overallStatus: 'RECRUITING' },
    eligibilityModule: { eligibilityCriteria: 'Inclusion Criteria:\n\n* ECOG 0-1', sex: 'ALL', minimumAge: '18 Years' },
    contactsLocationsModule: {
      locations: [
        { facility: 'Invented hospital', city: 'Lyon', zip: '69008', country: 'France', status: 'RECRUITING' },
      ],
    },
  },
}

async function essais(args: string[], input = '') {
  const written: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] }
  async function* bytes() {
    yield new TextEncoder().encode(input)
  }
  const context: CommandContext = {
    env: {},
    stdin: bytes(),
    stdout: { write: (text) => written.stdout.push(text) },
    stderr: { write: (text) => written.stderr.push(text) },
    signal: new AbortController().signal,
  }
  const code = await main(args, context)
  return { code, stdout: written.stdout.join(''), stderr: written.stderr.join('') }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'normalise-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a study on standard input comes out normalised, as the schema says', async () => {
  const { code, stdout, stderr } = await essais(['normalise'], JSON.stringify(INVENTED, null, 2))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const record = JSON.parse(stdout)
  expect([...Value.Errors(NormalisedRecord, record)]).toEqual([])
  expect(record).toMatchObject({ registryId: 'NCT90000001', minimumAgeYears: 18, sites: [{ postalCode: '69008' }] })
  expect(record.criteria).toContainEqual(expect.objectContaining({ kind: 'performance', scale: 'ECOG', max: 1 }))
})

test('a file works as standard input does', async () => {
  const file = join(folder, 'study.json')
  writeFileSync(file, JSON.stringify([INVENTED]))
  expect(await essais(['normalise', file])).toEqual(await essais(['normalise'], JSON.stringify(INVENTED)))
})

describe('what cannot be used is named, the rest still comes out', () => {
  test.each<[string, string, RegExp]>([
    ['a line that is not JSON', '{"protocol', /^line 2: not JSON/],
    ['another kind of object', '{"name":"x"}', /^line 2: neither a ClinicalTrials.gov study .* nor a CTIS record/],
    ['null', 'null', /^line 2: neither/],
    [
      'a study without a title',
      '{"protocolSection":{"identificationModule":{"nctId":"NCT90000002"}}}',
      /^line 2: NCT90000002: /,
    ],
  ])('%s', async (_, line, reason) => {
    const { code, stdout, stderr } = await essais(['normalise'], `${JSON.stringify(INVENTED)}\n${line}\n`)
    expect(code).toBe(1)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(reason)
    expect(stderr).toContain('1 normalised, 1 refused.')
  })
})

test.each<[string, string[], number, RegExp]>([
  ['no command', [], 2, /^$/],
  ['an unknown command', ['serv'], 2, /there is no command "serv"/],
  ['an inherited property is no command', ['constructor'], 2, /there is no command/],
  ['an unknown option', ['normalise', '--regsitry', 'ctgov'], 2, /regsitry.*\nUsage: essais normalise/s],
  ['an unknown registry', ['normalise', '--registry', 'isrctn'], 2, /ctgov or ctis, not "isrctn"/],
  ['two files', ['normalise', 'a.json', 'b.json'], 2, /one FILE at a time/],
  ['a file that is not there', ['normalise', '/nowhere/study.json'], 1, /ENOENT.*\/nowhere\/study\.json/],
  ['nothing at all on standard input', ['normalise'], 1, /holds no record/],
])('%s: exit code and sentence', async (_, args, code, sentence) => {
  const result = await essais(args)
  expect(result.code).toBe(code)
  expect(result.stderr).toMatch(sentence)
  expect(result.stderr).not.toMatch(/\n\s+at /)
})

test('the installed command is the same program, and a reader may stop early', () => {
  const bin = 'bin/essais.js'
  expect(execFileSync('node', [bin, '--help'], { encoding: 'utf8' })).toContain('essais normalise')
  const file = join(folder, 'many.ndjson')
  writeFileSync(file, `${JSON.stringify(INVENTED)}\n`.repeat(500))
  const { stdout, stderr } = spawnSync('sh', ['-c', `node ${bin} normalise ${file} | head -n 1`], { encoding: 'utf8' })
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(stderr).toBe('')
})

import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { readStudies } from '../../../bench/criteria/data.ts'
import { Criterion } from '../../../domain/criterion.ts'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { explainCriteria, readCriteria } from '../../../ingest/criteria/read.ts'
import { fold, readableText } from '../../../ingest/criteria/text.ts'
import { trial } from './input.ts'

const recorded = existsSync(new URL('../../../../shared/data/ctgov/', import.meta.url))

/** What must hold of every reading: verbatim quotes, valid criteria, the same again. */
function checkReading(input: CriteriaInput) {
  const criteria = readCriteria(input)
  const text = input.eligibilityCriteria ?? ''
  for (const criterion of criteria) {
    if (criterion.start === null || criterion.end === null) continue
    if (text.slice(criterion.start, criterion.end) !== criterion.quote || criterion.quote === '') {
      throw new Error(`not a slice of the text: ${JSON.stringify(criterion)}`)
    }
  }
  return criteria
}

const WORDS = [
  'Inclusion Criteria:',
  'Exclusion criteria:',
  "Critères d'inclusion :",
  '* ',
  '\\* ',
  '  * ',
  '1. ',
  '\n',
  '\n\n',
  'EGFR',
  'exon 19 deletion',
  'no ',
  'ECOG',
  '0-1',
  '≥',
  '\\>=',
  '18 years',
  'prior',
  'lines of therapy',
  'brain metastases',
  'unless',
  'or',
  'and',
  ',',
  '(',
  ')',
  '/',
  ';',
  '. ',
  'HER2-',
  'mutation',
  'métastases',
  'é',
  '𝒳',
  'İ',
  '\u00a0',
  'Cohort A:',
  'stage IIIB-IV',
  'NSCLC',
  'HIV',
  'pregnant',
]

describe('quotes', () => {
  test('are slices of whatever text', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 8 })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, (words) => {
        checkReading(trial(words.join(' ')))
      }),
      { numRuns: 300 },
    )
  })

  test('folding keeps the length, and every offset finds its way back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('\\>', '\\*', '\\[', 'a', 'İ', 'É')),
        (a, b) => {
          const raw = a + b.join(a.slice(0, 2))
          const text = readableText(raw)
          expect(fold(raw)).toHaveLength(raw.length)
          expect(text.folded).toHaveLength(text.plain.length)
          for (let at = 0; at < text.plain.length; at++) expect(raw[text.toRaw(at)]).toBe(text.plain[at])
        },
      ),
    )
  })

  test.skipIf(!recorded)(
    'are slices of the text of every recorded study, and the same twice (needs ../shared/data)',
    () => {
      const studies = readStudies()
      expect(studies.length).toBeGreaterThan(2000)
      for (const { input } of studies) {
        const criteria = checkReading(input)
        for (const criterion of criteria) {
          if (!Value.Check(Criterion, criterion)) throw new Error(`not a criterion: ${JSON.stringify(criterion)}`)
        }
      }
      for (const { input } of studies.slice(0, 200)) {
        expect(JSON.stringify(readCriteria(input))).toBe(JSON.stringify(readCriteria(input)))
      }
    },
    120_000,
  )

  test('the explanation shows every criterion once', () => {
    const input = trial('Inclusion Criteria:\n\n* EGFR mutation\n* ECOG 0-1\n\nExclusion Criteria:\n\n* Pregnancy\n', {
      minimumAgeYears: 18,
    })
    const { statements, elsewhere } = explainCriteria(input)
    expect([...statements.flatMap(({ criteria }) => criteria), ...elsewhere]).toHaveLength(readCriteria(input).length)
    expect(statements.map(({ section, sides }) => [section, ...sides])).toEqual([
      ['inclusion', 'in'],
      ['inclusion', 'in'],
      ['exclusion', 'out'],
    ])
  })
})

import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { Trial } from '../../domain/trial.ts'
import { rank, rankIn } from '../../ranking/rank.ts'
import { createResultWriter } from '../../ranking/result-text.ts'
import * as any from './arbitrary.ts'
import { CONTEXT, corpusOf } from './ask.ts'

// Seconds on a machine of its own, ten times as many on a busy one.
vi.setConfig({ testTimeout: 180_000 })

/** What registries and people write: quotation marks, line breaks, apostrophes, halves of surrogate pairs. */
const words = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    'l’essai\n« X »\t',
    '\u0000\u001f\u007f',
    '\ud83d',
    '\ude00 half',
    'œ ≥ 5 \u{1f600} \u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

const inOtherWords = (trial: Trial, text: string): Trial => ({
  ...trial,
  briefTitle: text,
  titles: { fr: text, en: null },
  acronym: text,
  sponsor: { name: text, class: 'OTHER' },
  criteria: trial.criteria.map((one) => ({ ...one, quote: text, cohort: one.cohort === null ? null : text })),
  sites: trial.sites.map((site) => ({
    ...site,
    facility: text,
    city: text,
    contacts: [{ role: null, name: text, phone: null, email: `${text}@example.invalid` }],
  })),
})

it('says as JSON what the object says, whatever is written in it', () => {
  fc.assert(
    fc.property(
      any.trials,
      any.question,
      words,
      fc.option(any.point),
      fc.constantFrom('fr' as const, 'en' as const),
      fc.boolean(),
      (trials, asked, text, point, lang, partner) => {
        const corpus = corpusOf(trials.map((trial) => inOtherWords(trial, text)))
        const question = asked.condition === undefined ? asked : { ...asked, condition: text }
        const where = {
          ...CONTEXT,
          point,
          lang,
          // Every second trial or so belongs to a partner.
          partnerContact: (id: string) =>
            partner && /[02468]$/.test(id) ? { name: text, phone: null, email: null } : null,
        }
        const { results, ...rest } = rankIn(createResultWriter(), corpus, question, where)
        const object = rank(corpus, question, where)
        // Through JSON once, as anybody receives it.
        expect({ ...rest, results: results.map((result) => JSON.parse(result)) }).toEqual(
          JSON.parse(JSON.stringify(object)),
        )
      },
    ),
    { numRuns: 300 },
  )
})

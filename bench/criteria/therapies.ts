import type { CriterionOf } from '../../domain/criterion.ts'
import { therapyIsWithin } from '../../domain/vocabulary/therapies.ts'
import { fold } from '../../ingest/criteria/text.ts'
import { mentionsIn } from '../../ingest/criteria/therapies/mentions.ts'
import { asStated } from '../../ingest/criteria/therapies/stated.ts'
import type { GoldTrial } from './data.ts'
import { type Tally, tallySets } from './tally.ts'

const NOT_SCORED = new Set(['NCT06330064'])

/** What a label says beside the treatment: exceptions, examples, how many, when. */
const ASIDE = /(?<= )\([^()]*\)|\b(?:unless|except\w*|other than|with or without|by|for)\b.*$/g

/**
 * The codes a free-text label names, every treatment of a list: "chemotherapy or radiotherapy" is two. Brackets,
 * exceptions and what follows "for" are left out; words after a colon specify what stands before it. "Any treatment for
 * …" is anticancer therapy.
 */
export function codesOfLabel(label: string): string[] {
  if (/^(?:any )?treatment for/.test(label)) return ['anticancer therapy']
  const plain = label.replace(ASIDE, ' ')
  const codes = (words: string) =>
    asStated(
      fold(words),
      mentionsIn(words, fold(words), () => true),
    ).map(({ code }) => code)
  const before = codes(plain.split(':')[0] ?? '')
  return [...new Set(before.length > 0 ? before : codes(plain))]
}

const WHOLE = ['systemic therapy', 'anticancer therapy']

/**
 * 1 for the same treatment, ½ for a class and one of its kinds. Systemic and anticancer therapy decide alike: the same.
 */
function creditOfTherapies(a: string, b: string): number {
  if (a === b || (WHOLE.includes(a) && WHOLE.includes(b))) return 1
  if (JOINED[a]?.includes(b) || JOINED[b]?.includes(a)) return 1
  return therapyIsWithin(a, b) || therapyIsWithin(b, a) ? 0.5 : 0
}

/**
 * Classes that join what texts and labels also name one by one:
 * "anti-PD-1 or anti-PD-L1", "PI3K, AKT or mTOR inhibitor".
 */
const JOINED: Record<string, readonly string[]> = {
  'anti-PD-1/PD-L1': ['anti-PD-1', 'anti-PD-L1', 'anti-PD-L2'],
  'PI3K/AKT/mTOR inhibitor': ['PI3K inhibitor', 'AKT inhibitor', 'mTOR inhibitor'],
}

/**
 * Earlier treatments asked for and ruled out, by code. Labels whose words name no treatment of the vocabulary are not
 * scored. A transplant or CAR-T found is right where the trial's own label for these says so. What is read of one
 * cohort only is right where it is labelled, and not counted else: one set of labels has it, the other has only what
 * holds for everyone.
 */
export function scoreTherapies(
  tallies: { required: Tally; excluded: Tally },
  gold: GoldTrial,
  found: readonly CriterionOf<'prior_therapy'>[],
) {
  for (const polarity of ['required', 'excluded'] as const) {
    if (polarity === 'required' && NOT_SCORED.has(gold.nctId)) continue
    const labels = (polarity === 'required' ? gold.priorTherapyRequired : gold.priorTherapyExcluded) ?? []
    const named = new Set(labels.flatMap(({ therapy }) => codesOfLabel(therapy)))
    const isLabelled = (code: string) => [...named].some((label) => creditOfTherapies(label, code) > 0)
    const isLabelledElsewhere = (code: string) =>
      gold.priorTransplantOrCART === polarity &&
      (therapyIsWithin(code, 'stem cell transplant') || therapyIsWithin(code, 'CAR-T')) &&
      !isLabelled(code)
    const read = new Set(
      found.flatMap((one) =>
        one.polarity === polarity && (one.cohort === null || isLabelled(one.therapy)) ? [one.therapy] : [],
      ),
    )
    tallySets(
      tallies[polarity],
      [...read].filter((code) => !isLabelledElsewhere(code)),
      [...named],
      creditOfTherapies,
      (code) => code,
      gold.nctId,
    )
  }
}

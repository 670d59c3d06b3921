import { therapyIsWithin } from '../../../domain/vocabulary/therapies.ts'
import type { Mention } from './names.ts'

const EXAMPLES = /\(|:|\b(?:such as|e\.?g|i\.e|comme|tels? que|telles? que)\b/
/** A bracket of examples: of no account beside the name of their class. */
const EXAMPLE_ASIDE = /[([](?:e\.?g|i\.?e|such as|for example|including|like|comme|tels? que|par exemple)\b[^()[\]]*/g
const INCLUDING = /\b(?:including|notamment|dont|y compris)\b/
const SPECIFIED =
  /^ ?(?:(?:treatment|therapy|agents?|regimens?) )?(?:with|by|using|par|avec)(?: an?| any| either| une?)? ?$/
const QUALIFIED =
  /^\)?[- ]?(?:(?:therapeutic|blocking|monoclonal|based|containing|targeted|directed|line|as|regimen|combination|\+|doublet)[- ]?)*$/

/**
 * What the sentence names as such: not the examples of a class ("a CDK4/6 inhibitor such as …"), not the class that
 * what follows or precedes narrows ("immunotherapy with an anti-PD-1", "an anti-TIGIT antibody"). Treatments that a
 * class is said to include are examples where it rules out, and what is asked for where it is required.
 */
export function asStated(text: string, mentions: readonly Mention[], side: 'out' | 'in' = 'out'): Mention[] {
  const between = (a: Mention, b: Mention) => text.slice(a.end, b.start).replace(/\([^()]*\)/g, ' ')
  const isIntroduced = (words: string, introduction: RegExp) =>
    introduction.test(words) && !/[.;]/.test(words.replace(/e\.g\.?|i\.e\.?/g, ''))
  const isExample = (mention: Mention) =>
    mentions.some(
      (wider) =>
        isNarrower(mention, wider) &&
        wider.end <= mention.start &&
        mention.start - wider.end < 160 &&
        (isIntroduced(between(wider, mention), EXAMPLES) ||
          (side === 'out' && isIntroduced(between(wider, mention), INCLUDING))),
    )
  const isNarrowed = (mention: Mention) =>
    mentions.some(
      (other) =>
        (isNarrower(other, mention) &&
          mention.end <= other.start &&
          (SPECIFIED.test(between(mention, other)) ||
            (side === 'in' && other.start - mention.end < 60 && isIntroduced(between(mention, other), INCLUDING)))) ||
        (other.end <= mention.start &&
          QUALIFIED.test(between(other, mention)) &&
          (isNarrower(other, mention) || mention.code === 'monoclonal antibody')),
    )
  const asides = [...text.matchAll(EXAMPLE_ASIDE)]
    .map(({ index, 0: words }) => ({ from: index, to: index + words.length }))
    .filter(({ from }) => side === 'in' || mentions.some(({ end }) => end <= from && from - end < 40))
    .concat(specifications(text, mentions))
  const isAside = ({ start }: Mention) => asides.some(({ from, to }) => from < start && start < to)
  return mentions.filter((mention) => !isAside(mention) && !isExample(mention) && !isNarrowed(mention))
}

/** Brackets right after a name: "local treatment (surgery or radiotherapy)". */
const specifications = (text: string, mentions: readonly Mention[]) =>
  mentions.flatMap(({ end }) => {
    const bracket = /^ ?\([^()]*/.exec(text.slice(end, end + 300))
    return bracket ? [{ from: end, to: end + bracket[0].length }] : []
  })

const isNarrower = (one: Mention, other: Mention) => one.code !== other.code && therapyIsWithin(one.code, other.code)

import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { THERAPY_ENTRIES, therapyIsWithin } from '../../domain/vocabulary/therapies.ts'
import type { Document, Sentence } from './sentences.ts'

const LEXICON = createLexicon(THERAPY_ENTRIES)

/** A treatment named in a sentence: its code and where, as offsets into the sentence. */
export interface Mention {
  code: string
  start: number
  end: number
}

/** A transplanted organ is no treatment of the cancer: `transplant.ts` reads it. */
const NO_TREATMENT = new Set(['organ transplant'])
/** "before surgery", "prior to chemotherapy": the treatment gives the time. */
const TIME_ANCHOR = /\b(?:prior to|before|until|at the time of|avant|jusqu'a)(?: the| any| their| l[ae']| une?)? ?$/

/** The treatments of a sentence, in their order, with those that a list writes in short ("AKT, PI3K or mTOR inhibitors"). */
export function mentionsIn(document: Document, sentence: Sentence): Mention[] {
  const { text } = sentence
  const named = LEXICON.findAll(document.plain.slice(sentence.start, sentence.end))
    .filter(({ value, start }) => !value.unsure && !isQualified(value.code, text.slice(Math.max(0, start - 24), start)))
    .map(({ start, end, value }) => ({ code: value.code, start, end }))
  const short = [...sharedNouns(text), ...targeted(text), ...spelledOut(text)]
  return [...named, ...short.filter(({ code }) => !named.some((mention) => mention.code === code))]
    .filter(({ code, start }) => !NO_TREATMENT.has(code) && !TIME_ANCHOR.test(text.slice(0, start)))
    .sort((a, b) => a.start - b.start)
}

/** "B7-H3-targeted therapy" is one kind of targeted therapy, not all of it. */
const isQualified = (code: string, before: string) =>
  code === 'targeted therapy' &&
  !/(?:^|[(,;:/]|\b(?:prior|previous|systemic|any|or|and|with|other|molecular(?:ly)?|received|of|to|a|including|chemotherapy|immunotherapy)) ?$/.test(
    before,
  )

const NOUN = /\b(?:inhibitors?|antibod(?:y|ies)|(?:target(?:ed|ing)) (?:therap(?:y|ies)|agents?|drugs?))\b/g
const LIST_LENGTH = 100

/** "AKT, PI3K or mTOR inhibitors", "protein kinase B (AKT) inhibitor": each item takes the noun of the last. */
function sharedNouns(text: string): Mention[] {
  return [...text.matchAll(NOUN)].flatMap((match) => {
    const [noun] = match
    const from = Math.max(0, match.index - LIST_LENGTH)
    const before = text.slice(from, match.index)
    const list = before.slice(Math.max(...['.', ';', ':'].map((mark) => before.lastIndexOf(mark))) + 1)
    const offset = match.index - list.length
    return itemsOf(list).flatMap(({ item, at }) =>
      mentionOf(namesWith(item, noun), offset + at, match.index + noun.length),
    )
  })
}

const namesWith = (item: string, noun: string) =>
  noun.startsWith('antibod')
    ? [`anti-${item}`]
    : noun.startsWith('target')
      ? [`${item}-targeted therapy`, `${item} inhibitor`]
      : [`${item} inhibitor`]

const TARGETING =
  /\b(?:agents?|drugs?|therap(?:y|ies)|medicaments?|traitements?) (?:(?:that|which|specifically|qui) ){0,2}(?:target(?:s|ing)?|directed (?:to|against|at)|cibl(?:ant|ent))(?: the| l[ae'])? ?([^.;:]{3,120})/g

/** "any agent that targets EGFR or MET". */
function targeted(text: string): Mention[] {
  return [...text.matchAll(TARGETING)].flatMap((match) => {
    const list = match[1] ?? ''
    const offset = match.index + match[0].length - list.length
    return itemsOf(list).flatMap(({ item, at }) =>
      mentionOf(
        [`${item}-targeted therapy`, `anti-${item}`, `${item} inhibitor`],
        offset + at,
        offset + at + item.length,
      ),
    )
  })
}

/** "anti-programmed death ligand 1 (PD-L1)": the name in brackets is the one that is known. */
function spelledOut(text: string): Mention[] {
  return [...text.matchAll(/\banti[- ][^.;:,()]{4,70}\((?:anti-?)?([a-z0-9-]{3,10})\)/g)].flatMap((match) =>
    mentionOf([`anti-${match[1]}`], match.index, match.index + match[0].length),
  )
}

function mentionOf(names: readonly string[], start: number, end: number): Mention[] {
  const sense = names.map((name) => LEXICON.lookUp(name)).find((one) => one && !one.unsure)
  return sense ? [{ code: sense.code, start, end }] : []
}

/** The last word of each item and each word in brackets; words of one letter name nothing. */
function itemsOf(list: string): { item: string; at: number }[] {
  return [...list.matchAll(/([a-z0-9+/-]{2,20}) ?(?:$|,|\)|\(| (?:and|or|and\/or|et|ou) )/g)].map((match) => ({
    item: match[1] ?? '',
    at: match.index,
  }))
}

const EXAMPLES = /\(|:|\b(?:such as|e\.?g|i\.e|including|comme|notamment|tels? que|telles? que|dont)\b/
const SPECIFIED = /^ ?(?:(?:treatment|therapy|agents?) )?(?:with|by|using|par|avec)(?: an?| any| either| une?)? ?$/
const QUALIFIED = /^\)? ?(?:therapeutic |blocking |monoclonal |based )?$/

/**
 * What the sentence names as such: not the examples of a class ("a CDK4/6 inhibitor such as …"), not the class that
 * what follows or precedes narrows ("immunotherapy with an anti-PD-1", "an anti-TIGIT antibody").
 */
export function asStated(text: string, mentions: readonly Mention[]): Mention[] {
  const between = (a: Mention, b: Mention) => text.slice(a.end, b.start)
  const isExample = (mention: Mention) =>
    mentions.some(
      (wider) =>
        isNarrower(mention, wider) &&
        wider.end <= mention.start &&
        mention.start - wider.end < 160 &&
        EXAMPLES.test(between(wider, mention)) &&
        !/[.;]/.test(between(wider, mention).replace(/e\.g\.?|i\.e\.?/g, '')),
    )
  const isNarrowed = (mention: Mention) =>
    mentions.some(
      (other) =>
        (isNarrower(other, mention) && mention.end <= other.start && SPECIFIED.test(between(mention, other))) ||
        (other.end <= mention.start &&
          QUALIFIED.test(between(other, mention)) &&
          (isNarrower(other, mention) || mention.code === 'monoclonal antibody')),
    )
  return mentions.filter((mention) => !isExample(mention) && !isNarrowed(mention))
}

const isNarrower = (one: Mention, other: Mention) => one.code !== other.code && therapyIsWithin(one.code, other.code)

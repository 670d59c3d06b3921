import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import { THERAPY_ENTRIES, therapyIsWithin } from '../../domain/vocabulary/therapies.ts'

const LEXICON = createLexicon(THERAPY_ENTRIES)

/** A treatment named in a text: its code and where, as offsets into the text. */
export interface Mention {
  code: string
  start: number
  end: number
}

/**
 * What is given for other reasons than to treat a cancer, or named where contraception is spoken of; `transplant.ts`
 * reads transplanted organs.
 */
const NO_TREATMENT = new Set([
  'hysterectomy',
  'organ transplant',
  'corticosteroid',
  'bisphosphonate',
  'supportive care',
  'investigational agent',
])
/** "before surgery", "prior to chemotherapy": the treatment gives the time. */
const TIME_ANCHOR = /\b(?:prior to|before|until|at the time of|avant|jusqu'a)(?: the| any| their| l[ae']| une?)? ?$/
/** "bowel resection" treats something else; "tumour treated by resection" does not. */
const OTHER_ORGAN = /\b(?:bowel|intestin\w+|gastric|gastro-?intestinal|gi|organ|intestinale) (?:or [a-z]+ )?$/
/** "chemotherapy-free interval", "antibody titre", "chemotherapy regimen of the study": the name of something else. */
const PART_OF_NAME =
  /^(?:-\d|[- ]?(?:free\b|titr\w+|levels?\b|concentration|related|induced|associated|options?\b|specimen|samples?|tissue|pneumon\w+|toxicit\w+|necrosis|dermatitis|proctitis|cystitis|enteritis|oncolog\w+))/

/** Codes that a sentence may write by an abbreviation with other meanings: those named in full elsewhere. */
export type IsBelieved = (code: string) => boolean

/** Codes of the treatments named in full in a text. */
export const codesIn = (plain: string): ReadonlySet<string> =>
  new Set(LEXICON.findAll(plain).flatMap(({ value }) => (value.unsure ? [] : [value.code])))

/**
 * The treatments named in a text, in their order, with those that a list writes in short ("AKT, PI3K or mTOR
 * inhibitors"). `folded` is `plain` folded, of the same length.
 */
export function mentionsIn(plain: string, folded: string, isBelieved: IsBelieved): Mention[] {
  const named = LEXICON.findAll(plain)
    .filter(({ value }) => !value.unsure || isBelieved(value.code))
    .map(({ start, end, value }) => ({ code: value.code, start, end }))
    .filter((mention) => !isQualified(mention, folded))
  const short = [...sharedNouns(folded), ...targeted(folded), ...spelledOut(folded)]
  const isPart = (one: Mention) =>
    named.some(({ code, start, end }) => code === one.code || (start <= one.start && one.start < end))
  const all = [...named, ...short.filter((mention) => !isPart(mention))]
    .filter(({ code, start, end }) => {
      const before = folded.slice(Math.max(0, start - 40), start)
      if (NO_TREATMENT.has(code) || TIME_ANCHOR.test(before) || PART_OF_NAME.test(folded.slice(end, end + 14)))
        return false
      return code !== 'surgery' || !OTHER_ORGAN.test(before)
    })
    .sort((a, b) => a.start - b.start)
  return withPayloads(folded, all)
}

const WIDE = new Set([
  'anticancer therapy',
  'systemic therapy',
  'targeted therapy',
  'immunotherapy',
  'monoclonal antibody',
  'antibody-drug conjugate',
])
const DIRECTED =
  /^s?,? (?:(?:that|which|specifically|directly|are|is) ){0,3}(?:target(?:s|ing)?|targeted (?:at|to|against)|directed|against|ciblant)\b/
const UNQUALIFIED =
  /(?:^|[(,;:/]|\b(?:prior|previous|systemic|any|or|and|with|other|molecular(?:ly)?|received|of|to|a|including|chemotherapy|immunotherapy)) ?$/

/** "B7-H3-targeted therapy", "any agent directed against …": one kind of targeted therapy, not all of it. */
const isQualified = ({ code, start, end }: Mention, folded: string) =>
  (WIDE.has(code) && DIRECTED.test(folded.slice(end, end + 40))) ||
  (code === 'targeted therapy' && !UNQUALIFIED.test(folded.slice(Math.max(0, start - 24), start)))

/** A conjugate is known by what it carries: "an ADC with a topoisomerase I inhibitor payload". */
function withPayloads(folded: string, mentions: readonly Mention[]): Mention[] {
  const carriers = mentions.filter(({ code }) => code === 'antibody-drug conjugate')
  const payloads = mentions.filter(({ code }) => code.startsWith('topoisomerase I '))
  const carried = payloads.flatMap((payload) => {
    const carrier = carriers.find(
      ({ end }) =>
        end <= payload.start &&
        payload.start - end < 90 &&
        /\b(?:with|contain\w*|carr(?:y|ying|ies)|consist\w*|compris\w*|load\w*|based|link\w*|utili[sz]ing|includ\w+|payload|contenant|avec)\b/.test(
          folded.slice(end, payload.start),
        ),
    )
    return carrier ? [{ payload, carrier }] : []
  })
  if (carried.length === 0) return [...mentions]
  return mentions.flatMap((mention) => {
    if (carried.some(({ payload }) => payload === mention)) return []
    const own = carried.find(({ carrier }) => carrier === mention)
    return own ? [{ code: 'topoisomerase I conjugate', start: mention.start, end: own.payload.end }] : [mention]
  })
}

const NOUN =
  /\b(?:inhibitors?|antibod(?:y|ies)|agonists?|(?:target(?:ed|ing)) (?:therap(?:y|ies)|agents?|drugs?|treatments?))\b/g
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
      : noun.startsWith('agonist')
        ? [`${item} agonist`]
        : [`${item} inhibitor`]

const TARGETING =
  /\b(?:agents?|drugs?|therap(?:y|ies)|treatments?|antibod(?:y|ies)|conjugates?|adcs?|compounds?|molecules?|medicaments?|traitements?) (?:(?:that|which|specifically|directly|qui) ){0,2}(?:target(?:s|ing)?|directed (?:to|towards?|against|at)|against|cibl(?:ant|ent))(?: the| an?| another| other| l[ae'])? ?([^.;:]{3,120})/g
/** What follows the name of a target. */
const TARGET_NOUN = /(?: (?:mutations?|mutants?|pathways?|receptors?|proteins?|antigens?|ligands?|mecanismes?))+$/

/** "any agent that targets EGFR or MET", "therapy directed against KRAS G12C mutations". */
function targeted(text: string): Mention[] {
  return [...text.matchAll(TARGETING)].flatMap((match) => {
    const list = match[1] ?? ''
    const offset = match.index + match[0].length - list.length
    return targetsOf(list).flatMap(({ items, at }) => {
      const start = at === 0 ? match.index : offset + at
      const found = items.map((item) => mentionOf(namesOfTarget(item), start, offset + at + item.length))
      return found.find((mentions) => mentions.length > 0) ?? []
    })
  })
}

const namesOfTarget = (item: string) =>
  [item, item.replace(TARGET_NOUN, '')].flatMap((name) => [
    `${name}-targeted therapy`,
    `anti-${name}`,
    `${name} inhibitor`,
  ])

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

/** The items of a list of targets, each whole, then its first words only, longest first. */
function targetsOf(list: string): { items: string[]; at: number }[] {
  let at = 0
  return list.split(/(,|\)|\(| (?:and|or|and\/or|et|ou|with|in) )/).flatMap((part, index) => {
    const from = at + part.length - part.trimStart().length
    at += part.length
    if (index % 2 === 1) return []
    const words = part.trim().split(' ')
    const items = [words.length, 4, 3, 2, 1]
      .filter((count, nth) => nth === 0 || count < words.length)
      .map((count) => words.slice(0, count).join(' '))
      .filter((item) => item.length > 1)
    return [{ items, at: from }]
  })
}

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
    .filter(({ from }) => mentions.some(({ end }) => end <= from && from - end < 40))
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

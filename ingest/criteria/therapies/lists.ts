import { type Mention, THERAPY_NAMES } from './names.ts'

/**
 * Treatments that a list, or the name of their target, writes in short: none of them is found by its whole name. Folded
 * text.
 */
export const shortForms = (text: string): Mention[] => [
  ...sharedNouns(text),
  ...targeted(text),
  ...spelledOut(text),
  ...transplants(text),
]

const NOUN =
  /\b(?:inhibitors?|antibod(?:y|ies)|agonists?|drugs?|agents?|blockers?|(?:target(?:ed|ing)) (?:therap(?:y|ies)|agents?|drugs?|treatments?))\b/g
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
        : /^(?:drug|agent|blocker)/.test(noun)
          ? [`anti-${item}`, `${item} inhibitor`]
          : [`${item} inhibitor`]

const TARGETING =
  /\b(?:agents?|drugs?|therap(?:y|ies)|treatments?|antibod(?:y|ies)|conjugates?|adcs?|compounds?|molecules?|medicaments?|traitements?) (?:(?:that|which|specifically|directly|qui) ){0,2}(?:target(?:s|ing)?|(?:to )?inhibit(?:s|ing)?|directed (?:to|towards?|against|at)|against|cibl(?:ant|ent))(?: the| an?| another| other| l[ae'])? ?([^.;:]{3,120})/g
/** What follows the name of a target. */
const TARGET_NOUN = /(?: (?:mutations?|mutants?|pathways?|receptors?|proteins?|antigens?|ligands?|mecanismes?))+$/

/** "any agent that targets EGFR or MET", "therapy directed against KRAS G12C mutations". */
function targeted(text: string): Mention[] {
  return [...text.matchAll(TARGETING)].flatMap((match) => {
    const list = match[1] ?? ''
    const offset = match.index + match[0].length - list.length
    return targetsOf(list).flatMap(({ items, at }) => {
      const start = at === 0 ? match.index : offset + at
      const found = items.map((item) =>
        mentionOf(namesOfTarget(item, /inhibit/.test(match[0])), start, offset + at + item.length),
      )
      return found.find((mentions) => mentions.length > 0) ?? []
    })
  })
}

const namesOfTarget = (item: string, isInhibited: boolean) =>
  [item, item.replace(TARGET_NOUN, '')].flatMap((name) =>
    isInhibited ? [`${name} inhibitor`] : [`${name}-targeted therapy`, `anti-${name}`, `${name} inhibitor`],
  )

/** "anti-programmed death ligand 1 (PD-L1)": the name in brackets is the one that is known. */
function spelledOut(text: string): Mention[] {
  return [...text.matchAll(/\banti[- ][^.;:,()]{4,70}\((?:anti-?)?([a-z0-9-]{3,10})\)/g)].flatMap((match) =>
    mentionOf([`anti-${match[1]}`], match.index, match.index + match[0].length),
  )
}

const TRANSPLANT =
  /\b(allo|auto)(?:gene?ic|logous)[^.;:]{1,40}?\b(?:stem[- ]cells?|bone marrow|marrow)\b[^.;:]{0,40}?\b(?:transplant\w*|grafts?)\b|\bstem[- ]cells? (allo|auto)transplant\w*/g

/** "Allogeneic bone marrow, stem-cell or solid organ transplant". */
function transplants(text: string): Mention[] {
  return [...text.matchAll(TRANSPLANT)].flatMap((match) => {
    const code = (match[1] ?? match[2]) === 'auto' ? 'autologous' : 'allogeneic'
    return mentionOf([`${code} stem cell transplant`], match.index, match.index + match[0].length)
  })
}

function mentionOf(names: readonly string[], start: number, end: number): Mention[] {
  const sense = names.map((name) => THERAPY_NAMES.lookUp(name)).find((one) => one && !one.unsure)
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

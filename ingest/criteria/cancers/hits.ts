import { cancerByCode } from '../../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES, FAMILIES } from '../cancer-names.ts'
import { fold } from '../text.ts'

/** A cancer named in a text. UTF-16 offsets. */
export interface Hit {
  code: string
  from: number
  to: number
  /** The letters are also something else. */
  unsure: boolean
  /** Where the noun of its list stands, for items of a list. */
  list?: number
  /** Of a list that goes on to others without a name of ours. */
  amongOthers?: true
}

/** The cancers that a text names, also by the items of a list that share one noun. */
export function hitsIn(plain: string): Hit[] {
  const named = CANCER_NAMES.findAll(plain).flatMap(({ start, end, value }) =>
    /non[- ]?$/i.test(plain.slice(Math.max(0, start - 5), start)) ||
    /^ (?:kinase|receptor|gene|susceptib)/i.test(plain.slice(end, end + 12))
      ? []
      : meantBy(value.code).map((code) => ({ code, from: start, to: end, unsure: value.unsure })),
  )
  const folded = fold(plain)
  return [...named, ...coordinated(folded), ...abbreviated(folded), ...setAsideByOrgan(folded)]
}

/** A tumour of the breast is invasive carcinoma to clinicians. */
export const meantBy = (code: string): readonly string[] => cancerByCode(code)?.means ?? [code]

const NOUN =
  /\b(?:(?:adeno|cholangio)?carcinom(?:as?|es?)|cancers?|tumou?rs?|tumeurs?|neoplasms?|sarcom(?:as?|es?)|lymphom(?:as?|es?)|leuka?emias?|leucemies?|melanom(?:as?|es?)|gliom(?:as?|es?)|hnscc|scchn|mzl)\b/g
const JOINED = /,|\/| (?:and|or|and\/or|et|ou) /
/** How far a list of organs can reach on either side of its noun. */
const LIST_LENGTH = 130

/** "gastric, oesophageal or junctional adenocarcinoma", "carcinoma of the oral cavity, larynx or hypopharynx". */
function coordinated(folded: string): Hit[] {
  const hits: Hit[] = []
  if (!JOINED.test(folded)) return hits
  for (const match of folded.matchAll(NOUN)) {
    const [noun] = match
    const to = match.index + noun.length
    const before = folded.slice(Math.max(0, match.index - LIST_LENGTH), match.index)
    const list = before.slice(Math.max(...['.', ';', ':', '(', ')'].map((mark) => before.lastIndexOf(mark))) + 1)
    if (JOINED.test(list))
      add(hits, itemsOf(list).slice(0, -1), match.index - list.length, to, (item) => [`${item} ${noun}`])
    const after = /^ (?:of|in|du|des|de la|de l')(?: the)? ([^.;:()]{3,130})/.exec(
      folded.slice(to, to + LIST_LENGTH),
    )?.[1]
    if (after && JOINED.test(after)) {
      add(hits, itemsOf(after), match.index, to + after.length, (item) => [
        `${noun} of the ${item}`,
        `${item} ${noun}`,
        `${item} cancer`,
        `${noun} ${item}`,
        `cancer ${item}`,
      ])
    }
  }
  return hits
}

const ABBREVIATED =
  /\([a-z&]{2,7}\) ((?:adeno)?carcinom(?:as?|es?)|cancers?|tumou?rs?|neoplasms?|malignanc(?:y|ies)|lymphom(?:as?|es?))\b/g

/** "Primary central nervous system (CNS) malignancy": names that their own abbreviation interrupts. */
function abbreviated(folded: string): Hit[] {
  return [...folded.matchAll(ABBREVIATED)].flatMap((match) => {
    const [whole, noun] = match
    const words = /(?:[a-z-]+ ){1,5}$/.exec(folded.slice(Math.max(0, match.index - 70), match.index))?.[0] ?? ''
    for (const ending of endsOf(words.trim())) {
      const sense = CANCER_NAMES.lookUp(`${ending} ${noun}`)
      if (!sense || sense.unsure || FAMILIES.has(sense.code)) continue
      const from = match.index - ending.length - 1
      return meantBy(sense.code).map((code) => ({ code, from, to: match.index + whole.length, unsure: false }))
    }
    return []
  })
}

const SET_ASIDE_OF_ALL =
  /\b(?:solid )?(?:tumou?rs?|malignanc(?:y|ies)|cancers?) \((?:excluding|except(?:ing|ion)?(?: for)?|other than) ([^();:]{4,80})\)/g

/** "Solid tumours (except pancreatic)": the organs whose tumours are set aside. */
function setAsideByOrgan(folded: string): Hit[] {
  const hits: Hit[] = []
  for (const match of folded.matchAll(SET_ASIDE_OF_ALL)) {
    const [whole, list = ''] = match
    const to = match.index + whole.length - 1
    for (const item of itemsOf(list)) {
      const sense = CANCER_NAMES.lookUp(item) ? null : CANCER_NAMES.lookUp(`${item} cancer`)
      if (!sense || sense.unsure || FAMILIES.has(sense.code)) continue
      const from = to - list.length + list.indexOf(item)
      for (const code of meantBy(sense.code)) hits.push({ code, from, to: from + item.length, unsure: false })
    }
  }
  return hits
}

const itemsOf = (list: string) =>
  list.split(/,| (?:and|or|and\/or|et|ou) |\//).map((item) => item.trim().replace(/^(?:the|and|or|either) /, ''))

function add(hits: Hit[], items: readonly string[], from: number, to: number, names: (item: string) => string[]) {
  for (const item of items) {
    if (item.length < 3) continue
    const sense = endings(item)
      .flatMap(names)
      .map((name) => CANCER_NAMES.lookUp(name))
      .find((sense) => sense && !sense.unsure && !FAMILIES.has(sense.code))
    if (sense && LISTED_OUT.test(item)) return
    if (sense && !NOT_THE_DISEASE.test(item))
      for (const code of meantBy(sense.code))
        hits.push({ code, from: Math.max(0, from), to, unsure: false, list: from })
  }
}

/**
 * The last words of an item, then its first, longest first: "patients with gastric" → …, "gastric"; "pancreatic head" →
 * "pancreatic".
 */
function endings(words: string): string[] {
  const parts = words.split(' ').slice(-4)
  return [...endsOf(parts.join(' ')), ...parts.map((_, at) => parts.slice(0, parts.length - at).join(' '))]
}

/** The last words, longest first: "of the breast" → itself, "the breast", "breast". */
const endsOf = (words: string): string[] => {
  const parts = words.split(' ')
  return parts.map((_, at) => parts.slice(at).join(' '))
}

/** The disease named is what came before, or what the person does not have. */
export const NOT_THE_DISEASE =
  /\b(?:transform\w+ from|arising from|history of|family history|transformed|evolved from|(?<!(?:tumou?rs?|carcinomatosis) )secondary to|other than|except(?:ing|ion)?(?: for)?|excluding|exclusion of|unless|no evidence of|without|rule out|not(?! (?:be )?limited| otherwise)|no(?!n)|sauf|hormis|autres? que|metastas[ei]s to|involvement by|screening for|risk of|relatives? with|mother|father)\b[^.;:]{0,45}$/

/** After "excluding" a whole list is set aside, however long. */
export const LISTED_OUT = /\b(?:excluding|except(?:ing| for)?|other than|exceptions? of|sauf|hormis)\b[^.;:()]{0,200}$/

const SET_ASIDE = /^\((?:and |but )?(?:exclu\w+|except\w*|other than|not incl\w+|sauf|hors|hormis)\b/

/** "(excluding breast, gastric or lung cancer)": set aside by the brackets that it stands in. */
export function isSetAside(text: string, { to }: Hit): boolean {
  const open = text.lastIndexOf('(', to - 1)
  return open > text.lastIndexOf(')', to - 1) && SET_ASIDE.test(text.slice(open, open + 20))
}

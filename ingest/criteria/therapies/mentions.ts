import { shortForms } from './lists.ts'
import { type Mention, THERAPY_NAMES } from './names.ts'
import { withPayloads } from './payloads.ts'

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
const TIME_ANCHOR =
  /\b(?:pre-|prior to|before|until|at the time of|avant|jusqu'a)(?: the| any| their| l[ae']| une?)? ?$/
/** "bowel resection" treats something else; "tumour treated by resection" does not. */
const OTHER_ORGAN = /\b(?:bowel|intestin\w+|gastric|gastro-?intestinal|gi|organ|intestinale) (?:or [a-z]+ )?$/
/** "chemotherapy-free interval", "antibody titre", "chemotherapy regimen of the study": the name of something else. */
const PART_OF_NAME =
  /^(?:-\d|[- ]?(?:free\b|titr\w+|levels?\b|concentration|related|induced|associated|options?\b|specimen|samples?|tissue|pneumon\w+|toxicit\w+|necrosis|dermatitis|proctitis|cystitis|enteritis|oncolog\w+))/

/** Codes that a sentence may write by an abbreviation with other meanings: those named in full elsewhere. */
export type IsBelieved = (code: string) => boolean

/** Codes of the treatments named in full in a text. */
export const codesIn = (plain: string): ReadonlySet<string> =>
  new Set(THERAPY_NAMES.findAll(plain).flatMap(({ value }) => (value.unsure ? [] : [value.code])))

/**
 * The treatments named in a text, in their order, with those that a list writes in short ("AKT, PI3K or mTOR
 * inhibitors"). `folded` is `plain` folded, of the same length.
 */
export function mentionsIn(plain: string, folded: string, isBelieved: IsBelieved): Mention[] {
  const named = THERAPY_NAMES.findAll(plain)
    .filter(({ value }) => !value.unsure || isBelieved(value.code))
    .map(({ start, end, value }) => ({ code: value.code, start, end }))
    .filter((mention) => !isQualified(mention, folded))
  const short = shortForms(folded)
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
  /^s?\)?(?: \([^()]{1,12}\))?,? (?:(?:that|which|specifically|directly|are|is) ){0,3}(?:target(?:s|ing)?|targeted (?:at|to|against)|directed|against|ciblant)\b/
const UNQUALIFIED =
  /(?:^|[(,;:/]|\b(?:prior|previous|systemic|any|or|and|with|other|molecular(?:ly)?|received|of|to|a|including|chemotherapy|immunotherapy)) ?$/

/** Chemotherapy of one kind or in one place. */
const PARTIAL = /\b(?:high[- ]dose|intrathecal|intra-?pleural|intra-?peritoneal|intravesical|topical) $/

/** "B7-H3-targeted therapy", "any agent directed against …": one kind of targeted therapy, not all of it. */
const isQualified = ({ code, start, end }: Mention, folded: string) =>
  (WIDE.has(code) && DIRECTED.test(folded.slice(end, end + 40))) ||
  (code === 'chemotherapy' && PARTIAL.test(folded.slice(Math.max(0, start - 24), start))) ||
  (code === 'targeted therapy' && !UNQUALIFIED.test(folded.slice(Math.max(0, start - 24), start)))

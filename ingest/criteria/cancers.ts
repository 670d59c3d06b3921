import { ancestorsOf, cancerByCode, cancerByMesh, isWithin, oncotreeCodes } from '../../domain/vocabulary/cancers.ts'
import { CANCER_NAMES as LEXICON } from './cancer-names.ts'
import { diagnosisSentences, TREATED_DISEASE } from './diagnosis.ts'
import { type Finding, found, foundElsewhere } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { neuroendocrineByOrigin } from './neuroendocrine.ts'
import type { Document, Sentence } from './sentences.ts'
import { fold } from './text.ts'

const FAMILIES = new Set(['ANY_CANCER', 'ANY_SOLID', 'ANY_HEME'])

interface Hit {
  code: string
  from: number
  to: number
  unsure: boolean
  /** Where the noun of its list stands, for items of a list. */
  list?: number
}

/** Where a code was read: the first place counts as evidence. */
interface Source {
  finding: Finding
  inCriteria: boolean
  statement: number | null
  /** Sentence and list of its words, where a list names it. */
  list?: string
}

function hitsIn(plain: string, lists = true): Hit[] {
  const named = LEXICON.findAll(plain).flatMap(({ start, end, value }) =>
    /\bnon[- ]?$/i.test(plain.slice(Math.max(0, start - 5), start)) ||
    /^ (?:kinase|receptor|gene|susceptib)/i.test(plain.slice(end, end + 12))
      ? []
      : meantBy(value.code).map((code) => ({ code, from: start, to: end, unsure: value.unsure })),
  )
  return lists ? [...named, ...coordinated(fold(plain))] : named
}

/** A tumour of the breast is invasive carcinoma to clinicians. */
const meantBy = (code: string): readonly string[] => cancerByCode(code)?.means ?? [code]

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

const itemsOf = (list: string) =>
  list.split(/,| (?:and|or|and\/or|et|ou) |\//).map((item) => item.trim().replace(/^(?:the|and|or|either) /, ''))

function add(hits: Hit[], items: readonly string[], from: number, to: number, names: (item: string) => string[]) {
  for (const item of items) {
    if (item.length < 3) continue
    const sense = endings(item)
      .flatMap(names)
      .map((name) => LEXICON.lookUp(name))
      .find((sense) => sense && !sense.unsure && !FAMILIES.has(sense.code))
    if (sense)
      for (const code of meantBy(sense.code))
        hits.push({ code, from: Math.max(0, from), to, unsure: false, list: from })
  }
}

/** The last words of an item, then its first, longest first: "patients with gastric" → …, "gastric"; "pancreatic head" → "pancreatic". */
function endings(words: string): string[] {
  const parts = words.split(' ').slice(-4)
  return [
    ...parts.map((_, at) => parts.slice(at).join(' ')),
    ...parts.map((_, at) => parts.slice(0, parts.length - at).join(' ')),
  ]
}

/** The disease named is what came before, or what the person does not have. */
const NOT_THE_DISEASE =
  /\b(?:transform\w+ from|arising from|history of|family history|transformed|evolved from|secondary to|other than|except(?:ing|ion)?(?: for)?|excluding|exclusion of|unless|no evidence of|without|rule out|not|no(?!n)|sauf|hormis|autres? que|metastas[ei]s (?:from|of|to)|involvement by|screening for|risk of|relatives? with|mother|father)\b[^.;:]{0,45}$/

/**
 * Cancers a person may have to enter (alternatives) and histologies that keep out. Conditions, titles and coded terms
 * say what the trial is about; the diagnosis sentences of the criteria narrow it.
 */
export function readCancers(document: Document, input: CriteriaInput): Finding[] {
  const registry = registryCancers(input)
  const criteria = criteriaCancers(document, [...registry.keys()])
  const required = withOrigins(narrowed(registry, criteria), criteria, document)
  return [
    ...[...required.values()].map(({ finding }) => finding),
    ...excludedCancers(document, input, [...required.keys()]),
  ]
}

/** Indexed under the organ they spread to: "Bone Neoplasms" for spine metastases. */
const METASTASES = /\bmetastas[ei]s\b/
const SITES_OF_METASTASES = ['BONE', 'BRAIN', 'LIVER', 'LUNG', 'PERITONEUM']

/** Codes of conditions, titles, keywords and MeSH terms, in that order of trust. */
function registryCancers(input: CriteriaInput): Map<string, Source> {
  const codes = new Map<string, Source>()
  const add = (code: string, section: 'conditions' | 'title' | 'keywords' | 'registry', quote: string) => {
    if (codes.has(code)) return
    const finding = foundElsewhere(
      { kind: 'cancer', polarity: 'required', code },
      `cancer-${section}`,
      section,
      quote,
      section === 'keywords' ? 0.6 : 0.9,
    )
    codes.set(code, { finding, inCriteria: false, statement: null })
  }
  const addAll = (texts: readonly (string | null)[], section: 'conditions' | 'title' | 'keywords') => {
    for (const text of texts) {
      if (!text) continue
      const folded = fold(text)
      for (const hit of hitsIn(text)) {
        if (hit.unsure && !codes.has(hit.code)) continue
        if (NOT_THE_DISEASE.test(folded.slice(0, hit.from))) continue
        add(hit.code, section, text)
      }
    }
  }
  addAll(input.conditions, 'conditions')
  addAll([input.briefTitle, input.officialTitle], 'title')
  if (![...codes.keys()].some((code) => !FAMILIES.has(code))) {
    addAll(input.keywords, 'keywords')
    for (const { id, term } of input.meshTerms ?? []) {
      const cancer = cancerByMesh(id) ?? cancerByMesh(term)
      for (const code of cancer ? meantBy(cancer.code) : []) add(code, 'registry', term)
    }
    if ([...input.conditions, input.briefTitle].some((topic) => METASTASES.test(fold(topic))))
      for (const site of SITES_OF_METASTASES) codes.delete(site)
  }
  return codes
}

const CONFIRMED =
  /\b(?:confirm\w*|diagnos\w+|histolog\w+|cytolog\w+|patholog\w+|documented|proven|patients? with|participants? with|subjects? with|has|have|with|atteints? de|presentant|porteurs? d)\b/

/** Codes of the diagnosis sentences; with nothing in the registry's fields, only of plain statements of a diagnosis. */
function criteriaCancers(document: Document, known: readonly string[]): Map<string, Source> {
  const codes = new Map<string, Source>()
  const diagnoses = diagnosisSentences(document)
  const itemised = tumoursItemised(document, diagnoses)
  for (const sentence of [...diagnoses, ...itemised.items]) {
    const hits = hitsIn(document.plain.slice(sentence.start, sentence.end))
    for (const hit of hits) {
      if (FAMILIES.has(hit.code) && itemised.leads.has(sentence.statement)) continue
      const before = sentence.text.slice(0, hit.from)
      if (NOT_THE_DISEASE.test(before) || TREATED_DISEASE.test(before)) continue
      if (hit.unsure && !known.includes(hit.code)) continue
      if (
        FAMILIES.has(hit.code) &&
        /\b(?:criteria (?:in|for)|committee on|institute|network|society|center|centre|national|european|cooperative) $/.test(
          before,
        )
      )
        continue
      if (known.length === 0 && (FAMILIES.has(hit.code) || !CONFIRMED.test(before.slice(-90)))) continue
      if (isSquamousOrNot(sentence.text, hit)) continue
      const list = hit.list === undefined ? undefined : `${sentence.index} ${hit.list}`
      const earlier = codes.get(hit.code)
      if (earlier) {
        if (list && !earlier.list) codes.set(hit.code, { ...earlier, list })
        continue
      }
      const finding = found({ kind: 'cancer', polarity: 'required', code: hit.code }, 'cancer-criteria', sentence, {
        from: hit.from,
        to: hit.to,
        confidence: 0.9,
      })
      codes.set(hit.code, { finding, inCriteria: true, statement: sentence.statement, ...(list && { list }) })
    }
  }
  return codes
}

/**
 * "Advanced solid tumours: / Group A: NSCLC, melanoma / Group B: NSCLC": where each item under a whole family names
 * its tumours, the items are the cancers taken, and the family only leads to them.
 */
function tumoursItemised(
  document: Document,
  diagnoses: readonly Sentence[],
): { leads: Set<number>; items: Sentence[] } {
  const namesFamily = ({ start, end }: Sentence) =>
    hitsIn(document.plain.slice(start, end)).some(({ code }) => FAMILIES.has(code))
  const namesTumours = ({ start, end }: { start: number; end: number }) => {
    const hits = hitsIn(document.plain.slice(start, end))
    return hits.length > 0 && hits.every(({ code }) => !FAMILIES.has(code))
  }
  const leads = new Set<number>()
  const items: Sentence[] = []
  for (const { statement } of diagnoses.filter(namesFamily)) {
    const children = document.statements.flatMap((child, index) =>
      child.parent === statement ? [{ child, index }] : [],
    )
    if (leads.has(statement) || children.length === 0 || !children.every(({ child }) => namesTumours(child))) continue
    leads.add(statement)
    const indices = new Set(children.map(({ index }) => index))
    items.push(...document.sentences.filter((sentence) => indices.has(sentence.statement)))
  }
  return { leads, items }
}

/** "squamous or non-squamous" narrows nothing. */
const isSquamousOrNot = (text: string, hit: Hit) =>
  /squamous/.test(text.slice(hit.from, hit.to)) &&
  /non-?\s?squamous/.test(text) &&
  !/^non/.test(text.slice(hit.from, hit.to))

/** What the criteria narrow, and what neither contradicts. Ancestors give way to the narrower codes that are stated. */
function narrowed(registry: Map<string, Source>, criteria: Map<string, Source>): Map<string, Source> {
  const topics = [...registry.keys()]
  const specific = topics.filter((code) => !FAMILIES.has(code))
  const related = (code: string) =>
    specific.length === 0 || specific.some((topic) => isWithin(code, topic) || isWithin(topic, code))
  const lists = new Set([...criteria].flatMap(([code, { list }]) => (list && related(code) ? [list] : [])))
  const all = new Map<string, Source>()
  for (const [code, source] of criteria) {
    const listed = source.list !== undefined && lists.has(source.list)
    if (FAMILIES.has(code) ? registry.has(code) || specific.length === 0 : listed || related(code))
      all.set(code, source)
  }
  for (const [code, source] of registry) if (!all.has(code)) all.set(code, source)
  const codes = [...all.keys()]
  for (const code of codes) {
    const source = all.get(code)
    const narrower = codes.filter((other) => other !== code && isWithin(other, code) && !isWithin(code, other))
    if (narrower.length === 0 || !source) continue
    if (FAMILIES.has(code)) {
      const apart = source.inCriteria && narrower.every((other) => all.get(other)?.statement !== source.statement)
      if (!apart) all.delete(code)
    } else all.delete(code)
  }
  return spreadFamilies(all)
}

/** "Neuroendocrine tumour of pancreatic or unknown origin": the codes of these origins. */
function withOrigins(all: Map<string, Source>, criteria: Map<string, Source>, document: Document): Map<string, Source> {
  const codes = new Map(all)
  for (const general of ['NETNOS', 'NECNOS'] as const) {
    const source = criteria.get(general)
    const origins = source ? originsStated(general, document) : null
    if (!source || !origins || ![...all.keys()].some((code) => isWithin(code, general))) continue
    codes.delete(general)
    for (const code of origins)
      if (!codes.has(code))
        codes.set(code, {
          ...source,
          finding: { ...source.finding, fact: { kind: 'cancer', polarity: 'required', code } },
        })
  }
  return codes
}

/** From the first diagnosis sentence that names the neoplasm with its origin; null if none does. */
function originsStated(general: 'NETNOS' | 'NECNOS', document: Document): string[] | null {
  for (const sentence of diagnosisSentences(document)) {
    const origins = neuroendocrineByOrigin(general, sentence.text)
    const plain = document.plain.slice(sentence.start, sentence.end)
    if (origins && hitsIn(plain).some(({ code }) => code === general)) return origins
  }
  return null
}

/** Families across branches stand for their OncoTree codes. */
function spreadFamilies(all: Map<string, Source>): Map<string, Source> {
  const spread = new Map<string, Source>()
  for (const [code, source] of all) {
    for (const one of FAMILIES.has(code) ? [code] : oncotreeCodes(code)) {
      const { finding } = source
      if (!spread.has(one))
        spread.set(one, {
          ...source,
          finding: { ...finding, fact: { kind: 'cancer', polarity: 'required', code: one } },
        })
    }
  }
  return spread
}

const DENYING = /\b(?:no|not|without|exclud\w+|exclusion|except|other than|sauf|hormis)\b/
const OTHER_MALIGNANCY =
  /\b(?:(?:other|another|second|secondary|prior|previous|concurrent|concomitant|history of|active|additional|different|synchronous)\b[^.;]{0,50}\b(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primar\w+)|malignan\w+ (?:other|within|in the)|in situ|within (?:the )?(?:last |past |previous )?(?:\d|two|three|five)|antecedents?|autre (?:cancer|tumeur))\b/
const HISTOLOGY =
  /\b(?:histolog\w+|components?|mixed|subtypes?|variants?|sarcomatoid|features|type|elements?|transformation|transformed|patients? with|participants? with|diagnosis of|known|has|have|small cell|neuroendocrine|presence of)\b|^.{0,70}$/

/** Histologies ruled out by name: neither another malignancy nor the disease of the trial itself. */
function excludedCancers(document: Document, input: CriteriaInput, required: readonly string[]): Finding[] {
  const findings = new Map<string, Finding>()
  if (required.length === 0) return []
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed' || (sentence.side === 'in' && !DENYING.test(sentence.text))) continue
    const hits = histologyHits(document, sentence, required)
    const derived = hits.filter((hit) => DERIVED.test(sentence.text.slice(0, hit.from))).map(({ code }) => code)
    for (const hit of hits) {
      if (derived.includes(hit.code)) continue
      const whole = FAMILIES.has(hit.code) && !(hit.code === 'ANY_HEME' && required.includes('ANY_SOLID'))
      if (findings.has(hit.code) || whole || hit.unsure) continue
      if (!isNear(hit.code, required) && sentence.text.length > 90) continue
      if (required.some((code) => isWithin(code, hit.code))) continue
      if (sentence.side === 'out' ? !ruledOut(document, sentence, hit) : !deniedHistology(sentence, hit)) continue
      findings.set(
        hit.code,
        found({ kind: 'cancer', polarity: 'excluded', code: hit.code }, 'cancer-excluded', sentence, {
          from: hit.from,
          to: hit.to,
          confidence: 0.8,
        }),
      )
    }
  }
  const squamous = nonSquamous(document, input, required)
  if (squamous && !findings.has('LUSC')) findings.set('LUSC', squamous)
  return [...findings.values()]
}

/** Names of cancers, and histologies named without their organ where no narrower name stands. */
function histologyHits(document: Document, sentence: Sentence, required: readonly string[]): Hit[] {
  const named = hitsIn(document.plain.slice(sentence.start, sentence.end))
  const bare = histologiesIn(sentence, required)
  const overlap = (a: Hit, b: Hit) => a.from < b.to && b.from < a.to
  return [
    ...named.filter((hit) => !(GENERAL_HISTOLOGY.has(hit.code) && bare.some((other) => overlap(hit, other)))),
    ...bare.filter(
      (hit) => !named.some((other) => !other.list && overlap(hit, other) && !GENERAL_HISTOLOGY.has(other.code)),
    ),
  ]
}

const GENERAL_HISTOLOGY = new Set(['NETNOS', 'NECNOS', 'SCC'])

/** In the same branch of the tree as a cancer of the trial: a histology of it, not another disease. */
const isNear = (code: string, required: readonly string[]) =>
  required.some(
    (one) =>
      isWithin(code, one) ||
      ancestorsOf(one).some((above) => above !== one && !FAMILIES.has(above) && isWithin(code, above)),
  )

/** Histologies named without their organ, which the trial gives. */
const HISTOLOGIES: Record<string, readonly [RegExp, string][]> = {
  LUNG: [
    [/(?<!non-)(?<!non )\bsmall[- ]cell\b(?! lung)/, 'SCLC'],
    [/\bneuroendocrine\b(?! lung)/, 'LNET'],
    [/\bsarcomatoid\b/, 'SARCL'],
    [/(?<!non-)(?<!non )\bsquamous\b/, 'LUSC'],
  ],
  PROSTATE: [
    [/\bsmall[- ]cell\b/, 'PRSCC'],
    [/\bneuroendocrine\b/, 'PRNE'],
  ],
}

function histologiesIn({ text }: Sentence, required: readonly string[]): Hit[] {
  const organ = Object.keys(HISTOLOGIES).find((code) => required.some((one) => isWithin(one, code)))
  if (
    !organ ||
    !/\b(?:histolog\w+|components?|mixed|subtypes?|variants?|elements?|features|differentiation)\b/.test(text)
  )
    return []
  return (HISTOLOGIES[organ] ?? []).flatMap(([pattern, code]) => {
    const match = pattern.exec(text)
    return match ? [{ code, from: match.index, to: match.index + match[0].length, unsure: false }] : []
  })
}

function ruledOut(document: Document, sentence: Sentence, hit: Hit): boolean {
  const { text } = sentence
  const statement = document.statements[sentence.statement]
  const whole = statement ? document.folded.slice(statement.start, statement.end).replace(/\n/g, ' ') : text
  if (OTHER_MALIGNANCY.test(whole) || (sentence.lead && OTHER_MALIGNANCY.test(sentence.lead.text))) return false
  const before = text.slice(0, hit.from)
  const item = before.slice(Math.max(0, ...[',', ';', ' or ', ' and '].map((mark) => before.lastIndexOf(mark))))
  if (/\b(?:except|unless|other than|excluding|sauf|allerg\w+)\b/.test(before)) return false
  if (/\b(?:treat\w+|therap\w+|surgery|metasta\w+|resect\w+)\b/.test(item)) return false
  if (/\b(?:brain|cns|leptomening\w+|central nervous)\b/.test(text) && !PRIMARY_OF_BRAIN.test(text.slice(hit.from)))
    return false
  if (/^ (?:burden|involvement|lesions?|infiltrat\w+|markers?|invasion)\b/.test(text.slice(hit.to))) return false
  return hit.from < 15 || HISTOLOGY.test(text)
}

/** "DLBCL arising from CLL", "composite lymphoma (…)": part of another name. */
const DERIVED = /\b(?:arising from|transform\w+ (?:from|of))\b[^.;,(]{0,45}$|\bcomposite\b[^.;,]{0,45}$/
const PRIMARY_OF_BRAIN = /^primary (?:brain|cns|central nervous system)\b/

const deniedHistology = (sentence: Sentence, hit: Hit) =>
  sentence.section !== 'exclusion' &&
  /\b(?:no|not|without|excluding|exclusion of|except(?: for)?|other than|sauf|hormis|are not eligible)\b[^.;,]{0,40}$/.test(
    sentence.text.slice(0, hit.from),
  ) &&
  !OTHER_MALIGNANCY.test(sentence.text) &&
  !/\b(?:brain|cns|metasta\w+|prior|previous|history|treated)\b/.test(
    sentence.text.slice(Math.max(0, hit.from - 60), hit.from),
  )

const NON_SQUAMOUS = /\bnon-?\s?(?:squamous|epidermoide)\b/
/** "Testing is required for non-squamous tumours", "if non-squamous": of these people only. */
const OF_NON_SQUAMOUS = /\b(?:for|if|in|of)(?: all| any)?(?: (?:patients|participants|subjects|those) with)? $/
const EITHER_SQUAMOUS =
  /\b(?<!non-)(?<!non )squamous (?:or|and|and\/or|\/|or a) ?non-?\s?squamous|\bnon-?\s?squamous (?:or|and|\/) ?(?:squamous)/

/** "Non-squamous non-small cell lung cancer": squamous histology is ruled out. */
function nonSquamous(document: Document, input: CriteriaInput, required: readonly string[]): Finding | null {
  if (
    !required.some((code) => code === 'NSCLC' || isWithin('LUSC', code) || isWithin(code, 'NSCLC')) ||
    required.includes('LUSC')
  )
    return null
  const fact = { kind: 'cancer', polarity: 'excluded', code: 'LUSC' } as const
  if (document.sentences.some(({ text }) => EITHER_SQUAMOUS.test(text))) return null
  for (const sentence of diagnosisSentences(document)) {
    const match = NON_SQUAMOUS.exec(sentence.text)
    if (match && sentence.cohort === null && !OF_NON_SQUAMOUS.test(sentence.text.slice(0, match.index)))
      return found(fact, 'cancer-non-squamous', sentence, { from: match.index, to: match.index + match[0].length })
  }
  for (const title of [input.briefTitle, input.officialTitle]) {
    if (title && NON_SQUAMOUS.test(fold(title)) && !EITHER_SQUAMOUS.test(fold(title)))
      return foundElsewhere(fact, 'cancer-non-squamous', 'title', title)
  }
  return null
}

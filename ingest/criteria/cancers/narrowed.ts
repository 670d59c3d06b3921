import { cancerByCode, isWithin, oncotreeCodes } from '../../../domain/vocabulary/cancers.ts'
import { FAMILIES } from '../cancer-names.ts'
import type { Source } from './source.ts'

/** What the criteria narrow, and what neither contradicts. Ancestors give way to the narrower codes that are stated. */
export function narrowed(registry: Map<string, Source>, criteria: Map<string, Source>): Map<string, Source> {
  const topics = [...registry].flatMap(([code, { finding }]) => (finding.section === 'keywords' ? [] : [code]))
  const specific = topics.filter((code) => !FAMILIES.has(code))
  const related = (code: string) =>
    specific.length === 0 || specific.some((topic) => isWithin(code, topic) || isWithin(topic, code))
  const lists = new Set([...criteria].flatMap(([code, { list }]) => (list && related(code) ? [list] : [])))
  const isOfAnyCancer = registry.get('ANY_CANCER')?.finding.section === 'conditions'
  const all = new Map<string, Source>()
  for (const [code, source] of criteria) {
    const listed = source.list !== undefined && lists.has(source.list)
    const family = registry.has(code) || (code === 'ANY_SOLID' && isOfAnyCancer)
    if (FAMILIES.has(code) ? family || specific.length === 0 : listed || related(code)) all.set(code, source)
  }
  for (const [code, source] of registry) if (!all.has(code)) all.set(code, source)
  backWholeFamily(all, criteria)
  leaveOutConditional(all)
  keepStatedTwice(all, registry, criteria)
  keepTitled(all)
  const codes = [...all.keys()]
  for (const code of codes) {
    const source = all.get(code)
    const narrower = codes.filter(
      (other) => isNarrower(other, code) && narrows(all.get(other), source, FAMILIES.has(code)),
    )
    if (narrower.length === 0 || !source || source.open) continue
    const apart =
      FAMILIES.has(code) &&
      source.inCriteria &&
      narrower.every((other) => all.get(other)?.statement !== source.statement)
    if (!apart) all.delete(code)
  }
  return spreadFamilies(all)
}

/** Words that say more of the same tumour, rather than which others are taken. */
function narrows(other: Source | undefined, source: Source | undefined, wholeFamily: boolean): boolean {
  if (!other || !source || other.amongOthers || (other.conditional && !source.conditional)) return false
  if (other.also && !wholeFamily) return false
  return other.oneOf === undefined || other.oneOf !== source.oneOf || other.statement === source.statement
}

const isNarrower = (code: string, than: string) =>
  code !== than &&
  isWithin(code, than) &&
  !isWithin(than, code) &&
  !cancerByCode(code)?.beside?.some((other) => isWithin(than, other))

/**
 * Where the trial is about solid tumours, "a confirmed malignancy" of its criteria is one: the wider word gives way.
 */
function backWholeFamily(all: Map<string, Source>, criteria: Map<string, Source>) {
  const solid = all.get('ANY_SOLID')
  const any = criteria.get('ANY_CANCER')
  if (!solid) return
  all.delete('ANY_CANCER')
  if (any && !solid.inCriteria)
    all.set('ANY_SOLID', { ...any, finding: solid.finding, ...(solid.open && { open: solid.open }) })
}

/** "For oropharyngeal cancer, …" adds nothing where all of the head and neck, or all solid tumours, are taken. */
function leaveOutConditional(all: Map<string, Source>) {
  for (const [code, source] of [...all]) {
    const wider = [...all].some(
      ([other, { inCriteria, conditional }]) =>
        isNarrower(code, other) && !conditional && (inCriteria || !FAMILIES.has(other)),
    )
    if (source.conditional && wider) all.delete(code)
  }
}

/** What both the conditions and the criteria name is taken whole, whatever kinds the conditions list beside it. */
function keepStatedTwice(all: Map<string, Source>, registry: Map<string, Source>, criteria: Map<string, Source>) {
  for (const [code, { conditional }] of criteria) {
    if (conditional || FAMILIES.has(code) || registry.get(code)?.finding.section !== 'conditions') continue
    const kinds = [...all.keys()].filter((other) => isNarrower(other, code))
    if (kinds.every((kind) => all.get(kind)?.finding.section === 'conditions'))
      for (const kind of kinds) all.delete(kind)
  }
}

/**
 * What the title names is taken whole where the criteria name none of its kinds, and not all of them stand in the
 * title: "DIPG and recurrent brain tumours", conditions "brain tumour; DIPG; ependymoma". A basket of all solid tumours
 * is taken whole unless the criteria name each kind of the conditions.
 */
function keepTitled(all: Map<string, Source>) {
  for (const [code, source] of all) {
    if (!source.titled || source.inCriteria) continue
    const kinds = [...all].flatMap(([other, kind]) => (isNarrower(other, code) ? [kind] : []))
    const listed = kinds.filter(({ inCriteria, finding }) => !inCriteria && finding.section === 'conditions')
    if (kinds.length < 2 || !listed.some(({ titled }) => !titled)) continue
    if (FAMILIES.has(code) || listed.length === kinds.length) all.set(code, { ...source, open: true })
  }
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

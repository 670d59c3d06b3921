import type { Criterion, CriterionOf } from '../domain/criterion.ts'
import type { Language } from '../domain/question.ts'
import { REGISTRY_FACTS } from '../domain/registry.ts'
import { OPENNESS } from '../domain/status.ts'
import { cancerByCode } from '../domain/vocabulary/cancers.ts'
import { describeCriterion } from '../domain/vocabulary/describe.ts'
import type { ShownSite } from './face.ts'
import type { Line } from './lines.ts'
import { CONTRADICTED, MET, NOT_RESTRICTED, UNKNOWN } from './verdict.ts'
import { agoInWords, decapital, kilometresInWords, type Words } from './words.ts'

interface Explained {
  lines: readonly Line[]
  site: ShownSite | null
  distanceKm: number | null
  /** Days since the status shown was confirmed; null when not known. */
  ageDays: number | null
  lang: Language
}

const SENTENCES: Record<'against' | 'here' | 'check', Words> = {
  against: { fr: 'Écarté car : ', en: 'Set aside because: ' },
  here: { fr: 'Classé ici car : ', en: 'Ranked here because: ' },
  check: { fr: 'À vérifier : ', en: 'To be checked: ' },
}

/** One to three sentences that say why the trial stands where it stands, and what is to be checked. */
export function explanationOf(explained: Explained): string {
  const { lines, lang } = explained
  const separator = lang === 'fr' ? ' ; ' : '; '
  const against: string[] = []
  const reasons: string[] = []
  const toCheck: string[] = []
  for (const line of lines) {
    if (line.code === NOT_RESTRICTED) continue
    const said = line.code === CONTRADICTED ? against : line.code === UNKNOWN ? toCheck : reasons
    const name = nameOf(line, lang)
    if (!said.includes(name)) said.push(name)
  }
  const here = [...joinNumbered(reasons), sitePhrase(explained)].join(separator)
  let text = against.length > 0 ? `${SENTENCES.against[lang]}${joinNumbered(against).join(separator)}. ` : ''
  text += `${SENTENCES.here[lang]}${here}.`
  return toCheck.length > 0 ? `${text} ${SENTENCES.check[lang]}${joinNumbered(toCheck).join(', ')}.` : text
}

/** What a line is about, with what the trial asks where that says more: `EGFR L858R (mutation EGFR exigée)`. */
function nameOf({ code, name, statement, untold }: Line, lang: Language): string {
  if (statement === null) return name[lang]
  if (untold) return describedIn(statement, lang)
  if (code === MET && !saysMore(statement)) return name[lang]
  // Brackets inside brackets read badly: « au plus 1 ligne de traitement, maladie métastatique ».
  return `${name[lang]} (${withoutBrackets(describedIn(statement, lang))})`
}

const withoutBrackets = (text: string): string =>
  text.includes('(') ? text.replaceAll(/ \(([^()]*)\)/g, ', $1') : text

/** Whether what a trial asks says more than the answer that meets it: a gene asked for, bounds of lines. */
function saysMore(statement: Criterion): boolean {
  if (statement.kind === 'prior_lines') return statement.max !== 0
  if (statement.kind !== 'biomarker') return false
  return statement.polarity === 'required' && statement.alteration !== 'positive' && statement.alteration !== 'negative'
}

/** Trials' statements in words, worked out when first shown: they are the trials' own and the same for everybody. */
const described: Record<Language, WeakMap<Criterion, string>> = { fr: new WeakMap(), en: new WeakMap() }

function describedIn(statement: Criterion, lang: Language): string {
  const before = described[lang].get(statement)
  if (before !== undefined) return before
  const text = decapital(statement.kind === 'cancer' ? cancerIn(statement, lang) : describeCriterion(statement, lang))
  described[lang].set(statement, text)
  return text
}

/** `toute tumeur solide`, `sauf carcinome épidermoïde du poumon`. */
function cancerIn({ code, polarity }: CriterionOf<'cancer'>, lang: Language): string {
  const label = decapital(cancerByCode(code)?.[lang] ?? code)
  return polarity === 'required' ? label : `${lang === 'fr' ? 'sauf' : 'except'} ${label}`
}

/** A gene's symbol that ends in one digit, its last character (HGNC: Latin capitals and digits). */
const NUMBERED = /\b[A-Z]{2,}\d\b/

/**
 * `fusion NTRK1 exclue`, `fusion NTRK2 exclue` → `fusion NTRK1/2 exclue`: names that differ in one digit are said once.
 */
export function joinNumbered(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names
  const joined = new Map<string, { before: string; digits: string[]; after: string }>()
  for (const name of names) {
    const found = NUMBERED.exec(name)
    const at = found === null ? name.length : found.index + found[0].length - 1
    const [before, digit, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)]
    const key = `${before}\n${after}`
    const known = joined.get(key)
    if (known) known.digits.push(digit)
    else joined.set(key, { before, digits: [digit], after })
  }
  if (joined.size === names.length) return names
  return [...joined.values()].map(({ before, digits, after }) => `${before}${digits.join('/')}${after}`)
}

/** `site ouvert à 12 km, confirmé par le promoteur il y a 9 jours`. */
function sitePhrase({ site, distanceKm, ageDays, lang }: Explained): string {
  const fr = lang === 'fr'
  if (site === null) return fr ? 'ouvert en France, centres non publiés' : 'open in France, sites not published'
  const open = OPENNESS[site.status] === 'open'
  const where =
    distanceKm !== null
      ? `${fr ? 'à' : ''} ${kilometresInWords(distanceKm, lang)}${fr ? '' : ' away'}`.trim()
      : site.city !== null
        ? `${fr ? 'à' : 'in'} ${site.city}`
        : ''
  const what = open ? (fr ? 'site ouvert' : 'open site') : fr ? 'site au statut non publié' : 'site of unknown status'
  const when = ageDays === null ? '' : agoInWords(Math.max(0, ageDays), lang)
  return [`${what} ${where}`.trim(), ...(open && when ? [`${confirmation(site, lang)} ${when}`] : [])].join(', ')
}

function confirmation({ statusSource, statusLevel }: ShownSite, lang: Language): string {
  if (statusSource === 'partner') return lang === 'fr' ? 'confirmé par le promoteur' : 'confirmed by the sponsor'
  const { name } = REGISTRY_FACTS[statusSource]
  if (statusLevel === 'country')
    return lang === 'fr' ? `statut national publié par ${name}` : `country status published by ${name}`
  return lang === 'fr' ? `statut publié par ${name}` : `status published by ${name}`
}

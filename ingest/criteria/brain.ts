import type { BRAIN_METASTASES_RULES } from '../../domain/criterion.ts'
import { type Finding, found } from './evidence.ts'
import type { Document, Sentence } from './sentences.ts'

type Rule = (typeof BRAIN_METASTASES_RULES)[number]

const SITE =
  '(?:brain|cerebral(?:es?)?|cns|snc|central nervous system|systeme nerveux central|leptomeningeal|mening\\w+|intracranial|cranial|parenchymal)'
const DISEASE =
  '(?:metasta\\w+|lesions?|involvement|disease|leuka?emia|lymphoma|tumou?rs?|localisations?|atteinte|spread|infiltration|secondary|mets?|malignanc\\w+|lymphomatous|manifestations?)'
const BRAIN = new RegExp(
  `\\b${SITE}\\b[^.;]{0,45}?\\b${DISEASE}\\b|\\b(?:metasta\\w+|involvement|atteinte|localisations?|spread|disease|infiltration|progression)\\b[^.;,]{0,40}?\\b(?:brain|cerebral\\w*|cns|snc|central nervous system|systeme nerveux central|intracranial\\w*)\\b`,
)
/** Diseases of the brain that are not spread of the cancer the trial is about. */
const NOT_SPREAD =
  /\b(?:primary (?:brain|cns|central nervous system) (?:tumou?rs?|cancers?|malignanc\w+|lymphoma)|cns (?:disorders?|depress\w+|stimul\w+|infections?|vasculitis|prophylaxis)|central nervous system (?:disorders?|prophylaxis|depress\w+)|brain (?:injur\w+|stem glioma)|cns-directed)\b/
const LEPTOMENINGEAL_ONLY = /\b(?:leptomening\w+|mening\w+|carcinomatous)\b/
const PARENCHYMAL = /\b(?:brain|cerebral\w*|cns|snc|central nervous system|intracranial|systeme nerveux central)\b/
/** The kinds of spread only: what is active, untreated or causes symptoms. */
const QUALIFIED =
  /\b(?:active(?:ly)?|untreated|symptom(?:s|atic|atiques?)|uncontrolled|unstable|progressi\w+|progressing|newly|new|non[- ]?(?:traitees?|controlees?|stables?)|not (?:adequately |previously |definitively )?(?:treated|controlled|stable)|requir\w+ (?:steroids?|corticosteroids?|immediate|local|treatment|therapy|emergency)|needing|necessitant|evolutives?|actives?|symptomatiques?|instables?|non[- ]?(?:treated|irradiated|stable)|with symptoms|large|>|causing)\b/
const EXCEPTION =
  /\b(?:unless|except|exceptions?|allowed|eligible|permitted|may (?:be )?(?:enrol|participate|includ|enter)\w*|can (?:be )?(?:enrol|participate|includ|enter)\w*|acceptable|provided|sauf|autorisees?|a condition|excepte|are not excluded|should (?:be|have been) (?:stable|treated|asymptomatic)|must (?:be|have been|have) (?:stable|treated|asymptomatic|completed|clinically|neurologically)|if (?:treated|stable|asymptomatic|they|previously|the)|only if)\b/
const STABLE =
  /\b(?:stable|treated|asymptomatic|controlled|inactive|irradiated|steroids?|corticosteroids?|traitees?|stables?|asymptomatiques?|controlees?|resected|radiother\w+|surgery|remission)\b/
const ANY_STATE =
  /\b(?:including (?:those with )?untreated|treated or untreated|regardless|whether or not|with or without|irrespective)\b/

interface Reading {
  rule: Rule
  finding: Finding
}

/** Brain and central nervous system spread: excluded as such, allowed once treated or stable, allowed, or required. */
export function readBrainMetastases(document: Document): Finding[] {
  const readings: Reading[] = []
  for (const sentence of document.sentences) {
    const rule = ruleOf(sentence, document)
    if (!rule) continue
    const match = BRAIN.exec(sentence.text)
    const polarity = rule === 'required' ? 'required' : 'excluded'
    readings.push({
      rule,
      finding: found({ kind: 'brain_metastases', polarity, value: rule }, `brain-${sentence.side}`, sentence, {
        ...(match ? spanAround(sentence, match) : {}),
      }),
    })
  }
  const best = mostPermissive(readings)
  return best ? [best] : []
}

/** The quote is the whole sentence when short, else the words from the hit to the end of its clause. */
function spanAround(sentence: Sentence, match: RegExpExecArray): { from: number; to: number } {
  if (sentence.text.length <= 220) return { from: 0, to: sentence.text.length }
  return {
    from: Math.max(0, match.index - 60),
    to: Math.min(sentence.text.length, match.index + match[0].length + 120),
  }
}

function ruleOf(sentence: Sentence, document: Document): Rule | null {
  const { text, side } = sentence
  const own = BRAIN.test(text)
  const follows =
    !own && sentence.lead !== null && BRAIN.test(sentence.lead.text) && (EXCEPTION.test(text) || side === 'allowed')
  if (!own && !follows) return null
  if (NOT_SPREAD.test(text) && !/metasta/.test(text)) return null
  if (LEPTOMENINGEAL_ONLY.test(text) && !PARENCHYMAL.test(text)) return null
  if (
    /\b(?:imaging|mri|irm|scan|ct|assess\w*|screening|evaluat\w*)\b/.test(text) &&
    !/\b(?:metasta|involvement|lesions|disease)/.test(text)
  )
    return null
  if (side === 'allowed' || follows)
    return ANY_STATE.test(text)
      ? 'allowed'
      : STABLE.test(text) || QUALIFIED.test(text) || sentence.section === 'exclusion'
        ? 'allowed_if_treated_or_stable'
        : 'allowed'
  if (side === 'out') {
    const head = text.slice(0, (BRAIN.exec(text)?.index ?? 0) + 60)
    if (EXCEPTION.test(text) && (STABLE.test(text) || nextAllows(sentence, document)))
      return 'allowed_if_treated_or_stable'
    if (
      /\b(?:treated|previously treated|asymptomatic) (?:brain|cns)|asymptomatic brain|asymptomatic or symptomatic/.test(
        text,
      ) &&
      !/\b(?:un|not )treated/.test(text) &&
      !/no longer/.test(text)
    )
      return 'excluded'
    if (
      /\b(?:with or without symptoms|whether symptomatic|active or (?:inactive|history|previous|prior)|treated or untreated|current or (?:past|prior|history)|prior or current|history of (?:or )?(?:prior|previous)?)/.test(
        head,
      )
    )
      return /active\b|untreated|symptomatic|uncontrolled/.test(head) &&
        !/or (?:history|past|prior|inactive|treated)|history/.test(head)
        ? 'allowed_if_treated_or_stable'
        : 'excluded'
    if (
      QUALIFIED.test(head) ||
      QUALIFIED.test(text.slice(BRAIN.exec(text)?.index ?? 0, (BRAIN.exec(text)?.index ?? 0) + 130))
    )
      return 'allowed_if_treated_or_stable'
    if (sentence.lead && QUALIFIED.test(sentence.lead.text) && BRAIN.test(sentence.lead.text))
      return 'allowed_if_treated_or_stable'
    return nextAllows(sentence, document) ? 'allowed_if_treated_or_stable' : 'excluded'
  }
  if (
    /\b(?:no|without|absence of|free of|free from|negative for|pas de|sans|absence de|must not have|not have|do not have|rule out|exclude)\b/.test(
      text.slice(0, (BRAIN.exec(text)?.index ?? 0) + 10),
    )
  ) {
    if (EXCEPTION.test(text) && STABLE.test(text)) return 'allowed_if_treated_or_stable'
    return QUALIFIED.test(text) ? 'allowed_if_treated_or_stable' : 'excluded'
  }
  if (ANY_STATE.test(text) && EXCEPTION.test(text)) return 'allowed'
  if (EXCEPTION.test(text))
    return STABLE.test(text) || QUALIFIED.test(text) ? 'allowed_if_treated_or_stable' : 'allowed'
  if (
    /\b(?:history of|patients with|participants with|subjects with|untreated|treated|previously treated|if)\b[^.]{0,60}$/.test(
      text.slice(0, BRAIN.exec(text)?.index ?? 0),
    ) &&
    STABLE.test(text)
  )
    return 'allowed_if_treated_or_stable'
  if (
    /\b(?:at least one|≥ ?1|>= ?1|one or more|documented|confirmed|presence of|diagnos\w+|with|known|measurable|newly)\b[^.]{0,50}$/.test(
      text.slice(0, BRAIN.exec(text)?.index ?? 0),
    ) &&
    /metasta/.test(text) &&
    !/\b(?:imaging|mri|measurable disease outside|other than|outside)\b/.test(text)
  )
    return 'required'
  return null
}

/** The sentence after it, in the same statement, says who may enter all the same. */
function nextAllows(sentence: Sentence, document: Document): boolean {
  const next = document.sentences[sentence.index + 1]
  return next !== undefined && next.statement === sentence.statement && next.side === 'allowed'
}

const RANK: Record<Rule, number> = { excluded: 0, allowed_if_treated_or_stable: 1, required: 2, allowed: 3 }

/** Cohorts are alternatives and an allowance follows its exclusion: the most permissive statement holds. */
function mostPermissive(readings: Reading[]): Finding | null {
  const [first, ...others] = readings
  if (!first) return null
  return others.reduce((best, next) => (RANK[next.rule] > RANK[best.rule] ? next : best), first).finding
}

import { TREATED_DISEASE } from '../diagnosis.ts'
import type { Side } from '../sentences.ts'
import type { Atom } from './grammar.ts'
import { EXPRESSED, RESULTS } from './kinds.ts'

/** Words that say a marker is looked at, whatever it is. */
const WHATEVER =
  /\b(?:regardless|irrespective|independent(?:ly)?|whatever|whichever|quel(?:le)?s? que soi\w+|independamment|any (?:level of )?(?:pd|her2)|known or unknown|any value|all comers?|with or without|and without|according to|stratif\w+|by (?:local |central )?(?:status|level))\b/
const WHATEVER_AFTER =
  /^[ ,)]*(?:status[ ,)]*)?(?:or unknown|or not|vs\.? |versus|and unknown|mandatory|not required|is unknown|unknown)/
const LOOKED_AT =
  /\b(?:test(?:ed|ing|s)?|analys[ie]s|assess(?:ed|ment)|evaluat(?:e|ed|ion)|determin(?:e|ed|ation)|screen(?:ed|ing)?|result(?:s)?|sample|tissue|specimen|biops\w+|block|slides?|recherche|measure(?:d|ment)?) (?:[a-z]+ ){0,3}(?:for|of|to(?! be)|in|de|des|du|d'|whether|if)\b[^.;]{0,40}$/
const STATED = /\b(?:positive|confirmed|documented)\b[^.;]{0,30}$/
/** "Any PD-L1 TPS": every value of the scale is taken. */
const SCALE_AFTER = /^ ?(?:tps|cps|tap|ihc|expression|score|status|level)\b/
const ANY_BEFORE = /\bany (?:level of )?$/
const IF_BEFORE =
  /\b(?:if|when|unless|in case of|in the case of|si|en cas de|cas de|for (?:patients?|participants?|subjects?|those) (?:with|whose|who))\b[^,.;]{0,40}$/
const TO_BE_TESTED =
  /^[^.;]{0,40}\b(?:must|should|needs? to|has to|doit|doivent) (?:have been|be|etre|avoir ete) (?:[a-z]+ )?(?:tested|assessed|known|determined|available|evaluated|measured|connue?s?|teste\w*|determine\w*)\b/
const SUBJECT_WITH_COLON = /^(?:in|for|if|si|pour|chez|dans)\b/
/** A condition on those who have the marker, not a condition to have it. */
const CONDITIONAL_SUBJECT =
  /^(?:(?:for|in|if|when|among|pour|chez|si|dans)\b|(?:all |any |the )?(?:patients?|participants?|subjects?|those|individuals?|tumou?rs?|nsclc|women|men)\b)/
const CONDITIONAL_AFTER =
  /\b(?:must|should|shall|need(?:s)? to|(?:are|is) required to|have to|has to|will|may|can|are (?:eligible|allowed|permitted)|is (?:eligible|allowed|permitted)|doivent|doit|peuvent)\b/
const LETS_IN = /\b(?:eligible|included|enrolled|excluded)\b/
const STATES_RESULT =
  /^[^,.;]{0,60}\b(?:be|etre) (?:negative|positive|wild|confirmed|documented|present|known|available)/

/** Fractions of their transcripts are residual disease, not what a tumour expresses. */
const NOT_MEASURED = new Set(['PHILADELPHIA', 'ABL1', 'BCR', 'NPM1', 'EBV', 'HPV'])

/** Mentions that set no condition: tested, whatever the result, or the subject of another condition. */
export function isNeutral(text: string, atom: Atom, side: Side | 'title'): boolean {
  const before = text.slice(Math.max(0, atom.start - 80), atom.start)
  const after = text.slice(atom.end, atom.end + 110)
  const { code, threshold } = atom.alteration
  if (WHATEVER.test(before.slice(-55)) || WHATEVER_AFTER.test(after)) return true
  if (code === 'expression' && threshold === null && /\bknown (?:tumou?r )?$/.test(before)) return true
  if (side !== 'out' && threshold === null && LOOKED_AT.test(before) && !STATED.test(before.slice(-30))) return true
  if (IF_BEFORE.test(before.slice(-60))) return true
  if (ANY_BEFORE.test(before) && (EXPRESSED.has(code) || SCALE_AFTER.test(after))) return true
  if (threshold === null && !RESULTS.has(code) && TO_BE_TESTED.test(after)) return true
  if (side !== 'title' && TREATED_DISEASE.test(before)) return true
  if (threshold !== null && atom.genes.some((gene) => NOT_MEASURED.has(gene))) return true
  if (atom.start < 60 && SUBJECT_WITH_COLON.test(text) && /^[^.;]{0,80}:/.test(after)) return true
  return atom.start < 140 && isSubjectOfCondition(text, atom, after)
}

/** "Patients with an EGFR mutation must have received …" */
function isSubjectOfCondition(text: string, atom: Atom, after: string): boolean {
  if (!CONDITIONAL_SUBJECT.test(text) || CONDITIONAL_AFTER.test(text.slice(0, atom.start))) return false
  const modal = CONDITIONAL_AFTER.exec(after)
  return (
    modal !== null &&
    !LETS_IN.test(after.slice(modal.index, modal.index + 30)) &&
    !STATES_RESULT.test(after.slice(modal.index))
  )
}

/** What can be said of signatures: "loss of MMR" in leukaemia is loss of a major molecular response. */
const SIGNATURES = new Set(['MMR', 'MSI', 'TMB', 'HRD'])
const SIGNATURE_STATES = new Set([
  'high',
  'low',
  'stable',
  'deficient',
  'proficient',
  'positive',
  'negative',
  'mutation',
])

/** Whether what is said can be said of the marker. */
export const isPlausible = ({ genes, alteration }: Atom) =>
  !genes.some((gene) => SIGNATURES.has(gene)) || SIGNATURE_STATES.has(alteration.code)

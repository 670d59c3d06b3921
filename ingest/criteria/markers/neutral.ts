import { TREATED_DISEASE } from '../diagnosis.ts'
import type { Side } from '../sentences.ts'
import type { Atom } from './grammar.ts'
import { EXPRESSED, isOneVariant, RESULTS } from './kinds.ts'

/** Words that say a marker is looked at, whatever it is. */
const WHATEVER =
  /\b(?:regardless|irrespective|independent(?:ly)?|whatever|whichever|quel(?:le)?s? que soi\w+|independamment|any (?:level of )?(?:pd|her2)|known or unknown|any value|all comers?|with or without|and without|according to(?= (?:[a-z0-9-]+ ){0,3}$)|stratif\w+|by (?:local |central )?(?:status|level))\b/
/** "expresses ER with or without PR": the words said of both stand before the two. */
const OR_WITHOUT = /\bwith or without\b/
const WHATEVER_AFTER =
  /^[ ,)]*(?:status[ ,)]*)?(?:or unknown|or not|vs\.? |versus|and unknown|mandatory|not required|is unknown|unknown)|^[^,.;]{0,50}\b(?:is|are) (?:not|no) (?:required|mandatory|necessary|needed|a requirement)\b/
/** "There is no minimum expression level for entry". */
const NO_MINIMUM = /\bno (?:minimum|minimal|threshold|cut-?off|restriction|requirement)\b[^.;]{0,40}$/
const LOOKED_AT =
  /\b(?:test(?:ed|ing|s)?|analys[ie]s|assess(?:ed|ment)|evaluat(?:e|ed|ion)|determin(?:e|ed|ation)|screen(?:ed|ing)?|result(?:s)?|sample|tissue|specimen|biops\w+|block|slides?|recherche|measure(?:d|ment)?) (?:[a-z]+ ){0,3}(?:for|of|to(?! be)|in|de|des|du|d'|whether|if)\b[^.;]{0,40}$/
const STATED = /\b(?:positive|confirmed|documented)\b[^.;]{0,30}$/
/** "Any PD-L1 TPS": every value of the scale is taken. */
const SCALE_AFTER = /^ ?(?:tps|cps|tap|ihc|expression|score|status|level)\b/
const ANY_BEFORE = /\bany (?:level of )?$/
const IF_BEFORE =
  /\b(?:if|when|unless|in case of|in the case of|si|en cas de|cas de|for (?:patients?|participants?|subjects?|those) (?:with|whose|who))\b[^,.;]{0,90}$/
/** "PARP inhibitor for patients with a germline BRCA mutation": who else need not. */
const FOR_THOSE = /\bfor (?:patients?|participants?|subjects?|those|people) (?:with|whose|who)\b[^,.;]{0,95}$/
/** "… including those with NPM1 mutations": they too. */
const INCLUDING_THOSE = /\bincluding (?:those|patients|participants|subjects|individuals)\b[^.;]{0,60}$/
/** "L858R, alone or together with other EGFR mutations": more that may be there. */
const MORE_MAY_BE =
  /\b(?:alone or (?:[a-z]+ ){0,2}(?:with|alongside)|(?:with or without|in combination with) other) (?:[a-z]+ ){0,2}$/
/** "(as in RUNX1 germline mutations)": an example of something else. */
const AS_IN = /\bas (?:in|with|seen in)\b[^.;)]{0,80}$/
/** "a BRAF inhibitor in V600E mutants". */
const TREATED_FOR = /\binhibitors?\b[^.;:]{0,60}\b(?:in|for)\b[^.;:]{0,40}$/
/** "microsatellite instability/mismatch repair status must be documented". */
const STATUS_KNOWN =
  /^[^.;]{0,60}\bstatus\b[^.;]{0,60}\b(?:must|should|has to|have to|needs? to) (?:be |have been )(?:documented|known|available|determined|tested|assessed|evaluated|reported|provided)\b/
const STATES_IT = /(?:positiv\w*|negativ\w*|high|low|stable|-h|[+-])$/
/** "HER2-positive participants must have received …" */
const PEOPLE_WITH = /^ (?:[a-z-]+ ){0,2}(?:patients|participants|subjects|those)\b/
/** "42 days for Cohort A2 (ROS1 positive)": what a cohort is called, in a sentence about something else. */
const COHORT_LABEL = /[a-z0-9)] [^.;]{0,60}\b(?:cohorts?|parts?|arms?|groups?) [a-z0-9]{1,3} ?\([^()]{0,30}$/
/** "CD4+ leukaemia:" heads what keeps such patients out; "EGFR mutation, including:" is itself what keeps out. */
const OPENS_LIST = /\b(?:such as|includ\w+|following|any of|one of|defined|notamment|suivant\w*)\b/
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
  if (WHATEVER.test(before.slice(-55)) || WHATEVER_AFTER.test(after) || NO_MINIMUM.test(before)) return true
  if (MORE_MAY_BE.test(before)) return true
  if (COHORT_LABEL.test(before) || INCLUDING_THOSE.test(before) || AS_IN.test(before)) return true
  const own = text.slice(atom.start, atom.end)
  if (OR_WITHOUT.test(own)) return true
  if (side === 'in' && threshold === null && STATUS_KNOWN.test(after) && !STATES_IT.test(own)) return true
  if (TREATED_FOR.test(before) || (PEOPLE_WITH.test(after) && MUST_HAVE_HAD.test(after))) return true
  if (code === 'expression' && threshold === null && /\bknown (?:tumou?r )?$/.test(before)) return true
  if (side !== 'out' && threshold === null && LOOKED_AT.test(before) && !STATED.test(before.slice(-30))) return true
  if (
    IF_BEFORE.test(text.slice(Math.max(0, atom.start - 110), atom.start)) ||
    FOR_THOSE.test(text.slice(Math.max(0, atom.start - 130), atom.start))
  )
    return true
  if (ANY_BEFORE.test(before) && (EXPRESSED.has(code) || SCALE_AFTER.test(after))) return true
  if (threshold === null && !RESULTS.has(code) && TO_BE_TESTED.test(after)) return true
  if (side !== 'title' && TREATED_DISEASE.test(before)) return true
  if (threshold !== null && atom.genes.some((gene) => NOT_MEASURED.has(gene))) return true
  if (atom.start < 60 && SUBJECT_WITH_COLON.test(text) && /^[^.;]{0,80}:/.test(after)) return true
  if (side === 'out' && atom.start < 60 && text.endsWith(':') && !OPENS_LIST.test(text.slice(atom.end))) return true
  return atom.start < 140 && isSubjectOfCondition(text, atom, after)
}

/** "Patients with an EGFR mutation must have received …" */
function isSubjectOfCondition(text: string, atom: Atom, after: string): boolean {
  if (!CONDITIONAL_SUBJECT.test(text) || CONDITIONAL_AFTER.test(text.slice(0, atom.start))) return false
  if (MUST_HAVE_HAD.test(text.slice(atom.end, atom.end + 400))) return true
  const modal = CONDITIONAL_AFTER.exec(after)
  return (
    modal !== null &&
    !OTHER_CLAUSE.test(after.slice(0, modal.index)) &&
    !LETS_IN.test(after.slice(modal.index, modal.index + 30)) &&
    !STATES_RESULT.test(after.slice(modal.index))
  )
}

const MUST_HAVE_HAD =
  /^[^.;]{0,350}\b(?:must|should|need to|have to|has to|doivent|doit)(?: also)? (?:have|avoir) (?:also |already |previously )?(?:received|progressed|failed|had|been treated|recu|progresse)\b/
/** "…, EGFR and ALK status must be known": the modal has a subject of its own. */
const OTHER_CLAUSE = /,[^,]{0,60}\bstatus\b/

/** "BRAF mutated or wild-type", "HER2-positive and HER2-negative": whoever has it or not may enter. */
export function withoutBothWays(atoms: readonly Atom[]): Atom[] {
  const opposed = new Set<Atom>()
  for (const [nth, atom] of atoms.entries()) {
    const next = atoms[nth + 1]
    if (next && isOpposite(atom, next)) opposed.add(atom).add(next)
  }
  return opposed.size === 0 ? [...atoms] : atoms.filter((atom) => !opposed.has(atom))
}

function isOpposite(a: Atom, b: Atom): boolean {
  if (a.genes[0] !== b.genes[0] || a.denied || b.denied || a.excepted || b.excepted) return false
  const [one, other] = [a.alteration, b.alteration]
  if (one.sign === other.sign || one.threshold || other.threshold) return false
  if (isOneVariant(one.code) || isOneVariant(other.code)) return false
  if (b.join === 'or' || b.join === 'slash' || b.join === 'comma') return true
  return a.marker !== b.marker && (b.join === 'and' || one.code === 'wild_type' || other.code === 'wild_type')
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

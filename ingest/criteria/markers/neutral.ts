import { biomarkerByCode } from '../../../domain/vocabulary/biomarkers.ts'
import { TREATED_DISEASE } from '../diagnosis.ts'
import type { Side } from '../sentences.ts'
import type { Atom } from './grammar.ts'
import { EXPRESSED, RESULTS } from './kinds.ts'

/** Words that say a marker is looked at, whatever it is. */
const WHATEVER =
  /\b(?:regardless|irrespective|independent(?:ly)?|whatever|whichever|quel(?:le)?s? que soi\w+|independamment|any (?:level of )?(?:pd|her2)|known or unknown|any value|all comers?|with or without|and without|according to(?= (?:[a-z0-9-]+ ){0,3}$)|stratif\w+|by (?:local |central )?(?:status|level))\b/
/** "expresses ER with or without PR": the words said of both stand before the two. */
const OR_WITHOUT = /\bwith or without\b/
const WHATEVER_AFTER =
  /^[ ,)]*(?:status[ ,)]*)?(?:or not|vs\.? |versus|mandatory|not required)|^[^,.;]{0,50}\b(?:is|are) (?:not|no) (?:required|mandatory|necessary|needed|a requirement)\b/
/** "MSI-high or unknown": both keep out; both may enter. */
const OR_UNKNOWN = /^[ ,)]*(?:status[ ,)]*)?(?:or unknown|and unknown|is unknown|unknown)/
/** "There is no minimum expression level for entry". */
const NO_MINIMUM = /\bno (?:minimum|minimal|threshold|cut-?off|restriction|requirement)\b[^.;]{0,40}$/
const LOOKED_AT =
  /\b(?:test(?:ed|ing|s)?|analys[ie]s|assess(?:ed|ment)|evaluat(?:e|ed|ion)|determin(?:e|ed|ation)|screen(?:ed|ing)?|result(?:s)?|sample|tissue|specimen|biops\w+|block|slides?|recherche|measure(?:d|ment)?) (?:[a-z]+ ){0,3}(?:for|of|to(?! be)|in|de|des|du|d'|whether|if)\b[^.;]{0,40}$/
const STATED = /\b(?:positive|confirmed|documented)\b[^.;]{0,30}$/
/** "Any PD-L1 TPS": every value of the scale is taken. */
const SCALE_AFTER = /^ ?(?:tps|cps|tap|ihc|expression|score|status|level)\b/
const ANY_BEFORE = /\bany (?:level of )?$/
const IF_BEFORE =
  /\b(?:if|when|unless|in case of|in the case of|si|en cas de|cas de|for (?:[a-z0-9+/-]+ ){0,3}(?:patients?|participants?|subjects?|those) (?:with|without|whose|who))\b[^,.;]{0,90}$/
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

/** Without what stands in brackets, the rest of the one it begins in included. */
export const withoutBrackets = (text: string) => text.replace(/^[^()]*\)/, '').replace(/ ?\([^()]*\)/g, '')

/** "PD-L1 expression that is either …": the values are told below, each with whom it is asked of. */
const EITHER_BELOW = /^[^.;:]{0,30}\beither[: ]*$/
/** "tested, exclusion of those with …", among inclusions. */
const EXCLUSION_OF = /\bexclusion of\b[^.;]*$/

/** Fractions of their transcripts are residual disease, not what a tumour expresses. */
const NOT_MEASURED = new Set(['PHILADELPHIA', 'ABL1', 'BCR', 'NPM1', 'EBV', 'HPV'])

const NOT_ASKED =
  /^[^,.;]{0,60}\b(?:is|are) (?:not|no) (?:required|mandatory|necessary|needed|a requirement)\b|^[ ,)]*(?:expression |status )?not required/

/** "B7-H3 expression is not required": whatever a title says of it. */
export const isNotAsked = (text: string, atom: Atom) =>
  NOT_ASKED.test(text.slice(atom.end, atom.end + 110)) ||
  NO_MINIMUM.test(text.slice(Math.max(0, atom.start - 80), atom.start))

/** Mentions that set no condition: tested, whatever the result, or the subject of another condition. */
export function isNeutral(text: string, atom: Atom, side: Side | 'title'): boolean {
  const before = text.slice(Math.max(0, atom.start - 80), atom.start)
  const after = text.slice(atom.end, atom.end + 110)
  const { code, threshold } = atom.alteration
  if (WHATEVER.test(before.slice(-55)) || WHATEVER_AFTER.test(after) || NO_MINIMUM.test(before)) return true
  if (EITHER_BELOW.test(after) || (side === 'in' && EXCLUSION_OF.test(text.slice(0, atom.start)))) return true
  if (MORE_MAY_BE.test(before) || (side !== 'out' && OR_UNKNOWN.test(after))) return true
  if (side === 'out' && isInfection(text, atom)) return true
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
  if (threshold === null && !RESULTS.has(code) && TO_BE_TESTED.test(side === 'out' ? withoutBrackets(after) : after))
    return true
  if (side !== 'title' && TREATED_DISEASE.test(before)) return true
  if (threshold !== null && atom.genes.some((gene) => NOT_MEASURED.has(gene))) return true
  if (atom.start < 60 && SUBJECT_WITH_COLON.test(text) && /^[^.;]{0,80}:/.test(after)) return true
  if (side === 'out' && atom.start < 60 && text.endsWith(':') && !OPENS_LIST.test(text.slice(atom.end))) return true
  return atom.start < 140 && isSubjectOfCondition(text, atom)
}

/** "Patients with an EGFR mutation must have received …" */
function isSubjectOfCondition(sentence: string, atom: Atom): boolean {
  const text = withoutDots(sentence)
  const after = text.slice(atom.end, atom.end + 110)
  if (!CONDITIONAL_SUBJECT.test(text) || CONDITIONAL_AFTER.test(text.slice(0, atom.start))) return false
  if (MUST_HAVE_HAD.test(withoutBrackets(text.slice(atom.end, atom.end + 400)))) return true
  // "EGFR mutation (others must have been tested)": what a bracket demands is of somebody else.
  const rest = withoutBrackets(after)
  const modal = CONDITIONAL_AFTER.exec(rest)
  return (
    modal !== null &&
    !OTHER_CLAUSE.test(rest.slice(0, modal.index)) &&
    !LETS_IN.test(rest.slice(modal.index, modal.index + 30)) &&
    !STATES_RESULT.test(rest.slice(modal.index))
  )
}

/** "e.g." ends no clause. */
const withoutDots = (text: string) => text.replace(/\b(?:e\.g|i\.e)\./g, (whole) => whole.replaceAll('.', ' '))

const MUST_HAVE_HAD =
  /^[^.;]{0,350}\b(?:must|should|need to|have to|has to|doivent|doit)(?: also)? (?:have|avoir) (?:also |already |previously )?(?:received|progressed|failed|had|been treated|recu|progresse)\b/
/** "…, EGFR and ALK status must be known": the modal has a subject of its own. */
const OTHER_CLAUSE = /,[^,]{0,60}\bstatus\b/

const INFECTION =
  /\b(?:igm|igg|antibod\w+|serolog\w+|capsid|infections?|infected|pcr|viral load|viremia|dna|hepatitis|hiv|cmv|cytomegalovirus)\b/

/** "Positive EBV IgM test": the virus in the blood, not in the tumour. */
const isInfection = (text: string, { genes, start, end }: Atom) =>
  genes.some((gene) => biomarkerByCode(gene)?.kind === 'virus') &&
  INFECTION.test(text.slice(Math.max(0, start - 40), end + 60))

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

/**
 * What a text says of a treatment it names: `received` before, what comes `after` it, how it `ended` (progression,
 * failure, intolerance), that it was `never` received, or some `other` reason to name it (planned, allowed beside, a
 * reaction to it).
 */
export type History = 'received' | 'after' | 'ended' | 'never' | 'other'

/** Words after which a treatment is one already received. */
const RECEIVED =
  '(?:prior(?! to)|previous)(?: (?:or|and|and/or) (?:concomitant|concurrent|current|ongoing|planned))?|previously|earlier|already|received|(?:prior|previous) receipt of|has had|have had|having had|had (?:any|an?|at least|\\d)|(?<!\\b(?:be|being) )treated (?:with|by|using)|pre-?treated|exposure to|exposed to|underwent|undergone|history of|completed|completion of|anterieure?s?|prealables?|deja|recue?s?|traitee?s? (?:par|avec)|antecedents? d|subi'
/** Words that say when: what is told of came later than the treatment. */
const AFTER = '(?<!the )following(?! (?:criteria|conditions))|after|apres'
/** How a treatment ended; a preposition ties it to what follows. */
const ENDED =
  'progress\\w*|relaps\\w*|recur(?:red|rence|rs|ring)|refractor(?:y|iness)|resistan(?:t|ce)|resisted|fail(?:ed|ure|s|ing)?|intoleran\\w+|insufficient response|inadequate response|lack of response|rechute\\w*|recidiv\\w*|refractaires?|resistante?s?|echec|complete remission|partial response|response|responded|discontinu\\w+'
/** Other reasons to name a treatment, nearer to it than the words above. */
const OTHER =
  'allerg\\w+|hypersensitiv\\w+|contra-?indicat\\w+|(?:in)?eligib\\w+|candidate?s?|(?:un)?suitable|unfit|fit for|amenable|plan(?:s|ned|ning)?|schedul\\w+|intend\\w*|intent to|current(?:ly)?(?! or (?:prior|previous))|con(?:comitant|current)(?:ly)?(?! (?:with|crt|chemo-?radi\\w+|radio-?chemo\\w+))|ongoing|taking|requir\\w+|needs?|needing|need for|indications?|indicated|toxicit\\w+|adverse|recover\\w+|resol(?:ved?|ution)|sequela\\w*|(?:first|last|final) doses?|effects?|reactions?|complications?|due to|related to|caused by|induced by|secondary to|to be treated|will|to (?:receive|undergo|start|begin)|who receive|receiving|initiat\\w+|starting|absor\\w+|metaboli[sz]\\w+|interact\\w*|able to|willing|refus\\w+|declin\\w+|washout|wash-out|elapsed|since|donat\\w+|pneumonitis|may|might|can|could|allowed|permitted|regardless|irrespective|with or without|whether|any number|number of|sensitiv\\w+ to|alternative|instead|stud(?:y|ies) (?:of|with)|trials? (?:of|with)|vaccinat\\w+|diagnosed|toleran\\w+|interval|infection|autoimmune|limited(?: to)?|no more than \\d+ cycles|additional|further|subsequent|(?:does|do) not apply|if|unless|except\\w*|excluding|other than|apart from|beyond|besides|sauf|hormis|autres? que|prevue?s?|en cours'
const GOVERNOR = new RegExp(
  `\\b(?:(?<received>${RECEIVED})|(?<ended>${ENDED})|(?<after>${AFTER})|(?<other>${OTHER}))\\b`,
  'g',
)

const TIE =
  /\b(?:on|to|after|during|following|under|of|with|despite|from|upon|for|prior|previous|a|sous|apres|pendant|au|aux)\b/
/** A disease comes back after its treatment, or under it. */
const CAME_BACK = /^(?:relaps|recur|rechut|recidiv)/
const TIE_OF_RETURN = /\b(?:on|after|during|following|under|despite|to|from|within|sous|apres|pendant)\b/
const TIE_OF_FAILURE = /\b(?:in|by)\b/
const NEVER =
  /\b(?:no(?! (?:more|later|less|fewer|longer|greater|restrictions?|limits?|limitations?|maximum|minimum|requirements?))|not(?! (?:more|later|less|fewer|exceed\w*))|never|without|none|neither|nor|sans|pas|aucune?|jamais|absence of|lack of|free of)\b(?![^.;]{0,60}\b(?:but|who|that|and (?:must|have|has))\b)[^.;]{0,50}$/
const NAIVE_OF =
  /\b(?:naive|naifs?|untreated|non traitee?s?)(?: \w+)? (?:for|to|with|by|from|of|de|par|a)\b[^.;,]{0,60}$/
const NAIVE = /^(?: \([^()]{1,12}\))?\)?[- ]?(?:treatment|therapy|inhibitor)?s?[- ]?(?:naive|na ve|untreated|naifs?)\b/
/** "platinum-resistant", "BTK inhibitor-exposed": received, by the word made of it. */
const RECEIVED_AFTER =
  /^s?\)?(?:-| )(?:based chemotherapy )?(?:resistant|refractory|pre-?treated|experienced|exposed|failed|failure|resistance(?! (?:mutation|gene|mechanism|alteration))|refractaires?|resistantes?)\b/
const NOT_ASKED_AFTER =
  /^[^.;,]{0,50}\b(?:(?<!not )(?:permitted|allowed|acceptable)\b|(?:is|are|was|were|will be) (?:also )?not (?:required|mandatory|considered)|if applicable|where applicable|is eligible|are eligible|autorisee?s?)\b/
/** "Previous chemotherapy has not been given". */
const NOT_GIVEN_AFTER =
  /^[^.;]{0,70}\b(?:(?:has|have|had) not (?:previously )?been|was not|were not) (?:performed|given|received|administered|used)\b/
/** How far the word that governs a treatment can stand before it: a list of treatments lies between. */
const REACH = 220

/** What `folded` says of the treatment at `start`…`end`; null when nothing in it tells. */
export function historyOf(folded: string, start: number, end: number): History | null {
  const after = folded.slice(end, end + 90)
  const beside = withoutAsides(folded.slice(end, end + 180)).slice(0, 90)
  const before = withoutAsides(folded.slice(Math.max(0, start - 2 * REACH), start)).slice(-REACH)
  if (NAIVE.test(after) || NAIVE_OF.test(before) || NOT_GIVEN_AFTER.test(beside)) return 'never'
  if (NOT_ASKED_AFTER.test(beside)) return 'other'
  if (RECEIVED_AFTER.test(after)) return NEVER.test(before.slice(-40)) ? 'other' : 'ended'
  const last = lastGovernor(before)
  if (!last || last.kind === 'other') return last ? 'other' : null
  if (PURPOSE.test(before)) return 'other'
  if (last.kind === 'ended')
    return isTied(before.slice(last.at), last.words) ? endedUnlessDenied(before, last) : 'other'
  const bound = boundBy(before, last)
  if (bound) return bound
  if (AT_MOST.test(before.slice(Math.max(0, last.at - 40), last.at))) return 'other'
  if (last.kind === 'after') return DATED.test(before.slice(0, last.at)) ? 'other' : 'after'
  return NEVER.test(before.slice(Math.max(0, last.at - 60), last.at)) ? 'never' : 'received'
}

/** Whether a preposition ties the outcome to what follows it. */
const isTied = (words: string, outcome: string) =>
  CAME_BACK.test(outcome)
    ? TIE_OF_RETURN.test(words)
    : TIE.test(words) || (outcome.startsWith('fail') && TIE_OF_FAILURE.test(words))

/** The words just before "prior" decide: "refractory to prior …", "toxicity after prior …". */
function boundBy(before: string, last: Governor): History | null {
  let next = last
  for (
    let earlier = lastGovernor(before.slice(0, next.at));
    earlier;
    earlier = lastGovernor(before.slice(0, next.at))
  ) {
    const gap = before.slice(earlier.at + earlier.words.length, next.at)
    if (gap.length >= 30 || /[,;]|\b(?:who|that|which|not|never|no|without)\b/.test(gap)) return null
    if (earlier.kind === 'ended') return endedUnlessDenied(before, earlier)
    if (earlier.kind === 'other') return BINDS.test(earlier.words) ? 'other' : null
    next = earlier
  }
  return null
}

/** Brackets that close before the treatment say something beside it. */
const withoutAsides = (before: string) => before.replace(/\([^()]*\)|\[[^[\]]*\]/g, (aside) => ' '.repeat(aside.length))
/** "assessed for resection". */
const PURPOSE = /\bfor(?: an?| the)? (?:\w+ )?$/
/** "No more than one prior …" asks for none. */
const AT_MOST =
  /^(?!.*\b(?:at least|minimum)|.*(?:≥|>=)).*(?:\b(?:(?:no|not) more than|up to|at most|maximum|fewer than|less than|0 ?(?:-|to|or))|≤|<=) ?(?:\w+ ){0,2}$/
/** "within 30 days after radiotherapy": a date. */
const DATED = /\b(?:hours?|days?|weeks?|months?|years?|jours?|semaines?|mois|ans?) ?$/

/** Reasons that reach over "prior": "toxicity from prior …", "if previously treated with …", "may have received …". */
const BINDS =
  /^(?:limited|interval|receiving|(?:first|last|final) doses?|toleran\w+|toxicit\w+|adverse|recover\w+|resol\w+|sequela\w*|(?:first|last|final) doses?|effects?|reactions?|complications?|due to|related to|secondary to|induced by|caused by|pneumonitis|elapsed|since|may|might|can|could|if|regardless|irrespective|with or without|whether|any number|number of|washout|wash-out|allerg\w+|hypersensitiv\w+|unless|except\w*|excluding|other than|apart from|sauf|hormis|contra-?indicat\w+)$/

/** "Has not progressed on X" was received all the same; "not refractory to X" says nothing of it. */
const endedUnlessDenied = (before: string, { at, words }: Governor): History =>
  NEVER.test(before.slice(Math.max(0, at - 40), at)) && !/^(?:progress|relaps|recur)/.test(words) ? 'other' : 'ended'

interface Governor {
  kind: 'received' | 'ended' | 'after' | 'other'
  at: number
  words: string
}

const KINDS = ['received', 'ended', 'after'] as const

function lastGovernor(before: string): Governor | null {
  let last: Governor | null = null
  for (const match of before.matchAll(GOVERNOR)) {
    const groups = match.groups ?? {}
    const kind = KINDS.find((one) => groups[one] !== undefined) ?? 'other'
    last = { kind, at: match.index, words: match[0] }
  }
  return last
}

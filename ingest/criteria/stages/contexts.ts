/** Words around a word of stage or setting that show it is not said of the disease a trial takes. */
interface Context {
  /** What comes right before it. */
  before?: RegExp
  /** What comes right after it. */
  after?: RegExp
}

/** "No evidence of …", "without": denied, of any word. Nothing but a few words may stand between. */
const DENIED =
  /\b(?:(?:no|not|nor|without|absence of|lack of|free of|rather than|failure to achieve|sans|pas de|negative for|rule out|exclu\w+)[ -](?:[a-z]+ ){0,3}|non[ -])$/
/** "No clinical or radiographic evidence of brain or …": denied from further away. */
const DENIED_FAR =
  /\b(?:no|not have|without|absence of|lack of|negative for)(?: [a-z/-]+){0,5} (?:evidence|signs?|suspicion|presence|history|involvement)\b[^.;:,]{0,80}$/

export const isDenied = (before: string): boolean => DENIED.test(before) || DENIED_FAR.test(before)

/** A measurement of the liver, the bounds of which differ with metastases. */
export const LABORATORY = /\b(?:uln|upper limit|aminotransferase|transaminases?|ast|alt|sgot|sgpt)\b/

const PIECE_OF_TUMOUR =
  /^ (?:or primary )?(?:tumou?r )?(?:lesions?|nodules?|sites?|deposits?|foci|focus|tissues?|samples?|specimens?|biops\w+|tumou?r (?:samples?|tissues?)|setting)\b/
const NODES = /^ (?:[a-z-]+ )?(?:lymph ?nodes?|nodes?|lymphadenopath\w+)\b/
const NODAL = /\b(?:lymph ?nodes?|nodal|node|lns?)(?: \([a-z]+\))? (?:or |and )?$/
const IN_THE_BRAIN =
  /\b(?:brain|cns|cerebral|central nervous system|leptomeningeal|meningeal|intracranial)(?:\/[a-z]+| (?:or|and) [a-z]+)?\)? (?:and\/or )?$/
const OTHER_THERAPY_NAIVE =
  /^ (?:to|with|for) (?:[a-z0-9/-]+ ){0,2}?(?:immuno\w+|inhibitors?|anti-|checkpoint|targeted|chemo\w+|hormon\w+|endocrine|radio\w+)/
const OF_THE_BRAIN = /^[ /](?:(?:or|and|active|or active|progressive|symptomatic)[ /])*(?:brain|cns|central nervous)/
const NO_EVENT_YET =
  /\b(?:risk (?:of|for)|prevent\w*|prevention of|reduc\w+|time to|without|likelihood of|predict\w* for?) (?:[a-z]+ ){0,3}$/
const A_RATE = /^(?: |-)(?:rates?|free|risk|score)\b/
const OF_A_SYMPTOM =
  /^ (?:adverse|aes?\b|infect\w+|toxicit\w+|nausea|vomiting|ascites|pain|hypertension|hypo\w+|hyper\w+|epilep\w+|seizures?|symptom\w+|bleed\w+|thrombo\w+|stroke|urinary)/
const SAID_OF_CARE =
  /^ (?:molecular|translational|imaging|profil\w+|practice|age\b|directives?|techni\w+|technolog\w+|research|life support|fibrosis|cirrhosis|heart|cardiac|renal|kidney (?:disease|failure)|liver disease|hepatic)/
const NOT_RECURRENCE =
  /^ (?:disease )?(?:of|for)\b(?! (?:[a-z]+ ){0,3}(?:recurren\w+|relapse|progressi\w+|metastas\w+|death|treatment failure|mortality|rechute|recidive))/

/** By code: contexts in which its words say something else. Titles are held to them too. */
export const SAID_OTHERWISE: Partial<Record<string, readonly Context[]>> = {
  metastatic: [
    { after: PIECE_OF_TUMOUR },
    { after: NODES },
    { before: NODAL },
    { before: /\bprimary (?:or|and|and\/or|versus) $/ },
    { before: /\b(?:suspicious for|areas? of (?:symptomatic )?|history of) $/ },
  ],
  advanced: [{ after: SAID_OF_CARE }],
  newly_diagnosed: [
    { after: OTHER_THERAPY_NAIVE },
    { after: OF_THE_BRAIN },
    {
      before: /\b(?:treated or|inhibitors?|tki|btki|[a-z]{4,}nib|[a-z]{3,}mab|immunotherapy|radiation|endocrine)[ -]$/,
    },
  ],
  relapsed: [{ before: NO_EVENT_YET }, { after: A_RATE }, { after: OF_A_SYMPTOM }],
  refractory: [{ after: OF_A_SYMPTOM }, { after: /^ anaemia|^ anemia/ }],
  remission: [{ after: /^(?: |-)induction\b/ }, { before: /\b(?:durable|achieve|achievement of|partial|after) $/ }],
  resected: [
    { before: /\b(?:can|will|to|could|may|might|not|cannot|if|been) be (?:completely |fully |safely )?$/ },
    { before: /\b(?:lesions?|skin cancers?|curatively|adequately|adequate|highest|previously) (?:[a-z]+ ){0,3}$/ },
    {
      after:
        /^ (?:or irradiated|specimens?|tissues?|samples?|cell|(?:basal|squamous|non-?melanoma|low[- ]grade|in situ))\b/,
    },
  ],
  high_risk: [{ after: NOT_RECURRENCE }],
  low_risk: [{ after: NOT_RECURRENCE }, { after: /^ (?:surveillance|screening)\b/ }],
}

/** In sentences of the criteria, spread to the brain is read elsewhere; a title names it as the disease. */
export const IN_SENTENCES: Partial<Record<string, readonly Context[]>> = {
  metastatic: [{ before: IN_THE_BRAIN }],
}

export const fits = (contexts: readonly Context[] | undefined, before: string, after: string): boolean =>
  contexts?.some((one) => (one.before?.test(before) ?? true) && (one.after?.test(after) ?? true)) ?? false

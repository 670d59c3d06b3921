import type { CriterionOf } from '../../domain/criterion.ts'
import { type Finding, found } from './evidence.ts'
import { orListOf } from './or-lists.ts'
import type { Document, Sentence } from './sentences.ts'
import { isOfOptionalPart } from './some.ts'
import { OTHER_SUBJECT } from './therapies/told.ts'

type Procedure = CriterionOf<'transplant'>['procedure']

const NAMES: [Procedure, RegExp][] = [
  [
    'car_t',
    /\bcar[- ]?t\b|\bchimeric antigen receptor|\bcar[- ]t[- ]cells?\b|\bcellules car-?t\b|\bgenetically modified t[- ]cell/,
  ],
  [
    'allogeneic',
    /\ballo(?:geneic|geneique|genic)?[- ]?(?:(?!organ|tissue|solid)[a-z]+[- ]){0,4}?(?:transplant\w*|hsct|sct|asct|bmt|greffe|graft|hct)\b|\ballo-?(?:sct|hsct|bmt|hct|transplant\w*|greffe)\b|\ballogreffe\b|\ballogeneic (?!organ|tissue|solid)[^.;]{0,60}\b(?:transplant\w*|hsct|sct)\b|\b(?:transplant\w*|greffe)\b[^.;]{0,30}\ballogen\w+/,
  ],
  [
    'autologous',
    /\bauto(?:logous|logue)?[- ]?(?:[a-z]+[- ]){0,4}?(?:transplant\w*|hsct|sct|asct|greffe|hct)\b|\basct\b|\bauto-?(?:sct|hsct|greffe)\b|\bautogreffe\b|\bautologous\b[^.;]{0,60}\b(?:transplant\w*|hsct|sct|rescue)\b/,
  ],
  [
    'organ',
    /\b(?:solid[- ])?organ (?:or tissue )?(?:transplant\w*|allograft\w*|graft\w*)|\b(?:liver|kidney|renal|heart|lung|hepatic|corneal?) transplant\w*|\btransplantation (?:d'organe|hepatique|renale)|\btissue\/organ|organ\/tissue|\bgreffe d'organe|\btransplanted organ|\ballogenic tissue|\btissue\/solid organ|\ballogeneic (?:tissue|organ|solid organ)/,
  ],
  [
    'stem_cell',
    /\b(?:stem[- ]cells?|bone marrow|marrow|hematopoietic|haematopoietic|cord blood|moelle|cellules souches)\b[^.;]{0,24}\b(?:transplant\w*|grafts?|greffes?)\b|\bhsct\b|\bbmt\b|\bgreffe de (?:moelle|cellules)/,
  ],
]
/** Only the recent procedure, or its after-effects, keep out: a wash-out, not a bar. */
const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past|previous)|dans les|at least \d+ \w+ (?:prior|before|since|from)|moins de|prior to \d|until \d)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|jours?|semaines?|mois|ans?|half-lives)\b|\b(?:days?|weeks?|months?|mois|semaines) (?:of|prior to|before|after|from|since)\b|\belapsed\b|\bnot (?:fully |yet )?recovered\b/
const NOT_HISTORY =
  /\b(?:eligible for|candidates? for|planned|plan(?:ning)? (?:to|for|on)|scheduled|suitable for|ineligible|waiting|waitlist|intend\w*|awaiting|on the list|appropriate for|prevu\w*|candidats?|refus\w*|willing|undergo\b|considered for|proceed\w*|donor|who (?:require|need)|active (?:acute |chronic |graft)|gvhd|graft[- ](?:versus|vs))/

/** Concentrated ascites reinfusion therapy bears the same letters. */
const OTHER_CART = /\bascites reinfusion\b/

/** Earlier transplant or CAR-T as a bar or a condition; recent ones only (wash-out) are left out. */
export function readTransplant(document: Document): Finding[] {
  const findings = new Map<Procedure, Finding>()
  for (const sentence of document.sentences) {
    if (
      sentence.side === 'allowed' ||
      !/transplant|hsct|\bsct\b|asct|bmt|car[- ]?t|chimeric|greffe|graft|hct|genetically/.test(sentence.text) ||
      isOfOptionalPart(sentence)
    )
      continue
    for (const [procedure, name] of NAMES) {
      const match = name.exec(sentence.text)
      if (!match || findings.has(procedure) || OTHER_CART.test(sentence.text)) continue
      if (procedure === 'stem_cell' && (findings.has('allogeneic') || findings.has('autologous'))) continue
      const polarity = polarityOf(sentence, match)
      if (!polarity || (polarity === 'required' && orListOf(document, sentence) !== null)) continue
      findings.set(
        procedure,
        found(
          { kind: 'transplant', polarity, procedure },
          `transplant-${sentence.side}`,
          sentence,
          sentence.text.length <= 200
            ? {}
            : { from: Math.max(0, match.index - 60), to: match.index + match[0].length + 60 },
        ),
      )
    }
  }
  return [...findings.values()]
}

const CLAUSE = /[,;] (?:or|and) (?:who )?(?:have|has|had) /g
/** The cells that the trial itself gives. */
const OWN_PRODUCT = /^(?:[- ]cells?)?(?:[- ]therapy)? (?:infusion|product|manufactur\w+)/

/** "Women who breastfeed, because CAR-T cells may …". */
const REASON = /\bbecause\b[^.;]{0,110}$/

const lastEnd = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].reduce((_, match) => match.index + match[0].length, 0)

/** "Immunosuppression after a transplant": what came after it rules out. */
const AFTERWARDS = /(?<!^\W*)\b(?:post|after|following|since|apres)[- ](?:[\w-]+ ){0,4}$/

function polarityOf(sentence: Sentence, match: RegExpExecArray): 'required' | 'excluded' | null {
  const { text, side } = sentence
  const before = text.slice(Math.max(0, match.index - 120), match.index)
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 110)
  if (side === 'out') {
    const clause = before.slice(lastEnd(before, CLAUSE))
    if (WINDOW.test(after) || WINDOW.test(clause) || OTHER_SUBJECT.test(text) || OWN_PRODUCT.test(after)) return null
    if (AFTERWARDS.test(before) || REASON.test(before)) return null
    if (NOT_HISTORY.test(before.slice(-70)) || /^[^.;]{0,6}\b(?:planned|scheduled|candidate|eligib)/.test(after))
      return null
    if (/\b(?:no|not|without|never)\b[^.;,]{0,30}$/.test(before)) return null
    if (/\b(?:except|unless|other than|sauf)\b[^.;]*$/.test(before)) return null
    return 'excluded'
  }
  if (/\b(?:no|without|not|never|absence of|pas de|sans)\b[^.;,]{0,60}$/.test(before))
    return WINDOW.test(after) ? null : 'excluded'
  if (
    NOT_HISTORY.test(before) ||
    /\b(?:may|if|or|and\/or|allowed|permitted|with or without|either|including|include|such as|e\.g)\b/.test(
      before.slice(-60),
    )
  )
    return null
  if (
    /\b(?:must have (?:received|undergone|had)|have (?:received|undergone|had)|has (?:received|undergone|had)|received|underwent|undergone|after|following|relaps\w+ after|previous|prior|apres|ayant (?:recu|eu))\b[^.;]{0,80}$/.test(
      before,
    ) &&
    !/^[^.;]{0,12}\b(?:or|ou|allowed|is allowed|permitted|unless|if)\b/.test(after)
  )
    return 'required'
  return null
}

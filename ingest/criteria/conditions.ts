import { type Finding, found } from './evidence.ts'
import type { Fact } from './input.ts'
import type { Document, Sentence } from './sentences.ts'

interface ConditionRule {
  fact: Fact
  rule: string
  name: RegExp
  /** Words that show another meaning. */
  not?: RegExp
  /** Names of something else, which may stand beside it ("autoimmune disease, such as autoimmune hepatitis"). */
  aside?: RegExp
}

const excludedCondition = (kind: 'pregnancy' | 'autoimmune' | 'ild' | 'second_malignancy'): Fact => ({
  kind,
  polarity: 'excluded',
})
const infection = (agent: 'HIV' | 'HBV' | 'HCV'): Fact => ({ kind: 'infection', polarity: 'excluded', agent })

const HEPATITIS = '(?:viral )?(?:hepatitis|hepatite)s?(?: virus| type)?'

const RULES: ConditionRule[] = [
  {
    fact: excludedCondition('pregnancy'),
    rule: 'pregnancy',
    name: /\b(?:pregnan(?:t|cy)|enceintes?|grossesse|gestating|gestation|expecting mothers?|gravid\w*|non-?pregnant|(?:lactating|breast-?feeding)(?: (?:women|woman|females?|mothers?))?|nursing (?:women|woman|females?|mothers?|patients?)|(?:negative|positive) (?:[a-z]+ ){0,3}(?:beta[- ]?|b-?)?hcg)\b/,
    not: /\b(?:history of (?:ectopic )?pregnan|previous pregnan\w+ (?:loss|complication)|multiple pregnanc|twin pregnanc|partner (?:is|are|who (?:is|are)) pregnan)/,
  },
  {
    fact: excludedCondition('autoimmune'),
    rule: 'autoimmune',
    name: /\b(?:auto-?immun\w*|auto-? immun\w*|immune[- ](?:mediated|related) (?:disease|disorder)s?)\b/,
    aside:
      /\bauto-?immune (?:hepatitis|thyroid\w*|hypothyroid\w*|cytopeni\w*|ha?emolytic\w*|thrombocytop\w*|diabetes|pancreatitis|h[ae]+molytic)\b(?! (?:disease|disorders|or))/g,
  },
  {
    fact: excludedCondition('ild'),
    rule: 'ild',
    name: /\b(?:interstitial (?:lung|pulmonary)|ild\b|pneumonitis|pneumopath(?:y|ie)s? interstitielles?|pulmonary fibrosis|fibrose pulmonaire|pneumopathies?|interstitial pneumonia|lung fibrosis)/,
  },
  {
    fact: excludedCondition('second_malignancy'),
    rule: 'second-malignancy',
    name: /\b(?:(?:other|another|second|secondary|additional|different|prior|previous|concurrent|concomitant|synchronous|metachronous|history of (?:a |any |an |other |another |prior |previous )*|coexisting|co-?existent|active|past|invasive|known|autres?|second|anterieurs?|antecedents? (?:de |d'|d'un |d'une |d'autres? )*)[- ]?(?:(?:active|invasive|primary|known|concurrent|second|primitive?s?|progressi\w+|systemic|or|and|a|an|any|concomitant|prior|previous|current|past|non-?[a-z]+|haematologic\w*|hematologic\w*|solid|types? of|clinically|significant|uncontrolled|diagnosis of|synchronous|coexisting|histor\w+|of) ?){0,5}(?:malignan\w+|cancers?|neoplas\w+|tumou?rs?|primary (?:cancers?|tumou?rs?|malignan\w+)|affections? malignes?|tumeurs?(?: malignes?)?|carcinomas?)|malignan\w+ (?:other than|within|except|in the (?:last|past|previous))|(?:malignan\w+|cancers?) (?:other than|different from|autre que)|(?:malignan\w+|cancers?|neoplas\w+)[^.;]{0,30}(?:within|in|during|dans) (?:the )?(?:last|past|previous|les|\d|five|three|two)|malignancies|any malignancy|multiple primary (?:cancers?|tumou?rs?)|another (?:type|kind) of cancer|second primary|malignant (?:disease|tumou?r|neoplasm)s? (?:other|within|in the))/,
    not: /\b(?:tumou?r (?:board|burden|lysis|samples?|tissue|biops\w+|necrosis|specimen)|cancer (?:therap\w+|treatments?|drugs?)|anti-?cancer|therapy for (?:another|other)|family|for (?:previous|prior) cancer treatment)/,
  },
  {
    fact: infection('HIV'),
    rule: 'infection-hiv',
    name: /\b(?:hiv\b|hiv[-+/ ]|human immuno-?deficiency vir\w*|vih\b|acquired immun\w*[- ]?deficiency|virus de l'immunodeficience|seropositiv\w+ for hiv|sida\b|aids\b)/,
    not: /\baids (?:in|to)\b|hearing aids|visual aids|walking aids/,
  },
  {
    fact: infection('HBV'),
    rule: 'infection-hbv',
    name: new RegExp(
      `\\b(?:hbv\\b|vhb\\b|hbs ?ag\\b|hbsag|${HEPATITIS} ?-?(?:[ac](?: ?[,/] ?| or | and | ou | et )){0,2}b\\b|(?:chronic|active|acute|viral)[^.;]{0,25}hepatitis\\b(?! c)|hepatitis b)`,
    ),
    not: /\bauto-?immune hepatitis\b|vaccin/,
  },
  {
    fact: infection('HCV'),
    rule: 'infection-hcv',
    name: new RegExp(
      `\\b(?:hcv\\b|vhc\\b|${HEPATITIS} ?-?(?:[ab](?: ?[,/] ?| or | and | ou | et )){0,2}c\\b|${HEPATITIS}[^.;]{0,30}(?:,|/|and|or|et|ou|and/or) ?(?:hepatitis |hepatite |virus )*c\\b|(?:chronic|active|viral)[^.;]{0,25}hepatitis\\b(?! b))`,
    ),
    not: /\bauto-?immune hepatitis\b|vaccin/,
  },
]

/**
 * Conditions that keep a person out: named in an exclusion, or denied in an inclusion ("not pregnant", "no active
 * hepatitis"). Exceptions ("well-controlled HIV is allowed") do not undo the exclusion: it still holds for the others.
 */
export function readConditions(document: Document): Finding[] {
  const findings: Finding[] = []
  for (const rule of RULES) {
    const hit = firstExcluding(document, rule)
    if (hit) findings.push(hit)
    else {
      const required = rule.fact.kind === 'infection' ? requiredInfection(document, rule) : null
      if (required) findings.push(required)
    }
  }
  return findings
}

function firstExcluding(document: Document, rule: ConditionRule): Finding | null {
  for (const sentence of document.sentences) {
    const match = rule.name.exec(rule.aside ? sentence.text.replace(rule.aside, blank) : sentence.text)
    if (!match || rule.not?.test(sentence.text)) continue
    const isDenied =
      rule.fact.kind === 'pregnancy' && sentence.section !== 'exclusion' && NOT_PREGNANT.test(sentence.text)
    if (
      sentence.side === 'allowed' &&
      !isDenied &&
      !(
        (sentence.section === 'exclusion' || deniedBefore(sentence, match.index, rule.fact.kind)) &&
        /\b(?:unless|except\w*|sauf|other than|(?:are|is) excluded)\b/.test(sentence.text.slice(match.index))
      )
    )
      continue
    if (sentence.side === 'in' && !deniedBefore(sentence, match.index, rule.fact.kind)) continue
    if (
      sentence.side === 'out' &&
      /\b(?:except|unless|other than|sauf|excluding)\b[^.;/)]*$/.test(sentence.text.slice(0, match.index)) &&
      rule.fact.kind !== 'second_malignancy'
    )
      continue
    if (rule.fact.kind === 'pregnancy' && sentence.side === 'out' && onlyNegativeTest(sentence.text)) continue
    return found(rule.fact, rule.rule, sentence, spanOf(sentence, match))
  }
  return null
}

const blank = (words: string): string => ' '.repeat(words.length)

/** "Women who are not pregnant are eligible". */
const NOT_PREGNANT = /\b(?:not|non)[- ]pregnant\b|\bnot be pregnant\b|\bnon enceintes?\b/

/** "A negative pregnancy test" among exclusions, with no word of pregnancy itself, says nothing by mistake. */
const onlyNegativeTest = (text: string) =>
  /\bnegative (?:serum |urine )?pregnancy\b/.test(text) &&
  !/\b(?:without|no|not|lack)\b/.test(text) &&
  !/\bpregnant\b/.test(text)

const DENIAL =
  /\b(?:no\b|not\b|non\b|without\b|absence\b|negative\b|free of|pas de|sans\b|aucune?\b|never\b|neither\b|nor\b|negatifs?\b|negative\b|exclu\w+|ne doivent pas|non-)/

/** In an inclusion: "negative pregnancy test", "not pregnant", "no history of interstitial lung disease". */
function deniedBefore(sentence: Sentence, at: number, kind: Fact['kind']): boolean {
  const before = sentence.text.slice(Math.max(0, at - 90), at)
  const after = sentence.text.slice(at, at + 140)
  if (kind === 'pregnancy') {
    return (
      DENIAL.test(before) ||
      /^(?:non-?pregnant|negative)/.test(after) ||
      /\b(?:pregnancy|grossesse)(?: (?:blood|urine|serum|urinary|sanguin|urinaire))? tests? [^.;]{0,110}\b(?:negative|negatif)|test de grossesse [^.;]{0,30}negatif|negatif/.test(
        after,
      )
    )
  }
  return (
    DENIAL.test(before) || /^[^.;]{0,40}\b(?:negative|negatif|must be excluded|excluded|seronegativ\w*)\b/.test(after)
  )
}

/** A trial for people with the infection. */
function requiredInfection(document: Document, rule: ConditionRule): Finding | null {
  for (const sentence of document.sentences) {
    if (sentence.side !== 'in' || sentence.section === 'exclusion' || rule.fact.kind !== 'infection') continue
    const match = rule.name.exec(sentence.text)
    if (!match || rule.not?.test(sentence.text)) continue
    const before = sentence.text.slice(0, match.index)
    const after = sentence.text.slice(match.index + match[0].length, match.index + match[0].length + 50)
    if (
      !/^(?:[\w ,'()-]{0,60}\b)?(?:living with|infected|infection|documented|confirmed|chronic|diagnos\w+|positive|people with|patients? with|vivant avec|with)\b[^.;]{0,30}$/.test(
        before,
      ) &&
      !/^[- ]?(?:infected|positive|1?-?infection|\+)/.test(after)
    )
      continue
    if (/\b(?:if|history|eligible|negative|known|test\w*|must have|prophyla\w+)\b/.test(sentence.text) || sentence.lead)
      continue
    return found(
      { kind: 'infection', polarity: 'required', agent: rule.fact.agent },
      `${rule.rule}-required`,
      sentence,
      {
        ...spanOf(sentence, match),
        confidence: 0.6,
      },
    )
  }
  return null
}

function spanOf(sentence: Sentence, match: RegExpExecArray): { from: number; to: number } {
  if (sentence.text.length <= 200) return { from: 0, to: sentence.text.length }
  return { from: Math.max(0, match.index - 40), to: Math.min(sentence.text.length, match.index + match[0].length + 80) }
}

import { type Finding, found } from '../evidence.ts'
import type { Sentence } from '../sentences.ts'
import type { History } from './history.ts'
import type { Mention } from './names.ts'

/** A treatment a sentence names, and what it says of it. */
export interface ToldMention extends Mention {
  history: History | null
}

/** A sentence with the treatments it names. */
export interface Told {
  sentence: Sentence
  /** Text of the lead sentence and a blank; empty without one. */
  lead: string
  mentions: ToldMention[]
}

/** A treatment that only must lie some time back is neither asked for nor ruled out. */
export const WINDOW =
  /(?:\b(?:within|less than|in the (?:last|past|previous)|dans les|moins de|prior to \d|at least \d+)|<|≤|<=)[^.;]{0,40}\b(?:days?|weeks?|months?|years?|jours?|semaines?|mois|ans?|half-lives)\b|\b(?:\d+|two|three|four|six) (?:days?|weeks?|months?|semaines|mois) (?:of|prior|before|from|since|avant)\b|\bhalf-li|\b(?:during|in|over) the (?:last |past |previous )?(?:\w+ )?(?:years?|months?|weeks?) (?:before|prior|preceding)/
/** Sentences about samples, contraception or organs name treatments in passing. */
export const OTHER_SUBJECT =
  /\b(?:tumou?r tissue|tissue (?:samples?|blocks?|specimens?)|biops(?:y|ies) (?:samples?|specimens?|must|obtained|taken)|archiv\w+|specimens?|child-?bearing|father (?:a )?child\w*|pregnan\w+|contracepti\w+|postmenopaus\w+|steril\w+|sperm|qtc\w*|ecg|swallow\w*|malabsor\w+|mg(?:\/| per )(?:day|jour|kg|d)|daily doses?|vaccinat\w+|live vaccine|measurable|sites? treated)\b/
/** Limited to a setting, a number or a condition: someone who had the treatment otherwise may enter. */
export const LIMITED =
  /\b(?:metasta\w+|advanced|recurrent|relapsed|unresectable|inoperable|incurable|(?:neo)?-?adjuvant|perioperative|first[- ]line|prevention|avance\w*|metastatique\w*)\b|\b(?:more than|greater than|at least|exceeding|plus de|≥|>=|>) ?(?:an? |one|two|three|\d)|\bif\b|\b(?:except\w*|unless|other than|excluding|apart from|sauf|hormis|autres? que|with the exception)\b|\b(?:cumulative|interfer\w+|preclud\w+|overlap\w+|in (?:other |a )?clinical (?:studies|study|trials?)|near the|selective)\b/

/** "Toxicity of grade 2 or more from previous …". */
export const HARM_OF =
  /\b(?:toxicit\w+|adverse|(?:immune-related|immune-mediated) events?|(?:ir|im)?aes?|side effects?|sequela\w*|pneumonitis|reactions?|complications?)\b[^.;]{0,120}\b(?:from|of|to|by|after|with|following)\b[^.;]{0,40}$/

const UNSURE = 0.4
const SURE = 0.75

/** The finding for one treatment; `limited` ones are unsure, and never contradict. */
export function therapyFinding(
  sentence: Sentence,
  mention: Mention,
  polarity: 'required' | 'excluded',
  limited: boolean,
): Finding {
  return found({ kind: 'prior_therapy', polarity, therapy: mention.code }, `therapy-${polarity}`, sentence, {
    from: sentence.text.length <= 160 ? 0 : Math.max(0, mention.start - 60),
    to: sentence.text.length <= 160 ? sentence.text.length : mention.end + 40,
    confidence: limited ? UNSURE : SURE,
  })
}

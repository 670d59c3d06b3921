import type { CriteriaInput } from '../input.ts'
import { fold } from '../text.ts'

const PLACE = '(?:brain|cns|central nervous system|cerebral|(?:lepto|soft )?mening\\w+|leptomeningeal|intracranial)'
/** A trial about spread to the brain. */
const OF_SPREAD = new RegExp(
  `\\b${PLACE}\\b[^.;]{0,30}\\b(?:oligo)?metasta\\w+|\\bmetasta\\w+ (?:melanoma |cancer |carcinoma |disease )?(?:to|in|of|involving) the ${PLACE}`,
)
const BEFORE_SPREAD = /\b(?:prevent\w*|prophyla\w*|risk|incidence|without|predict\w*|screening|no)\b/
/** Tumours that begin in the brain, by name. */
const NAMED_TUMOURS =
  /\b(?:gliom\w+|glioblastom\w+|astrocytom\w+|dipg|ependymom\w+|medulloblastom\w+|meningiom\w+|cns lymphoma)\b/
const ANY_TUMOURS = /\b(?:brain|cns|(?:central )?nervous system) (?:embryonal )?(?:tumou?rs?|neoplasms?|cancers?)\b/

/** What titles and conditions are about. */
export interface BrainTopics {
  /** Tumours that begin in the brain. */
  tumours: boolean
  /** By their names: "brain tumours" may be metastases. */
  named: boolean
  /** The title or condition that names spread to the brain. */
  spread: string | null
}

export function brainTopics({ briefTitle, officialTitle, conditions }: CriteriaInput): BrainTopics {
  const topics = [officialTitle, briefTitle, ...conditions].filter((topic) => topic !== null)
  const folded = topics.map(fold)
  const spread = folded.findIndex((topic) => OF_SPREAD.test(topic) && !BEFORE_SPREAD.test(topic))
  const named = folded.some((topic) => NAMED_TUMOURS.test(topic))
  return {
    tumours: named || folded.some((topic) => ANY_TUMOURS.test(topic)),
    named,
    spread: spread < 0 ? null : (topics[spread] ?? null),
  }
}

import type { Criterion, CriterionSection } from '../../domain/criterion.ts'
import { readAge } from './age.ts'
import { readBiomarkers } from './biomarkers.ts'
import { readBrainMetastases } from './brain.ts'
import { readCancers } from './cancers.ts'
import { readConditions } from './conditions.ts'
import { type Finding, withEvidence } from './evidence.ts'
import type { CriteriaInput } from './input.ts'
import { readPriorLines } from './lines.ts'
import { readMeasurable } from './measurable.ts'
import { readPerformance } from './performance.ts'
import { type Document, readDocument, type Side } from './sentences.ts'
import { readSex } from './sex.ts'
import { readStages } from './stages.ts'
import { fold } from './text.ts'
import { readPriorTherapies } from './therapies.ts'
import { readTransplant } from './transplant.ts'

/**
 * Eligibility of one registry record, structured. Pure: the same input gives the same list, in the same order. Each
 * criterion quotes the words it was read from; offsets are UTF-16 and point into `input.eligibilityCriteria`.
 */
export function readCriteria(input: CriteriaInput): Criterion[] {
  const document = readDocument(input.eligibilityCriteria ?? '')
  return readFindings(document, input).map((finding) => withEvidence(document, finding))
}

/** Stems that name a malignancy wherever they stand in a word (neuroblastoma, cholangiocarcinome), and whole words. */
const ONCOLOGY =
  /cancer|carcinom|tumou?r|tumeur|neoplas|malignan|lymphom|leuka?emi|leucemi|myelom|melanom|sarcom|gliom|blastom|cytom|germinom|seminom|meningiom|ependymom|mesotheliom|thymom|chordom|oncolog|metasta|myelodysplas|myelofibros|mastocytos|waldenstrom|hodgkin|polycythemi|thrombocythemi|amyloidos|\b(?:nsclc|sclc|dlbcl|aml|cll|cml|mds|hcc|mcrpc|nhl|pediatric all|gist|richter\w*)\b/

/** A trial about a cancer: by its titles and conditions, or where it has none of them, by its criteria. */
function isOncology(document: Document, input: CriteriaInput): boolean {
  const topics = [input.briefTitle, input.officialTitle ?? '', ...input.conditions]
    .filter((topic) => topic !== '')
    .join(' ')
  return ONCOLOGY.test(topics === '' ? document.folded : fold(topics))
}

/** Every trial has its general conditions read; only trials about a cancer what is asked of cancers. */
function readFindings(document: Document, input: CriteriaInput): Finding[] {
  const general = [
    ...readPerformance(document),
    ...readAge(document, input),
    ...readSex(document, input),
    ...readTransplant(document),
    ...readConditions(document),
  ]
  if (!isOncology(document, input)) return general
  return [
    ...readCancers(document, input),
    ...readStages(document, input),
    ...readBiomarkers(document, input),
    ...readPriorLines(document, input),
    ...readPriorTherapies(document, input),
    ...readBrainMetastases(document, input),
    ...readMeasurable(document),
    ...general,
  ]
}

/** One statement of the eligibility text as it was understood. */
export interface ExplainedStatement {
  text: string
  section: CriterionSection
  cohort: string | null
  /** For each of its sentences: what being so means for a person. */
  sides: Side[]
  /** Criteria read from it, by rule. */
  criteria: Criterion[]
}

/** What `readCriteria` made of a text, statement by statement: for looking into a reading. */
export function explainCriteria(input: CriteriaInput): { statements: ExplainedStatement[]; elsewhere: Criterion[] } {
  const document = readDocument(input.eligibilityCriteria ?? '')
  const criteria = readFindings(document, input).map((finding) => withEvidence(document, finding))
  const statements = document.statements.map(({ start, end, section, cohort }, index): ExplainedStatement => {
    const [from, to] = [document.toRaw(start), document.toRaw(end)]
    return {
      text: document.raw.slice(from, to),
      section,
      cohort,
      sides: document.sentences.filter(({ statement }) => statement === index).map(({ side }) => side),
      criteria: criteria.filter((one) => one.start !== null && one.start >= from && one.start < to),
    }
  })
  return { statements, elsewhere: criteria.filter(({ start }) => start === null) }
}

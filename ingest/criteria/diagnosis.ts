import type { Document, Sentence } from './sentences.ts'

const DISEASE =
  /\b(?:cancers?|carcinom\w+|adenocarcinom\w+|tumou?rs?|tumeurs?|malignan\w+|neoplas\w+|lymphom\w+|leuka?emi\w*|leucemi\w*|myelom\w+|melanom\w+|sarcom\w+|gliom\w+|glioblastom\w+|blastom\w+|neuroblastom\w+|mesotheliom\w+|thymom\w+|nsclc|sclc|hcc|hnscc|rcc|crc|tnbc|dlbcl|aml|mds|cll|cml|mcl|myelofibros\w+|myelodysplas\w+|stages?|stades?|diagnos\w+|histolog\w+|cytolog\w+|disease|maladie|patholog\w+|mtc|ptcl|ctcl|gist|net|nec|gbm|mpn|cmml|jmml|apl|pdac|btc|escc|gej|npc|(?:b|t|ph\+?)(?:-| |-cell |-lineage )all|macroglobulin\w+|polycyth\w+|thrombocyth\w+|mastocyto\w+|amyloidos\w+|histiocyto\w+|[a-z]+oma)\b/
const PEOPLE = /^[^.;,]{0,30}\b(?:patients?|participants?|subjects?|adults?|children) (?:with|who have|having)\b/
/** Sentences about something else than the disease the trial is for. */
const OTHER_SUBJECT =
  /\b(?:(?:other|another|second|prior|previous|concurrent|history of) (?:[a-z]+ )?(?:malignan\w+|cancers?|primary)|life expectancy|esperance de vie|contracepti\w*|pregnan\w*|informed consent|willing|consentement|life-threatening|adequate (?:organ|hematolog|bone)|creatinine|bilirubin|aminotransferase|transaminase|\buln\b|neutrophil|ecog\b|performance status|hepatitis|hiv\b|tissue (?:sample|block|specimen)|biops(?:y|ies) (?:sample|must|is|at)|archival|vaccin\w*|hemoglobin|platelet|electrocardiogram|qtc)\b/

/**
 * Inclusion sentences that say which disease a person must have, in their order. `also`: words that speak of it without
 * naming it.
 */
export function diagnosisSentences(document: Document, also?: RegExp): Sentence[] {
  return document.sentences.filter(
    ({ side, text }) =>
      side === 'in' &&
      (DISEASE.test(text) || PEOPLE.test(text) || also?.test(text)) &&
      !OTHER_SUBJECT.test(text.slice(0, 400)),
  )
}

/** "prior therapy for metastatic disease": the words name what was treated, not what must be there. */
export const TREATED_DISEASE =
  /\b(?:therap\w+|treatments?|treated|surgery|(?:radio|chemo)\w+|irradiation|regimens?|lines?|traitements?|naive)\b[^.;:]{0,70}\b(?:for|of|in|de|du|pour|dans)\b[^.;:]{0,40}$/

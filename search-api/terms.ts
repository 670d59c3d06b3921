import type { Question } from '../domain/question.ts'
import { alterationTerm, biomarkerByCode, geneByAlias, readAlteration } from '../domain/vocabulary/biomarkers.ts'
import { cancerByCode } from '../domain/vocabulary/cancers.ts'
import { searchTerms, type VocabularyKind } from '../domain/vocabulary/search.ts'
import { SETTINGS, STAGES, settingByName, stageByName } from '../domain/vocabulary/stages.ts'
import { therapyByName } from '../domain/vocabulary/therapies.ts'
import { ProblemError, type ProblemItem } from './problem.ts'

const ANY = 'ANY'
const MOST_SUGGESTIONS = 5
const SHORTEST_PREFIX = 2

/**
 * The question with each code as the vocabulary writes it: `her2` → `ERBB2`, `iv` → `IV`. Throws ProblemError (400)
 * that names every code that is not known, with near ones.
 */
export function withKnownTerms(question: Question): Question {
  const faults: ProblemItem[] = []
  const read = <T>(known: T | null, fault: () => ProblemItem): T | undefined => {
    if (known === null) faults.push(fault())
    return known ?? undefined
  }
  const { cancer, stage, setting, biomarkers, priorTherapies } = question
  const checked: Question = { ...question }
  if (cancer !== undefined && cancer.toUpperCase() !== ANY) {
    const code = read(cancerCode(cancer), () => unknown('/cancer', 'cancer code', 'cancers', cancer))
    if (code) checked.cancer = code
  }
  if (stage !== undefined) {
    const code = read(stageCode(stage), () => notListed('/stage', 'stage', STAGES))
    if (code) checked.stage = code
  }
  if (setting) {
    checked.setting = setting.flatMap((word, at) => {
      const known = settingByName(word) ?? settingByName(word.toLowerCase())
      return read(known?.code ?? null, () => notListed(`/setting/${at}`, 'setting', SETTINGS)) ?? []
    })
  }
  if (biomarkers) {
    checked.biomarkers = biomarkers.flatMap((answer, at) => {
      const pointer = `/biomarkers/${at}`
      const gene = read(geneByAlias(answer.gene)?.code ?? null, () =>
        unknown(`${pointer}/gene`, 'gene or marker', 'biomarkers', answer.gene),
      )
      if (gene === undefined) return []
      if (answer.alteration === undefined) return { ...answer, gene }
      const alteration = read(readAlteration(answer.alteration), () => unknownAlteration(`${pointer}/alteration`, gene))
      return alteration === undefined ? [] : { ...answer, gene, alteration }
    })
  }
  if (priorTherapies) {
    checked.priorTherapies = priorTherapies.flatMap((name, at) => {
      const code = therapyByName(name)?.code ?? null
      return read(code, () => unknown(`/priorTherapies/${at}`, 'substance or class', 'therapies', name)) ?? []
    })
  }
  const [first] = faults
  if (first) throw new ProblemError(400, `The body is not valid: ${first.detail}.`, faults)
  return checked
}

function cancerCode(text: string): string | null {
  return (cancerByCode(text) ?? cancerByCode(text.toUpperCase()))?.code ?? null
}

function stageCode(text: string): string | null {
  return (stageByName(text) ?? stageByName(text.toUpperCase()) ?? stageByName(text.toLowerCase()))?.code ?? null
}

function unknown(pointer: string, what: string, kind: VocabularyKind, typed: string): ProblemItem {
  return {
    pointer,
    detail: `this ${what} is not known; see /v1/vocabulary/${kind}`,
    ...withSuggestions(nearTerms(kind, typed)),
  }
}

/** Terms whose names begin like what was typed: as much of its beginning as leads anywhere. */
function nearTerms(kind: VocabularyKind, typed: string): { value: string; label: string }[] {
  for (let length = Math.min(typed.length, 40); length >= SHORTEST_PREFIX; length--) {
    const found = searchTerms(kind, typed.slice(0, length), { lang: 'en', limit: MOST_SUGGESTIONS })
    if (found.length > 0) return found.map(({ code, label }) => ({ value: code, label }))
  }
  return []
}

function notListed(pointer: string, what: string, terms: readonly { code: string }[]): ProblemItem {
  return { pointer, detail: `this ${what} is not known; it is one of ${terms.map(({ code }) => code).join(', ')}` }
}

function unknownAlteration(pointer: string, gene: string): ProblemItem {
  const usual = biomarkerByCode(gene)?.alterations ?? []
  return {
    pointer,
    detail: `this alteration is not known; for ${gene} give one of ${usual.join(', ')}, or a variant as "L858R"`,
    ...withSuggestions(usual.slice(0, 20).map((value) => ({ value, label: alterationTerm(value)?.en ?? value }))),
  }
}

function withSuggestions(suggestions: { value: string; label: string }[]): Pick<ProblemItem, 'suggestions'> {
  return suggestions.length > 0 ? { suggestions } : {}
}

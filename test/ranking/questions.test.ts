import { describe, expect, it } from 'vitest'
import type { Criterion } from '../../domain/criterion.ts'
import type { Question } from '../../domain/question.ts'
import { QuestionError } from '../../ranking/question-error.ts'
import { ask, says } from './ask.ts'
import { criterion } from './trials.ts'

const cancers = (...codes: string[]) => codes.map((code) => criterion({ kind: 'cancer', polarity: 'required', code }))
const without = (code: string) => criterion({ kind: 'cancer', polarity: 'excluded', code, quote: `no ${code}` })
const stages = (...anyOf: string[]) => criterion({ kind: 'stage', polarity: 'required', anyOf })
const settings = (...anyOf: string[]) => criterion({ kind: 'setting', polarity: 'required', anyOf })
const lines = (min: number | null, max: number | null) =>
  criterion({ kind: 'prior_lines', polarity: 'required', min, max, setting: null })
const ecog = (max: number) => criterion({ kind: 'performance', polarity: 'required', scale: 'ECOG', min: 0, max })
const karnofsky = (min: number) =>
  criterion({ kind: 'performance', polarity: 'required', scale: 'Karnofsky', min, max: null })
const lansky = (min: number) =>
  criterion({ kind: 'performance', polarity: 'required', scale: 'Lansky', min, max: null })
const ages = (minYears: number | null, maxYears: number | null) =>
  criterion({ kind: 'age', polarity: 'required', minYears, maxYears })
const brain = (value: 'excluded' | 'allowed_if_treated_or_stable' | 'allowed' | 'required') =>
  criterion({ kind: 'brain_metastases', polarity: value === 'excluded' ? 'excluded' : 'required', value })
const unsure = <C extends Criterion>(one: C): C => ({ ...one, confidence: 0.4 })
const ofOneCohort = <C extends Criterion>(one: C): C => ({ ...one, cohort: 'cohort B' })

describe('cancer', () => {
  it.each<[string, Criterion[], string]>([
    ['LUAD', cancers('LUAD'), 'met'],
    ['LUAD', cancers('NSCLC'), 'met'],
    ['LUAD', cancers('ANY_SOLID'), 'broad'],
    ['LUAD', cancers('ANY_SOLID', 'NSCLC'), 'met'],
    ['LUAD', cancers('ANY_HEME'), 'no candidate'],
    ['NSCLC', cancers('LUAD'), 'unknown'],
    ['NSCLC', cancers('NSCLC', 'LUAD'), 'met'],
    ['COADREAD', cancers('COAD'), 'unknown'],
    ['COADREAD', cancers('COAD', 'READ'), 'met'],
    ['LUAD', cancers('LUSC'), 'no candidate'],
    ['LUAD', cancers('BRCA', 'LUSC'), 'no candidate'],
    ['LUAD', [...cancers('NSCLC'), without('LUSC')], 'met'],
    ['LUSC', [...cancers('NSCLC'), without('LUSC')], 'contradicted'],
    ['NSCLC', [...cancers('NSCLC'), without('LUSC')], 'unknown'],
    ['LUSC', [...cancers('NSCLC'), unsure(without('LUSC'))], 'unknown'],
    ['LUSC', [...cancers('NSCLC'), ofOneCohort(without('LUSC'))], 'unknown'],
    ['LUAD', [...cancers('LUAD'), without('NSCLC')], 'unknown'],
    ['LUAD', cancers('BRCA').map(unsure), 'unknown'],
    ['LUAD', [...cancers('BRCA'), ...cancers('NSCLC').map(unsure)], 'unknown'],
    ['LUAD', [...cancers('BRCA').map(ofOneCohort)], 'no candidate'],
    ['LUAD', [], 'no candidate'],
  ])('%s in a trial of %j: %s', (cancer, criteria, expected) => {
    expect(says({ cancer }, criteria)).toBe(expected)
  })
  it('cannot be told where the registry says neoplasms and no more', () => {
    expect(says({ cancer: 'LUAD' }, [], { meshAncestors: [{ id: 'D009369', term: 'Neoplasms' }] })).toBe('unknown')
  })
  it('is none where a disease beside a cancer is indexed under neoplasms', () => {
    const meshAncestors = [{ id: 'D009369', term: 'Neoplasms' }]
    const meshTerms = [{ id: 'D010257', term: 'Paraneoplastic Syndromes' }]
    expect(says({ cancer: 'LUAD' }, [], { meshTerms, meshAncestors })).toBe('no candidate')
  })
  it.each<[string, string, { id: string; term: string }[], string]>([
    ['Secondary progressive multiple sclerosis', 'Neoplasm Metastasis', [], 'no candidate'],
    ['Macular edema secondary to vein occlusion', 'Neoplasm Metastasis', [], 'no candidate'],
    ['Metastatic disease of the spine', 'Neoplasm Metastasis', [], 'unknown'],
    ['Secondary tumors', 'Neoplasm Metastasis', [], 'unknown'],
    ['Secondary lesions', 'Neoplasm Metastasis', [{ id: 'D009371', term: 'Neoplasms by Site' }], 'unknown'],
  ])('of %s, indexed under %s %j: %s', (condition, term, ancestors, expected) => {
    const meshTerms = [{ id: 'D009362', term }]
    const meshAncestors = [
      { id: 'D009385', term: 'Neoplastic Processes' },
      { id: 'D009369', term: 'Neoplasms' },
    ]
    const indexed = { conditions: [condition], meshTerms, meshAncestors: [...meshAncestors, ...ancestors] }
    expect(says({ cancer: 'LUAD' }, [], { briefTitle: 'A study', keywords: [], ...indexed })).toBe(expected)
  })
  it('ANY keeps oncology trials and judges nothing', () => {
    expect(ask({ cancer: 'ANY' }, cancers('LUAD'))).toMatchObject({ tier: 'A', criteria: [] })
    const demand = {
      gene: 'EGFR',
      alteration: 'mutation',
      polarity: 'required',
      group: 0,
      state: 'present',
      threshold: null,
    } as const
    const marked = [...cancers('LUAD'), criterion({ kind: 'biomarker', ...demand })]
    expect(ask({ cancer: 'ANY_CANCER' }, marked)).toMatchObject({ tier: 'A', criteria: [], cautions: [] })
    expect(ask({ cancer: 'ANY' }, [])).toBeUndefined()
  })
  it('is assumed by questions that only oncology has', () => {
    expect(ask({ brainMetastases: 'none' }, [])).toBeUndefined()
    expect(ask({ brainMetastases: 'none' }, cancers('LUAD'))).toBeDefined()
    expect(ask({ priorLines: 1 }, [])).toBeUndefined()
    expect(ask({ stage: 'IV' }, [])).toBeDefined()
  })
  it('that does not exist is the question’s fault', () => {
    expect(() => ask({ cancer: 'NOT_A_CANCER' }, [])).toThrow(QuestionError)
  })
  it('quotes what is certain before what is narrower', () => {
    const doubtful = cancers('LUAD').map((one) => ({ ...unsure(one), quote: 'doubtful' }))
    const certain = cancers('NSCLC').map((one) => ({ ...one, quote: 'certain' }))
    expect(ask({ cancer: 'LUAD' }, [...doubtful, ...certain])?.criteria[0]).toMatchObject({
      verdict: 'met',
      quote: 'certain',
    })
  })
  it('quotes the exclusion that keeps somebody out', () => {
    const result = ask({ cancer: 'LUSC' }, [...cancers('NSCLC'), without('LUSC')])
    expect(result?.criteria[0]).toMatchObject({ question: 'cancer:LUSC', verdict: 'contradicted', quote: 'no LUSC' })
  })
})

describe('stage', () => {
  it.each<[string, string[], string]>([
    ['IV', ['IV'], 'met'],
    ['IVA', ['IV'], 'met'],
    ['IV', ['IVA'], 'unknown'],
    ['IV', ['IVA', 'IVB'], 'met'],
    ['III', ['IIIB', 'IIIC'], 'unknown'],
    ['III', ['IIIA', 'IIIB', 'IIIC'], 'met'],
    ['IIIB', ['IIIB', 'IIIC'], 'met'],
    ['IIIA', ['IIIB', 'IIIC'], 'contradicted'],
    ['II', ['III', 'IV'], 'contradicted'],
    ['IV', ['metastatic'], 'met'],
    ['metastatic', ['IV'], 'met'],
    ['metastatic', ['I', 'II', 'III'], 'contradicted'],
    ['III', ['metastatic'], 'contradicted'],
    ['III', ['locally_advanced', 'metastatic'], 'met'],
    ['II', ['locally_advanced', 'metastatic'], 'unknown'],
    ['I', ['locally_advanced', 'metastatic'], 'contradicted'],
    ['IV', ['advanced'], 'met'],
    ['localised', ['I', 'II'], 'met'],
    ['localised', ['I'], 'unknown'],
    ['localised', ['metastatic'], 'contradicted'],
    ['localised', ['III'], 'unknown'],
    ['localised', ['II', 'III', 'IV', 'advanced'], 'unknown'],
    ['localised', ['III', 'IV'], 'unknown'],
    ['localised', ['III', 'IV', 'advanced', 'metastatic'], 'contradicted'],
    ['locally_advanced', ['III'], 'met'],
    ['0', ['I', 'II'], 'contradicted'],
    ['IV', ['extensive_stage'], 'not_restricted'],
  ])('%s in a trial of %j: %s', (stage, anyOf, expected) => {
    expect(says({ stage }, [stages(...anyOf)])).toBe(expected)
  })
  it.each<[string, Criterion[], string]>([
    ['metastatic', [settings('adjuvant')], 'contradicted'],
    ['metastatic', [settings('adjuvant', 'muscle_invasive')], 'contradicted'],
    ['metastatic', [settings('resected')], 'contradicted'],
    ['metastatic', [unsure(settings('adjuvant'))], 'unknown'],
    ['metastatic', [ofOneCohort(settings('adjuvant'))], 'unknown'],
    ['metastatic', [settings('adjuvant', 'oligometastatic')], 'not_restricted'],
    ['metastatic', [settings('adjuvant', 'neoadjuvant')], 'not_restricted'],
    ['metastatic', [settings('neoadjuvant')], 'not_restricted'],
    ['metastatic', [settings('adjuvant'), stages('III', 'IV')], 'met'],
    ['IV', [settings('adjuvant')], 'unknown'],
    ['locally_advanced', [settings('adjuvant')], 'unknown'],
    ['III', [settings('adjuvant')], 'not_restricted'],
    ['localised', [settings('adjuvant')], 'not_restricted'],
  ])('%s in a trial after an operation, %j: %s', (stage, criteria, expected) => {
    expect(says({ stage }, criteria)).toBe(expected)
  })
  it.each<[string, string, string[], string]>([
    ['PRAD', 'metastatic', ['low_risk', 'intermediate_risk'], 'contradicted'],
    ['PRAD', 'metastatic', ['high_risk'], 'not_restricted'],
    ['PRAD', 'metastatic', ['low_risk', 'relapsed'], 'not_restricted'],
    ['PRAD', 'IV', ['low_risk'], 'not_restricted'],
    ['RCC', 'metastatic', ['intermediate_risk'], 'not_restricted'],
  ])('%s, %s, in a trial of risk groups %j: %s', (cancer, stage, anyOf, expected) => {
    const line = ask({ cancer, stage }, [...cancers(cancer), settings(...anyOf)])?.criteria.find(({ question }) =>
      question.startsWith('stage'),
    )
    expect(line?.verdict).toBe(expected)
  })
  it('IVA of the head and neck may be without metastases, IVA of the lung is not', () => {
    const metastatic = [stages('metastatic')]
    const first = (cancer: string) =>
      ask({ cancer, stage: 'IVA' }, [...metastatic, ...cancers(cancer)])?.criteria.find(({ question }) =>
        question.startsWith('stage'),
      )?.verdict
    expect(first('LUAD')).toBe('met')
  })
  it('of several criteria is taken by any of them; excluded ones keep out', () => {
    expect(says({ stage: 'III' }, [stages('IV'), stages('III')])).toBe('met')
    expect(says({ stage: 'IIIC' }, [criterion({ kind: 'stage', polarity: 'excluded', anyOf: ['III'] })])).toBe(
      'contradicted',
    )
    expect(says({ stage: 'III' }, [criterion({ kind: 'stage', polarity: 'excluded', anyOf: ['IIIC'] })])).toBe(
      'unknown',
    )
  })
  it('never contradicts on a doubtful statement or one of a single cohort', () => {
    expect(says({ stage: 'I' }, [unsure(stages('IV'))])).toBe('unknown')
    expect(says({ stage: 'I' }, [ofOneCohort(stages('IV'))])).toBe('unknown')
  })
  it('that does not exist is the question’s fault', () => {
    expect(() => ask({ stage: 'V' }, [])).toThrow(QuestionError)
  })
})

describe('the words quoted for a stage', () => {
  const quoteOf = (...criteria: Criterion[]) => ask({ stage: 'metastatic' }, criteria)?.criteria[0]?.quote
  it('are those of the exclusion, or the first of those that decide', () => {
    const excluded = criterion({ kind: 'stage', polarity: 'excluded', anyOf: ['metastatic'], quote: 'no metastases' })
    expect(quoteOf(excluded)).toBe('no metastases')
    const first = { ...stages('localised'), quote: 'first' }
    const second = { ...settings('localised'), quote: 'second' }
    expect(quoteOf(first, second)).toBe('first')
  })
})

describe('setting', () => {
  it.each<[string, string[], string]>([
    ['relapsed', ['relapsed', 'refractory'], 'met'],
    ['relapsed', ['refractory'], 'unknown'],
    ['relapsed', ['newly_diagnosed'], 'contradicted'],
    ['newly_diagnosed', ['relapsed', 'refractory'], 'contradicted'],
    ['relapsed', ['newly_diagnosed', 'maintenance'], 'contradicted'],
    ['relapsed', ['newly_diagnosed', 'unresectable'], 'unknown'],
    ['relapsed', ['maintenance'], 'not_restricted'],
    ['newly_diagnosed', ['newly_diagnosed', 'maintenance'], 'met'],
    ['castration_resistant', ['hormone_sensitive'], 'contradicted'],
    ['castration_resistant', ['metastatic'], 'not_restricted'],
    ['extensive_stage', ['extensive_stage'], 'met'],
    ['limited_stage', ['extensive_stage'], 'contradicted'],
    ['resected', ['unresectable', 'metastatic'], 'unknown'],
    ['resected', ['unresectable'], 'contradicted'],
    ['metastatic', ['metastatic', 'unresectable'], 'met'],
  ])('%s in a trial of %j: %s', (word, anyOf, expected) => {
    expect(says({ setting: [word] }, [...cancers('LUAD'), settings(...anyOf)])).toBe(expected)
  })
  it('judges each word told on its own', () => {
    const result = ask({ setting: ['relapsed', 'unresectable'] }, [settings('relapsed', 'refractory')])
    expect(result?.criteria.map(({ verdict }) => verdict)).toEqual(['met', 'not_restricted'])
  })
  it('counts extents told beside settings', () => {
    const criteria = [...cancers('LUAD'), settings('relapsed'), stages('localised')]
    expect(ask({ cancer: 'LUAD', setting: ['relapsed', 'metastatic'] }, criteria)?.tier).toBe('C')
    expect(ask({ cancer: 'LUAD', setting: ['relapsed', 'localised'] }, criteria)?.tier).toBe('A')
  })
  it('finds setting words filed under stage', () => {
    expect(says({ setting: ['limited_stage'] }, [stages('extensive_stage')])).toBe('contradicted')
  })
})

describe('prior lines', () => {
  it.each<[number, Criterion[], string]>([
    [0, [lines(0, 0)], 'met'],
    [1, [lines(0, 0)], 'contradicted'],
    [2, [lines(1, null)], 'met'],
    [0, [lines(1, null)], 'contradicted'],
    [2, [lines(1, null), lines(null, 3)], 'met'],
    [4, [lines(1, null), lines(null, 3)], 'contradicted'],
    [0, [lines(0, 0), lines(2, null)], 'unknown'],
    [1, [lines(0, 0), lines(2, null)], 'contradicted'],
    [1, [unsure(lines(0, 0))], 'unknown'],
    [0, [unsure(lines(0, 0))], 'unknown'],
    [0, [lines(1, null), lines(null, 1)], 'contradicted'],
    [1, [ofOneCohort(lines(0, 0))], 'unknown'],
    [1, [lines(null, null)], 'not_restricted'],
    [1, [], 'not_restricted'],
  ])('%i in a trial of %j: %s', (priorLines, criteria, expected) => {
    expect(says({ priorLines }, [...cancers('LUAD'), ...criteria])).toBe(expected)
  })
})

describe('general condition', () => {
  it.each<[Question, Criterion[], string]>([
    [{ ecog: 1 }, [ecog(1)], 'met'],
    [{ ecog: 2 }, [ecog(1)], 'contradicted'],
    [{ ecog: 2 }, [ecog(1), ecog(2)], 'unknown'],
    [{ ecog: 1 }, [karnofsky(70)], 'met'],
    [{ ecog: 1 }, [karnofsky(80)], 'unknown'],
    [{ ecog: 2 }, [karnofsky(70)], 'contradicted'],
    [{ ecog: 2 }, [ecog(2), karnofsky(70)], 'met'],
    [{ ecog: 2, age: 64 }, [lansky(70)], 'not_restricted'],
    [{ ecog: 2, age: 9 }, [lansky(70)], 'contradicted'],
    [{ ecog: 2, age: 15.9 }, [lansky(70)], 'contradicted'],
    [{ ecog: 2, age: 16 }, [lansky(70)], 'not_restricted'],
    [{ ecog: 2, age: 16 }, [karnofsky(70)], 'contradicted'],
    [{ ecog: 2 }, [unsure(ecog(1))], 'unknown'],
  ])('%j in a trial of %j: %s', (question, criteria, expected) => {
    expect(says(question, criteria)).toBe(expected)
  })
})

describe('age and sex', () => {
  it.each<[number, number | null, number | null, string]>([
    [64, 18, null, 'met'],
    [17, 18, null, 'contradicted'],
    [18, 18, 65, 'met'],
    [65.9, 18, 65, 'met'],
    [66, 18, 65, 'contradicted'],
    [0.4, null, 0.5, 'met'],
    [0.6, null, 0.5, 'contradicted'],
    [64, null, null, 'not_restricted'],
  ])('%d years against %j to %j: %s', (age, minimumAgeYears, maximumAgeYears, expected) => {
    expect(says({ age }, [], { minimumAgeYears, maximumAgeYears })).toBe(expected)
  })
  it('is to be checked where registry and text differ, met where they agree', () => {
    expect(says({ age: 72 }, [ages(18, 70)], { minimumAgeYears: 18 })).toBe('unknown')
    expect(says({ age: 64 }, [ages(18, 70)], { minimumAgeYears: 18 })).toBe('met')
    expect(says({ age: 64 }, [ages(18, 70)])).toBe('met')
  })
  it('takes the sex the trial names, and says nothing where it takes all', () => {
    expect(says({ sex: 'MALE' }, [], { sex: 'FEMALE' })).toBe('contradicted')
    expect(says({ sex: 'FEMALE' }, [], { sex: 'FEMALE' })).toBe('met')
    expect(says({ sex: 'FEMALE' }, [], { sex: 'ALL' })).toBe('not_restricted')
    expect(says({ sex: 'FEMALE' }, [], { sex: null })).toBe('not_restricted')
  })
})

describe('brain metastases', () => {
  it.each([
    ['none', 'excluded', 'met'],
    ['none', 'required', 'contradicted'],
    ['treated_or_stable', 'excluded', 'contradicted'],
    ['treated_or_stable', 'allowed_if_treated_or_stable', 'met'],
    ['active', 'allowed_if_treated_or_stable', 'contradicted'],
    ['active', 'allowed', 'met'],
  ] as const)('%s where they are %s: %s', (brainMetastases, rule, expected) => {
    expect(says({ brainMetastases }, [...cancers('LUAD'), brain(rule)])).toBe(expected)
  })
  it('are not restricted where the trial does not speak of them', () => {
    expect(says({ brainMetastases: 'active' }, cancers('LUAD'))).toBe('not_restricted')
  })
})

import { describe, expect, it } from 'vitest'
import type { Criterion } from '../../domain/criterion.ts'
import type { BiomarkerAnswer } from '../../domain/question.ts'
import { measureSatisfies, readMeasure } from '../../ranking/questions/markers/measure.ts'
import { ask, says } from './ask.ts'
import { criterion } from './trials.ts'

const lung = criterion({ kind: 'cancer', polarity: 'required', code: 'NSCLC' })

/** `EGFR L858R`, `not ALK`, `CD274 expression TPS>=50%`. */
function read(text: string) {
  const [, not, gene = '', alteration = '', threshold = null] = /^(not )?(\S+)(?: (\S+))?(?: (.+))?$/.exec(text) ?? []
  return { gene, alteration, state: not ? ('absent' as const) : ('present' as const), threshold }
}
/** A trial that requires one of several groups of markers: `EGFR L858R & not ALK fusion | KRAS G12C`. */
const requires = (text: string): Criterion[] =>
  text
    .split(' | ')
    .flatMap((group, number) =>
      group
        .split(' & ')
        .map((one) => criterion({ kind: 'biomarker', polarity: 'required', group: number, ...read(one) })),
    )
const excludes = (...texts: string[]): Criterion[] =>
  texts.map((one) => criterion({ kind: 'biomarker', polarity: 'excluded', group: null, ...read(one), quote: one }))
const told = (...texts: string[]): BiomarkerAnswer[] =>
  texts.map((text) => {
    const { gene, alteration, state, threshold } = read(text)
    return { gene, state, ...(alteration && { alteration }), ...(threshold && { value: threshold }) }
  })

/** Verdicts of all lines but the cancer's, in order. */
function lines(criteria: Criterion[], ...answers: string[]) {
  const result = ask({ cancer: 'LUAD', biomarkers: told(...answers) }, [lung, ...criteria])
  return result?.criteria.slice(1).map(({ question, verdict }) => `${question} ${verdict}`)
}
const first = (criteria: Criterion[], answer: string) => says({ biomarkers: told(answer) }, [lung, ...criteria])

describe('one answer, one requirement', () => {
  it.each([
    ['EGFR', 'EGFR mutation', 'met'],
    ['EGFR mutation', 'EGFR mutation', 'met'],
    ['EGFR L858R', 'EGFR mutation', 'met'],
    ['EGFR L858R', 'EGFR activating_mutation', 'met'],
    ['EGFR', 'EGFR exon20_insertion', 'unknown'],
    ['EGFR mutation', 'EGFR L858R', 'unknown'],
    ['EGFR L858R', 'EGFR exon20_insertion', 'contradicted'],
    ['EGFR L858R', 'EGFR T790M', 'unknown'],
    ['EGFR exon19_deletion', 'EGFR exon19_deletion', 'met'],
    ['not EGFR', 'EGFR mutation', 'contradicted'],
    ['not EGFR', 'EGFR L858R', 'contradicted'],
    ['not EGFR mutation', 'EGFR L858R', 'contradicted'],
    ['not EGFR L858R', 'EGFR mutation', 'unknown'],
    ['EGFR wild_type', 'EGFR mutation', 'contradicted'],
    ['EGFR', 'EGFR amplification', 'unknown'],
    ['ALK fusion', 'ALK mutation', 'met'],
    ['ALK', 'ALK mutation', 'met'],
    ['ALK mutation', 'ALK fusion', 'unknown'],
    ['RET fusion', 'RET mutation', 'unknown'],
    ['EGFR', 'KRAS G12C', 'not_restricted'],
    ['ERBB2 positive', 'ERBB2 positive', 'met'],
    ['HER2 positive', 'ERBB2 overexpression', 'met'],
    ['ERBB2 negative', 'ERBB2 positive', 'contradicted'],
    ['not ERBB2', 'ERBB2 negative', 'met'],
    ['not ERBB2', 'ERBB2 positive', 'contradicted'],
    ['ERBB2 low', 'ERBB2 positive', 'contradicted'],
    ['ERBB2 low', 'ERBB2 negative', 'met'],
    ['ERBB2 negative', 'ERBB2 low', 'unknown'],
    ['not ERBB2', 'ERBB2 mutation', 'contradicted'],
    ['not ERBB2', 'ERBB2 low', 'unknown'],
    ['ERBB2 negative', 'ERBB2 mutation', 'unknown'],
    ['ERBB2 amplification', 'ERBB2 positive', 'met'],
    ['ER positive', 'HR positive', 'met'],
    ['not ER', 'HR positive', 'unknown'],
    ['HR positive', 'ER positive', 'met'],
    ['HR positive', 'ER negative', 'contradicted'],
    ['HR positive', 'PR positive', 'unknown'],
    ['HR negative', 'ER positive', 'contradicted'],
    ['HR low', 'ER positive', 'unknown'],
    ['ER low', 'HR positive', 'unknown'],
    ['ER low', 'ER negative', 'unknown'],
    ['ER low', 'ER low', 'met'],
    ['HR negative', 'ER negative', 'met'],
    ['MSI high', 'MMR deficient', 'met'],
    ['MMR proficient', 'MSI high', 'contradicted'],
    ['MSI stable', 'MMR proficient', 'met'],
    ['CD274 positive', 'CD274 expression TPS>=1%', 'met'],
    ['CD274 positive', 'CD274 expression TPS>=50%', 'unknown'],
    ['CD274 high', 'CD274 expression TPS>=50%', 'met'],
    ['CD274 expression TPS 60%', 'CD274 expression TPS>=50%', 'met'],
    ['CD274 expression TPS 20%', 'CD274 expression TPS>=50%', 'contradicted'],
    ['CD274 expression CPS 20', 'CD274 expression TPS>=50%', 'unknown'],
    ['CD274 negative', 'CD274 expression TPS>=1%', 'contradicted'],
  ])('told %s, required %s: %s', (answer, required, expected) => {
    expect(first(requires(required), answer)).toBe(expected)
  })
})

describe('one answer, one exclusion', () => {
  it.each([
    ['EGFR L858R', 'EGFR mutation', 'contradicted'],
    ['EGFR', 'EGFR mutation', 'contradicted'],
    ['not EGFR', 'EGFR mutation', 'met'],
    ['EGFR mutation', 'EGFR T790M', 'unknown'],
    ['not ALK', 'ALK fusion', 'met'],
    ['KRAS G12C', 'EGFR mutation', 'not_restricted'],
    ['EGFR L858R', 'EGFR wild_type', 'met'],
    ['EGFR', 'EGFR other:rare', 'unknown'],
    ['not EGFR', 'EGFR other:rare', 'met'],
  ])('told %s, excluded %s: %s', (answer, excluded, expected) => {
    expect(first(excludes(excluded), answer)).toBe(expected)
  })
})

describe('the logic of a trial', () => {
  it('takes one of several groups, whatever is not known of the others', () => {
    expect(lines(requires('EGFR L858R | KRAS G12C'), 'EGFR L858R')).toEqual(['biomarker:EGFR:L858R:present met'])
  })
  it('asks for what is left of a group', () => {
    expect(lines(requires('ER positive & ERBB2 negative'), 'ER positive')).toEqual([
      'biomarker:ER:positive:present met',
      'biomarker:ERBB2 unknown',
    ])
  })
  it('leaves a failed group aside while another may hold', () => {
    expect(lines(requires('EGFR mutation | KRAS G12C'), 'not EGFR')).toEqual([
      'biomarker:EGFR:absent not_restricted',
      'biomarker:KRAS unknown',
    ])
  })
  it('contradicts when every group fails', () => {
    expect(lines(requires('EGFR mutation | KRAS G12C'), 'not EGFR', 'not KRAS')).toEqual([
      'biomarker:EGFR:absent contradicted',
      'biomarker:KRAS:absent contradicted',
    ])
  })
  it('names a marker once among those asked for, and again among those ruled out', () => {
    const criteria = [
      ...requires('EGFR L858R & EGFR T790M'),
      ...excludes('EGFR amplification', 'EGFR exon20_insertion'),
    ]
    expect(lines(criteria)).toEqual(['biomarker:EGFR unknown', 'biomarker:EGFR unknown'])
  })
  it('contradicts a group by any of its members', () => {
    expect(lines(requires('ER positive & ERBB2 negative'), 'ERBB2 positive')).toEqual([
      'biomarker:ERBB2:positive:present contradicted',
    ])
  })
  it('asks for each excluded marker that was not told, and quotes the one that keeps out', () => {
    const criteria = excludes('EGFR mutation', 'ALK fusion')
    expect(lines(criteria)).toEqual(['biomarker:EGFR unknown', 'biomarker:ALK unknown'])
    expect(lines(criteria, 'not EGFR', 'not ALK')).toEqual(['biomarker:EGFR:absent met', 'biomarker:ALK:absent met'])
    const result = ask({ cancer: 'LUAD', biomarkers: told('EGFR L858R') }, [lung, ...criteria])
    expect(result).toMatchObject({ tier: 'C' })
    expect(result?.criteria[1]).toMatchObject({ verdict: 'contradicted', quote: 'EGFR mutation' })
  })
  it('never contradicts on a doubtful statement or on what one cohort excludes', () => {
    const doubtful = requires('EGFR mutation').map((one) => ({ ...one, confidence: 0.4 }))
    expect(lines(doubtful, 'not EGFR')).toEqual(['biomarker:EGFR:absent unknown'])
    const excluded = excludes('EGFR mutation').map((one) => ({ ...one, cohort: 'A' }))
    expect(lines(excluded, 'EGFR')).toEqual(['biomarker:EGFR:present unknown'])
  })
  it('leaves open what only some of its people must have', () => {
    const ofSome = requires('EGFR mutation & KRAS G12C').map((one) => ({ ...one, group: null }))
    expect(lines(ofSome, 'not EGFR', 'not KRAS')).toEqual([
      'biomarker:EGFR:absent unknown',
      'biomarker:KRAS:absent unknown',
    ])
    expect(lines(ofSome, 'EGFR')).toEqual(['biomarker:EGFR:present met', 'biomarker:KRAS unknown'])
    expect(lines([...requires('ALK fusion'), ...ofSome], 'not ALK', 'EGFR')).toEqual([
      'biomarker:ALK:absent contradicted',
      'biomarker:EGFR:present met',
      'biomarker:KRAS unknown',
    ])
  })
  it('contradicts who is in none of the cohorts that are alternatives of the trial', () => {
    const cohorts = requires('ALK fusion | ROS1 fusion').map((one, at) => ({ ...one, cohort: `cohort ${at + 1}` }))
    expect(lines(cohorts, 'not ALK', 'not ROS1')).toEqual([
      'biomarker:ALK:absent contradicted',
      'biomarker:ROS1:absent contradicted',
    ])
    expect(lines(cohorts, 'not ALK')).toEqual(['biomarker:ALK:absent not_restricted', 'biomarker:ROS1 unknown'])
    expect(lines(cohorts, 'not ALK', 'ROS1')).toContain('biomarker:ROS1:present met')
  })
  it.each([
    ['one of the cancers', ['LUNG', 'BLADDER'], null, ['biomarker:EGFR:present contradicted']],
    ['the whole family', ['ANY_SOLID'], null, ['biomarker:EGFR:present contradicted']],
    ['other cancers', ['STAD', 'COADREAD'], null, ['biomarker:EGFR:present not_restricted']],
    ['one of the cancers in one cohort', ['NSCLC'], 'cohort B', ['biomarker:EGFR:present unknown']],
  ])('binds those with the cancer that an exclusion names: %s', (_, ofCancers, cohort, expected) => {
    const excluded = excludes('EGFR mutation').map((one) => ({ ...one, cohort, ofCancers }) as Criterion)
    expect(lines(excluded, 'EGFR')).toEqual(expected)
  })
  it('leaves open whether an exclusion of a kind of the cancer told binds', () => {
    const excluded = excludes('EGFR mutation').map((one) => ({ ...one, ofCancers: ['LUAD'] }) as Criterion)
    const verdicts = (cancer: string) =>
      ask({ cancer, biomarkers: told('EGFR') }, [lung, ...excluded])?.criteria.map(({ verdict }) => verdict)
    expect(verdicts('NSCLC')).toEqual(['met', 'unknown'])
    expect(verdicts('LUAD')).toEqual(['met', 'contradicted'])
  })
  it('leaves open whether an exclusion of some cancers binds who told none', () => {
    const excluded = excludes('EGFR mutation').map((one) => ({ ...one, ofCancers: ['STAD'] }) as Criterion)
    expect(first(excluded, 'EGFR')).toBe('unknown')
  })
  it('keeps apart what binds everybody from what binds one cohort', () => {
    const [ofAll, ofOne] = excludes('EGFR mutation', 'ALK fusion').map(
      (one) => ({ ...one, ofCancers: ['LUNG'] }) as Criterion,
    )
    const criteria = [ofAll, { ...ofOne, cohort: 'cohort B' }] as Criterion[]
    expect(lines(criteria, 'ALK fusion')).toEqual(['biomarker:ALK:fusion:present unknown', 'biomarker:EGFR unknown'])
  })
  it('reads as many answers as a question may have', () => {
    const others = Array.from({ length: 30 }, () => 'not BRAF')
    const verdicts = lines(requires('EGFR mutation'), ...others, 'not EGFR', 'not KRAS')
    expect(verdicts?.slice(30)).toEqual(['biomarker:EGFR:absent contradicted', 'biomarker:KRAS:absent not_restricted'])
  })
  it('asks nothing of groups that are left open beside one that holds', () => {
    expect(lines(requires('EGFR L858R | EGFR T790M & KRAS G12C'), 'EGFR L858R')).toEqual([
      'biomarker:EGFR:L858R:present met',
    ])
  })
  it('does not ask for the markers of other cancers', () => {
    const excluded = excludes('EGFR mutation').map((one) => ({ ...one, ofCancers: ['STAD'] }) as Criterion)
    expect(lines(excluded)).toEqual([])
  })
  it('says nothing to a question that is not about a cancer', () => {
    expect(ask({ age: 64 }, requires('EGFR mutation'))?.criteria.map(({ question }) => question)).toEqual(['age:64'])
  })
})

describe('measures', () => {
  it.each([
    ['TPS 60%', { scale: 'TPS', value: 60 }],
    ['TC>=1%', { scale: 'TPS', value: 1 }],
    ['IHC 3+; or IHC 2+/ISH+', { scale: 'IHC', value: 2 }],
    ['CPS ≥ 10', { scale: 'CPS', operator: '>=', value: 10 }],
    ['2,5 %', { scale: null, value: 2.5 }],
  ])('%s', (text, expected) => {
    expect(readMeasure(text)).toMatchObject(expected)
  })
  it('cannot be read without a number, or compared across scales', () => {
    expect(readMeasure('elevated')).toBeNull()
    expect(measureSatisfies('CPS 12', 'TPS>=1%')).toBeNull()
    expect(measureSatisfies('TPS 0%', 'TPS<1%')).toBe(true)
  })
})

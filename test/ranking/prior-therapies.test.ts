import { describe, expect, it } from 'vitest'
import { ask, says } from './ask.ts'
import { criterion } from './trials.ts'

const excluded = (therapy: string) => criterion({ kind: 'prior_therapy', polarity: 'excluded', therapy })
const required = (therapy: string) => criterion({ kind: 'prior_therapy', polarity: 'required', therapy })

describe('treatments received', () => {
  it.each([
    ['nivolumab', excluded('anti-PD-1/PD-L1'), 'contradicted'],
    ['nivolumab', excluded('immunotherapy'), 'contradicted'],
    ['nivolumab', required('anti-PD-1/PD-L1'), 'met'],
    ['immunotherapy', excluded('anti-PD-1/PD-L1'), 'unknown'],
    ['immunotherapy', required('nivolumab'), 'unknown'],
    ['nivolumab', excluded('systemic therapy'), 'unknown'],
    ['nivolumab', excluded('splenectomy'), 'not_restricted'],
    ['splenectomy', excluded('Splenectomy'), 'contradicted'],
    ['nivolumab', { ...excluded('anti-PD-1/PD-L1'), cohort: 'B' }, 'unknown'],
    ['nivolumab', { ...excluded('anti-PD-1/PD-L1'), confidence: 0.3 }, 'unknown'],
  ])('%s where %j: %s', (therapy, one, expected) => {
    expect(says({ priorTherapies: [therapy] }, [one])).toBe(expected)
  })
  it('are asked for when required and not told; excluded ones that were not told were not received', () => {
    const result = ask({ priorTherapies: ['nivolumab'] }, [required('splenectomy'), excluded('osimertinib')])
    expect(result?.criteria.map(({ question, verdict }) => [question, verdict])).toEqual([
      ['priorTherapy:nivolumab', 'not_restricted'],
      ['priorTherapy:splenectomy', 'unknown'],
    ])
    expect(result?.tier).toBe('B')
  })
  it('by class are asked about once where one of the class is required', () => {
    const result = ask({ priorTherapies: ['immunotherapy'] }, [required('nivolumab')])
    expect(result?.criteria.map(({ question, verdict }) => [question, verdict])).toEqual([
      ['priorTherapy:immunotherapy', 'unknown'],
    ])
  })
})

import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { TherapyClass } from '../../../domain/vocabulary/therapies/therapy-term.ts'
import {
  THERAPY_CLASSES,
  THERAPY_ENTRIES,
  therapyByName,
  therapyIsWithin,
} from '../../../domain/vocabulary/therapies.ts'
import { doubleMeanings } from './double-meanings.ts'

describe('THERAPIES', () => {
  it('follow the schema', () => {
    for (const own of THERAPY_CLASSES) expect([own.code, ...Value.Errors(TherapyClass, own)]).toEqual([own.code])
  })

  it('have no name with two meanings', () => {
    expect(doubleMeanings(THERAPY_ENTRIES)).toEqual([])
  })
})

describe('therapyIsWithin', () => {
  it.each([
    ['nivolumab', 'anti-PD-1', true],
    ['nivolumab', 'anti-PD-1/PD-L1', true],
    ['nivolumab', 'immune checkpoint inhibitor', true],
    ['nivolumab', 'immunotherapy', true],
    ['nivolumab', 'systemic therapy', true],
    ['nivolumab', 'anti-PD-L1', false],
    ['immunotherapy', 'nivolumab', false],
    ['nothing', 'immunotherapy', false],
  ])('%s within %s: %s', (child, ancestor, expected) => {
    expect(therapyIsWithin(child, ancestor)).toBe(expected)
  })
})

describe('therapyByName', () => {
  it.each([
    ['Keytruda', 'pembrolizumab'],
    ['atézolizumab', 'atezolizumab'],
    ['MK 3475', 'pembrolizumab'],
    ['inhibiteurs de checkpoint', 'immune checkpoint inhibitor'],
    ['anti-PD-1/PD-L1', 'anti-PD-1/PD-L1'],
    ['Anti PD1', 'anti-PD-1'],
    ['nothing', undefined],
  ])('%s → %s', (name, code) => {
    expect(therapyByName(name)?.code).toBe(code)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../../domain/vocabulary/symbols.ts'
import { TherapyClass } from '../../../domain/vocabulary/therapies/therapy-term.ts'
import {
  THERAPIES,
  THERAPY_CLASSES,
  THERAPY_ENTRIES,
  therapyAncestors,
  therapyByName,
  therapyIsWithin,
} from '../../../domain/vocabulary/therapies.ts'
import { doubleMeanings } from './double-meanings.ts'

const BDPM = '../shared/data/vocabulary/CIS_COMPO_bdpm.txt.gz'

describe('THERAPIES', () => {
  it('follow the schema', () => {
    for (const own of THERAPY_CLASSES) expect([own.code, ...Value.Errors(TherapyClass, own)]).toEqual([own.code])
  })

  it('have each code once and a place in the tree', () => {
    const codes = THERAPIES.map(({ code }) => code)
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([])
    for (const { code } of THERAPIES) expect(therapyAncestors(code)).toContain(code)
    const also = THERAPY_CLASSES.flatMap(({ alsoSubstances = [] }) => alsoSubstances)
    expect(also.filter((code) => !codes.includes(code))).toEqual([])
    expect(THERAPIES.filter(({ substance }) => substance).length).toBeGreaterThanOrEqual(400)
  })

  it('have no name with two meanings', () => {
    expect(doubleMeanings(THERAPY_ENTRIES)).toEqual([])
  })
})

describe('French names', () => {
  it.skipIf(!existsSync(BDPM))('are those of the French register of medicines (skipped without ../shared)', () => {
    const text = new TextDecoder('latin1').decode(gunzipSync(readFileSync(BDPM)))
    const register = new Set(text.split('\r\n').map((row) => row.split('\t')[3] ?? ''))
    const folded = new Map([...register].map((name) => [foldText(name), name.trim().toLowerCase()]))
    const substances = THERAPIES.filter(({ substance }) => substance)
    const sold = substances.filter(({ fr }) => folded.has(foldText(fr)))
    expect(sold.length).toBeGreaterThan(150)
    // Our accents are theirs, where they write any: they leave capitals bare at times.
    const differ = sold.filter(({ fr }) => {
      const theirs = folded.get(foldText(fr)) ?? ''
      return /[à-ÿœ]/.test(theirs) && theirs.normalize() !== fr.toLowerCase().normalize()
    })
    expect(differ.map(({ fr }) => `${fr}: ${folded.get(foldText(fr))}`)).toEqual([])
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
    ['osimertinib', 'EGFR inhibitor (3rd generation)', true],
    ['osimertinib', 'EGFR inhibitor', true],
    ['osimertinib', 'tyrosine kinase inhibitor', true],
    ['osimertinib', 'targeted therapy', true],
    ['osimertinib', 'EGFR inhibitor (1st or 2nd generation)', false],
    ['amivantamab', 'MET-targeted therapy', true],
    ['amivantamab', 'EGFR inhibitor', false],
    ['cisplatin', 'platinum chemotherapy', true],
    ['paclitaxel', 'chemotherapy', true],
    ['trastuzumab deruxtecan', 'HER2-targeted therapy', true],
    ['trastuzumab deruxtecan', 'antibody-drug conjugate', true],
    ['trastuzumab deruxtecan', 'topoisomerase I conjugate', true],
    ['teclistamab', 'BCMA-targeted therapy', true],
    ['ciltacabtagene autoleucel', 'CAR-T', true],
    ['enzalutamide', 'hormone therapy', true],
    ['ibrutinib', 'BTK inhibitor', true],
    ['autologous stem cell transplant', 'stem cell transplant', true],
    ['radiotherapy', 'systemic therapy', false],
    ['organ transplant', 'anticancer therapy', false],
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
    ['T-DXd', 'trastuzumab deruxtecan'],
    ['pémétrexed', 'pemetrexed'],
    ['cisplatine', 'cisplatin'],
    ['sels de platine', 'platinum chemotherapy'],
    ['anti-HER2', 'HER2-targeted therapy'],
    ['CDK4/6 inhibitors', 'CDK4/6 inhibitor'],
    ['autogreffe', 'autologous stem cell transplant'],
    ['nothing', undefined],
  ])('%s → %s', (name, code) => {
    expect(therapyByName(name)?.code).toBe(code)
  })
})

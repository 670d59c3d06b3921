import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { EXTENTS } from '../../../domain/vocabulary/stages/extents.ts'
import { normaliseStageNumeral, STAGE_NUMERALS, stageRange } from '../../../domain/vocabulary/stages/numerals.ts'
import { SettingTerm } from '../../../domain/vocabulary/stages/settings.ts'
import { SETTINGS, STAGE_ENTRIES, STAGES, settingFitsOf, stageFitsOf } from '../../../domain/vocabulary/stages.ts'
import { Term } from '../../../domain/vocabulary/term.ts'
import { doubleMeanings } from './double-meanings.ts'

describe('stages and settings', () => {
  it('follow the schemas', () => {
    for (const extent of EXTENTS) expect([extent.code, ...Value.Errors(Term, extent)]).toEqual([extent.code])
    for (const setting of SETTINGS)
      expect([setting.code, ...Value.Errors(SettingTerm, setting)]).toEqual([setting.code])
  })

  it('exclude only settings that exist', () => {
    const codes = new Set(SETTINGS.map(({ code }) => code))
    for (const { excludes = [], within = [] } of SETTINGS)
      for (const code of [...excludes, ...within]) expect(codes).toContain(code)
  })

  it('have no name with two meanings', () => {
    expect(doubleMeanings(STAGE_ENTRIES)).toEqual([])
  })
})

describe('normaliseStageNumeral', () => {
  it.each([
    ['IIIb', 'IIIB'],
    ['3B', 'IIIB'],
    ['III-B', 'IIIB'],
    ['iv', 'IV'],
    ['0is', '0is'],
    ['IIIC2', 'IIIC2'],
    ['V', null],
    ['IIII', null],
    ['IVZ', null],
    ['', null],
  ])('%j → %j', (text, expected) => {
    expect(normaliseStageNumeral(text)).toBe(expected)
  })

  it('leaves every numeral of ours as it is', () => {
    for (const numeral of STAGE_NUMERALS) expect(normaliseStageNumeral(numeral)).toBe(numeral)
  })
})

describe('stageRange', () => {
  it.each([
    ['IIIB', 'IV', ['IIIB', 'IIIC', 'IIID', 'IV']],
    ['II', 'III', ['II', 'III']],
    ['0', 'IA2', ['0', 'IA', 'IA2']],
    ['IIIB', 'IIIC', ['IIIB', 'IIIC']],
    ['IB', 'IIIA', ['IB', 'IC', 'II', 'IIIA']],
    ['IV', 'I', []],
    ['x', 'IV', []],
  ])('%s to %s: %j', (from, to, expected) => {
    expect(stageRange(from, to)).toEqual(expected)
  })
})

/** Whether one of the stages a trial takes takes someone's: true, false, or null where it depends. */
function taken(answered: string, anyOf: readonly string[], cancer: string | null = null): boolean | null {
  const fits = stageFitsOf(answered, anyOf, cancer)
  return fits.includes('in') ? true : fits.includes('maybe') ? null : false
}

describe('stageFitsOf', () => {
  it.each([
    ['IIIB', ['III'], true],
    ['IIIB', ['IIIB', 'IV'], true],
    ['III', ['IIIB'], null],
    ['IIIA', ['IIIB'], false],
    ['I', ['III', 'IV'], false],
    ['IV', ['metastatic'], true],
    ['IVB', ['metastatic'], true],
    ['metastatic', ['IV'], true],
    ['metastatic', ['IIIB', 'IV'], true],
    ['metastatic', ['advanced'], true],
    ['advanced', ['metastatic'], null],
    ['advanced', ['locally_advanced', 'metastatic'], true],
    ['III', ['locally_advanced'], true],
    ['III', ['localised'], null],
    ['III', ['IIIA', 'IIIB', 'IIIC'], true],
    ['II', ['locally_advanced', 'metastatic'], null],
    ['localised', ['I', 'II'], true],
    ['locally_advanced', ['III'], true],
    ['III', ['metastatic'], false],
    ['localised', ['metastatic'], false],
    ['localised', ['II'], null],
    ['locally_advanced', ['localised'], false],
    ['0', ['localised'], false],
    ['nonsense', ['IV'], false],
  ])('%s for a trial that takes %j: %s', (answered, anyOf, expected) => {
    expect(taken(answered, anyOf)).toBe(expected)
  })

  it('knows that stage IVA of the thymus may have no distant metastasis', () => {
    expect(taken('IVA', ['metastatic'], 'NSCLC')).toBe(true)
    expect(taken('IVA', ['metastatic'], 'THYC')).toBeNull()
    expect(taken('IVC', ['metastatic'], 'THYC')).toBe(true)
  })

  it('is never false for a stage among those taken', () => {
    const code = fc.constantFrom(...STAGES.map((stage) => stage.code))
    fc.assert(
      fc.property(code, fc.array(code, { minLength: 1, maxLength: 4 }), (answered, anyOf) => {
        expect(taken(answered, [answered, ...anyOf])).toBe(true)
      }),
    )
  })
})

describe('settingFitsOf', () => {
  it.each([
    ['relapsed', ['relapsed', 'refractory'], ['in', 'maybe']],
    ['newly_diagnosed', ['relapsed', 'unresectable'], ['out', null]],
    ['resected', ['resectable', 'unresectable'], ['maybe', 'out']],
    ['castration_resistant', ['hormone_sensitive', 'metastatic'], ['out', null]],
    ['hormone_sensitive', ['castration_resistant'], ['out']],
    ['nonsense', ['relapsed'], [null]],
  ])('%s against each of %j: %j', (told, anyOf, expected) => {
    expect(settingFitsOf(told, anyOf)).toEqual(expected)
  })
})

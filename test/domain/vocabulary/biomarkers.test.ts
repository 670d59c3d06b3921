import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { ALTERATIONS, AlterationTerm } from '../../../domain/vocabulary/biomarkers/alterations.ts'
import { BiomarkerTerm } from '../../../domain/vocabulary/biomarkers/biomarker-term.ts'
import { alterationIsWithin, lineageOf, ruleEachOtherOut } from '../../../domain/vocabulary/biomarkers/relations.ts'
import { findVariants, normaliseVariant } from '../../../domain/vocabulary/biomarkers/variants.ts'
import {
  BIOMARKER_ENTRIES,
  BIOMARKERS,
  familyOf,
  geneByAlias,
  membersOf,
  readAlteration,
} from '../../../domain/vocabulary/biomarkers.ts'
import { doubleMeanings } from './double-meanings.ts'

const CGI = '../shared/data/vocabulary/cgi_biomarkers_per_variant.tsv.gz'

describe('BIOMARKERS', () => {
  it('follow the schemas', () => {
    for (const marker of BIOMARKERS)
      expect([marker.code, ...Value.Errors(BiomarkerTerm, marker)]).toEqual([marker.code])
    for (const term of ALTERATIONS) expect([term.code, ...Value.Errors(AlterationTerm, term)]).toEqual([term.code])
  })

  it('have alterations that exist', () => {
    const codes = new Set(ALTERATIONS.map(({ code }) => code))
    const known = (name: string) =>
      codes.has(name) || normaliseVariant(name) !== null || /^exon\d+_mutation$/.test(name)
    for (const { code, alterations } of BIOMARKERS) {
      expect([code, ...alterations.filter((name) => !known(name))]).toEqual([code])
    }
    for (const { within = [], excludes = [] } of ALTERATIONS)
      for (const code of [...within, ...excludes]) expect(codes).toContain(code)
  })

  it('have each code once, and members that exist', () => {
    const codes = BIOMARKERS.map(({ code }) => code)
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([])
    for (const { code, members = [] } of BIOMARKERS) {
      expect([code, ...members.filter((member) => !codes.includes(member))]).toEqual([code])
    }
  })

  it('have no name with two meanings', () => {
    expect(doubleMeanings(BIOMARKER_ENTRIES)).toEqual([])
  })

  it('are found by their own code', () => {
    for (const { code } of BIOMARKERS) expect(geneByAlias(code)?.code).toBe(code)
  })

  it.skipIf(!existsSync(CGI))(
    'have every gene and protein variant of the Cancer Genome Interpreter (skipped without ../shared)',
    () => {
      const [head = '', ...rows] = gunzipSync(readFileSync(CGI)).toString().trim().split('\n')
      const columns = head.split('\t')
      const [gene, variant] = [columns.indexOf('Gene'), columns.indexOf('individual_mutation')]
      const cells = rows.map((row) => row.split('\t'))
      const genes = new Set(
        cells.flatMap((cell) => (cell[gene] ?? '').split(';')).filter((symbol) => /^[A-Z0-9]+$/.test(symbol)),
      )
      const missing = [...genes].filter((symbol) => geneByAlias(symbol) === null)
      // Genes that no criterion of a trial selects on.
      expect(missing.length / genes.size).toBeLessThan(0.15)
      const variants = cells.flatMap((cell) => /^\w+:(.+)$/.exec(cell[variant] ?? '')?.[1] ?? [])
      const unread = new Set(variants.filter((text) => normaliseVariant(text) === null))
      expect([...unread]).toEqual([])
    },
  )
})

describe('geneByAlias', () => {
  it.each([
    ['HER2', 'ERBB2'],
    ['her-2/neu', 'ERBB2'],
    ['c-erbB-2', 'ERBB2'],
    ['erbb2', 'ERBB2'],
    ['PD-L1', 'CD274'],
    ['pdl1', 'CD274'],
    ['MSI-H', 'MSI'],
    ['BRCA1/2', 'BRCA'],
    ['KRAS', 'KRAS'],
    ['k-ras', 'KRAS'],
    ['c-Met', 'MET'],
    ['p53', 'TP53'],
    ['t(9;22)', 'PHILADELPHIA'],
    ['Ki 67', 'MKI67'],
    ['claudine 18.2', 'CLDN18.2'],
    ['ER', 'ER'],
    ['HLA-A*02:01', 'HLA-A*02:01'],
    ['B7-H3', 'CD276'],
    ['b7h3', 'CD276'],
    ['CD276', 'CD276'],
    ['B7-H4', 'VTCN1'],
    ['CA 125', 'MUC16'],
    ['CA-125', 'MUC16'],
    ['LIV-1', 'SLC39A6'],
    ['FcRH5', 'FCRL5'],
    ['FRα', 'FOLR1'],
    ['nothing', undefined],
  ])('%s → %s', (alias, code) => {
    expect(geneByAlias(alias)?.code).toBe(code)
  })
})

describe('readAlteration', () => {
  it.each([
    ['exon20_insertion', 'exon20_insertion'],
    ['exon 20 insertion', 'exon20_insertion'],
    ['insertion de l’exon 20', 'exon20_insertion'],
    ['Ex20ins', 'exon20_insertion'],
    ['exon 20', 'exon20_mutation'],
    ['EXON 19 del', 'exon19_deletion'],
    ['p.Leu858Arg', 'L858R'],
    ['v600e', 'V600E'],
    ['Wild type', 'wild_type'],
    ['réarrangement', 'fusion'],
    ['muté', 'mutation'],
  ])('%s is %s', (typed, code) => {
    expect(readAlteration(typed)).toBe(code)
  })

  it.each(['', 'exon', 'exon 200', 'blue', '20'])('"%s" is none', (typed) => {
    expect(readAlteration(typed)).toBeNull()
  })

  it('an insertion is a change of its exon', () => {
    expect(alterationIsWithin('EGFR', 'exon20_insertion', readAlteration('exon 20') ?? '')).toBe(true)
  })
})

describe('normaliseVariant', () => {
  it.each([
    ['p.L858R', 'L858R'],
    ['Leu858Arg', 'L858R'],
    ['p.(Val600Glu)', 'V600E'],
    ['v600e', 'V600E'],
    ['V600', 'V600'],
    ['G719X', 'G719X'],
    ['R213*', 'R213*'],
    ['p.Arg213Ter', 'R213*'],
    ['E746_A750del', 'E746_A750del'],
    ['p.Glu746_Ala750del', 'E746_A750del'],
    ['L747_P753delinsS', 'L747_P753delinsS'],
    ['D770_N771insSVD', 'D770_N771insSVD'],
    ['E545fs*12', 'E545fs'],
    ['Q3W', null],
    ['Q12W', null],
    ['Q61H', 'Q61H'],
    ['exon 19', null],
    ['B12', null],
    ['', null],
    ['V600E'.repeat(20), null],
  ])('%j → %j', (text, expected) => {
    expect(normaliseVariant(text)).toBe(expected)
  })
})

describe('findVariants', () => {
  it('finds variants and hotspots, and nothing that only looks like one', () => {
    const text =
      'EGFR L858R or p.Gly12Cys; T790M+, V600, L861Q/G719X; Q3W, B12, T4 N1, D28, C1D1, M1, S1, H3K27M, CD19, A1'
    expect(findVariants(text).map(({ variant }) => variant)).toEqual([
      'L858R',
      'G12C',
      'T790M',
      'V600',
      'L861Q',
      'G719X',
    ])
    for (const { start, end, variant } of findVariants(text))
      expect(normaliseVariant(text.slice(start, end))).toBe(variant)
  })

  it('reads a megabyte of near misses in linear time', () => {
    const started = performance.now()
    expect(findVariants('A1_C2delinsAAAAAAAAAAAAAAAAA '.repeat(35_000))).toEqual([])
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('alterationIsWithin', () => {
  it.each([
    ['EGFR', 'L858R', 'mutation', true],
    ['EGFR', 'p.Leu858Arg', 'exon21_mutation', true],
    ['EGFR', 'L858R', 'activating_mutation', true],
    ['EGFR', 'mutation', 'L858R', false],
    ['EGFR', 'E746_A750del', 'exon19_deletion', true],
    ['EGFR', 'exon19_deletion', 'exon19_mutation', true],
    ['EGFR', 'exon19_deletion', 'mutation', true],
    ['EGFR', 'A763_Y764insFQEA', 'exon20_insertion', true],
    ['EGFR', 'T790M', 'resistance_mutation', true],
    ['EGFR', 'T790M', 'activating_mutation', false],
    ['EGFR', 'G719A', 'G719X', true],
    ['BRAF', 'V600E', 'V600', true],
    ['BRAF', 'V600', 'V600E', false],
    ['KRAS', 'G12C', 'G12', true],
    ['KRAS', 'G12C', 'fusion', false],
    ['FLT3', 'ITD', 'mutation', true],
    ['FLT3', 'D835Y', 'TKD', true],
    ['ERBB2', 'amplification', 'positive', true],
    ['ERBB2', 'low', 'negative', true],
    ['ERBB2', 'low', 'positive', false],
    ['CD274', 'high', 'positive', true],
    ['CD274', 'overexpression', 'expression', true],
    ['ALK', 'fusion', 'alteration', true],
  ])('%s %s is a case of %s: %s', (gene, child, parent, expected) => {
    expect(alterationIsWithin(gene, child, parent)).toBe(expected)
  })
})

describe('ruleEachOtherOut', () => {
  it.each([
    ['EGFR', 'L858R', 'wild_type', true],
    ['EGFR', 'L858R', 'T790M', false],
    ['ERBB2', 'positive', 'negative', true],
    ['ERBB2', 'low', 'positive', true],
    ['ERBB2', 'amplification', 'low', true],
    ['MMR', 'deficient', 'proficient', true],
    ['MSI', 'high', 'stable', true],
    ['MSI', 'high', 'low', true],
    ['KRAS', 'G12C', 'G12D', false],
  ])('%s %s and %s: %s', (gene, one, other, expected) => {
    expect(ruleEachOtherOut(lineageOf(gene, one), lineageOf(gene, other))).toBe(expected)
    expect(ruleEachOtherOut(lineageOf(gene, other), lineageOf(gene, one))).toBe(expected)
  })
})

describe('families', () => {
  it('know their members, and genes their families', () => {
    expect(membersOf('NTRK')).toEqual(['NTRK1', 'NTRK2', 'NTRK3'])
    expect(membersOf('KRAS')).toEqual(['KRAS'])
    expect(familyOf('KRAS')).toEqual(['RAS'])
    expect(familyOf('BRCA1')).toEqual(['BRCA', 'HRR'])
    expect(familyOf('EGFR')).toEqual([])
  })
})

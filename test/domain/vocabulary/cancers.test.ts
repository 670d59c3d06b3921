import { existsSync, readFileSync } from 'node:fs'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { CancerTerm } from '../../../domain/vocabulary/cancers/cancer-term.ts'
import {
  ancestorsOf,
  CANCER_ENTRIES,
  CANCERS,
  cancerByCode,
  cancerByMesh,
  descendantsOf,
  isWithin,
  relateCancer,
} from '../../../domain/vocabulary/cancers.ts'
import { createLexicon } from '../../../domain/vocabulary/lexicon.ts'
import { foldText } from '../../../domain/vocabulary/symbols.ts'
import { lexiconEntries } from '../../../domain/vocabulary/term.ts'
import { doubleMeanings } from './double-meanings.ts'

const GOLD = '../shared/data/criteria/oncology-gold.ndjson'
const ONCOTREE = '../shared/data/vocabulary/oncotree_2025_10_03.json'

interface OncoTreeNode {
  code: string
  parent: string | null
  children: Record<string, OncoTreeNode>
}
function oncotreeParents(): Map<string, string | null> {
  const { TISSUE } = JSON.parse(readFileSync(ONCOTREE, 'utf8')) as { TISSUE: OncoTreeNode }
  const parents = new Map<string, string | null>()
  const visit = (node: OncoTreeNode) => {
    parents.set(node.code, node.parent)
    for (const child of Object.values(node.children)) visit(child)
  }
  visit(TISSUE)
  return parents
}

describe('CANCERS', () => {
  it('follow the schema', () => {
    for (const cancer of CANCERS) expect([cancer.code, ...Value.Errors(CancerTerm, cancer)]).toEqual([cancer.code])
  })

  it.skipIf(!existsSync(ONCOTREE))('have the codes and parents of OncoTree (skipped without ../shared)', () => {
    const parents = oncotreeParents()
    for (const { code, parent } of CANCERS.filter((cancer) => !/^(ANY|X)_/.test(cancer.code))) {
      const theirs = parents.get(code)
      expect([code, theirs === 'TISSUE' ? parent : theirs]).toEqual([code, parent])
      if (theirs === 'TISSUE') expect(['ANY_SOLID', 'ANY_HEME']).toContain(parent)
    }
  })

  it.skipIf(!existsSync(GOLD))('have every code of the labelled trials (skipped without ../shared)', () => {
    const rows = readFileSync(GOLD, 'utf8').trim().split('\n')
    const labels = rows.flatMap((row) => {
      const { cancers = [], excludedCancers = [] } = JSON.parse(row) as Record<string, { oncotree: string | null }[]>
      return [...cancers, ...excludedCancers].flatMap(({ oncotree }) => oncotree ?? [])
    })
    expect(labels.filter((code) => cancerByCode(code) === null)).toEqual([])
  })

  it('have no name with two meanings', () => {
    expect(doubleMeanings(lexiconEntries(CANCERS))).toEqual([])
  })

  it('have no name built on the organ with two meanings', () => {
    const written = new Set(lexiconEntries(CANCERS).map(({ surface }) => foldText(surface)))
    expect(doubleMeanings(CANCER_ENTRIES.filter(({ surface }) => !written.has(foldText(surface))))).toEqual([])
  })
})

describe('isWithin', () => {
  it.each([
    // As OncoTree has it
    ['LUAD', 'NSCLC', true],
    ['LUAD', 'ANY_SOLID', true],
    ['LUNG', 'NSCLC', false],
    ['SCLC', 'LUNG', true],
    ['IDC', 'BRCA', true],
    ['COAD', 'COADREAD', true],
    ['IHCH', 'BILIARY_TRACT', true],
    ['AML', 'ANY_HEME', true],
    ['AML', 'ANY_SOLID', false],
    ['NOPE', 'NOPE', false],
    // As clinicians mean it
    ['BREAST', 'BRCA', true],
    ['IBC', 'BRCA', true],
    ['DCIS', 'BRCA', false],
    ['SARCL', 'NSCLC', true],
    ['SCLC', 'LNET', false],
    ['SCLC', 'NETNOS', false],
    ['LUCA', 'NETNOS', true],
    ['PANET', 'NETNOS', true],
    ['PANEC', 'NETNOS', false],
    ['PANEC', 'NECNOS', true],
    ['PANET', 'CUP', false],
    ['PCM', 'NHL', false],
    ['PCM', 'ANY_HEME', true],
    ['WM', 'NHL', true],
    ['GIST', 'SOFT_TISSUE', false],
    ['GIST', 'ANY_SOLID', true],
    ['PSEC', 'OVARY', true],
    ['HGSFT', 'HGSOC', true],
    ['ULMS', 'LMS', true],
    ['GTD', 'UTERUS', false],
    ['GTD', 'ANY_SOLID', true],
    ['PVMF', 'PV', false],
    ['PVMF', 'ANY_MYELOFIBROSIS', true],
    ['TMDS', 'MDS', true],
    ['TMDS', 'AML', false],
    ['TAML', 'AML', true],
    ['APLPMLRARA', 'AML', true],
    ['GB', 'HGGNOS', true],
    ['GB', 'ANY_GLIOMA', true],
    ['ARMM', 'MEL', true],
    ['AITL', 'PTCL', true],
    ['ESCA', 'ANY_ESOPHAGEAL', true],
    ['STAD', 'ANY_ESOPHAGEAL', false],
    ['BLL', 'ANY_ALL', true],
    ['BLL', 'ANY_LEUKEMIA', true],
    ['CLLSLL', 'ANY_LEUKEMIA', true],
    ['CLLSLL', 'ANY_LYMPHOMA', true],
    ['HL', 'ANY_LYMPHOMA', true],
  ])('%s within %s: %s', (code, ancestor, expected) => {
    expect(isWithin(code, ancestor)).toBe(expected)
  })
})

describe('relateCancer', () => {
  it.each([
    ['LUAD', ['NSCLC'], 'within'],
    ['LUAD', ['ANY_SOLID'], 'within_family'],
    ['LUAD', ['ANY_SOLID', 'NSCLC'], 'within'],
    ['LUNG', ['LUAD'], 'broader'],
    ['LUAD', ['BRCA'], 'apart'],
    ['BREAST', ['BRCA'], 'within'],
    ['COADREAD', ['COAD'], 'broader'],
    ['COADREAD', ['COAD', 'READ'], 'within'],
    ['ANY_ESOPHAGEAL', ['ESCC'], 'broader'],
    ['ANY_ESOPHAGEAL', ['ESCC', 'EGC'], 'within'],
    ['PCM', ['NHL'], 'apart'],
    ['AML', ['ANY_SOLID'], 'apart'],
    ['ANY_CANCER', ['AML'], 'broader'],
    ['LUAD', [], 'apart'],
  ])('%s for a trial of %j: %s', (code, trial, expected) => {
    expect(relateCancer(code, trial)).toBe(expected)
  })
})

describe('the tree', () => {
  it('is one: every cancer but the top lies within it, and no relation goes both ways except by what is meant', () => {
    for (const { code, means = [] } of CANCERS) {
      expect([code, isWithin(code, 'ANY_CANCER')]).toEqual([code, true])
      const mutual = ancestorsOf(code).filter((ancestor) => ancestor !== code && isWithin(ancestor, code))
      const meant = CANCERS.filter((other) => other.means?.includes(code)).map((other) => other.code)
      expect([code, ...mutual]).toEqual([
        code,
        ...mutual.filter((other) => means.includes(other) || meant.includes(other)),
      ])
    }
  })

  it('has descendants that agree with ancestors', () => {
    for (const { code } of CANCERS) {
      for (const below of descendantsOf(code)) expect(ancestorsOf(below)).toContain(code)
    }
  })

  it('never has a cancer both solid and of the blood', () => {
    const both = CANCERS.filter(({ code }) => isWithin(code, 'ANY_SOLID') && isWithin(code, 'ANY_HEME'))
    expect(both.map(({ code }) => code)).toEqual(['TLYM'])
  })
})

describe('CANCER_ENTRIES', () => {
  const lexicon = createLexicon(CANCER_ENTRIES)
  it.each([
    ['Adenocarcinoma of the lung, or squamous cell carcinoma of the head and neck', ['LUAD', 'HNSC']],
    ['histologically confirmed breast carcinoma', ['BRCA']],
    ['Cancers du sein et de la prostate', ['BRCA']],
    ['NSCLC or SCLC', ['NSCLC', 'SCLC']],
    ['Cancer bronchique non à petites cellules (CBNPC)', ['NSCLC', 'NSCLC']],
    ['diffuse large B-cell lymphoma (DLBCL)', ['DLBCLNOS', 'DLBCLNOS']],
    ['oesophageal squamous-cell carcinoma', ['ESCC']],
    ['cancer de l’œsophage', ['ANY_ESOPHAGEAL']],
    ['Relapsed Multiple Myeloma', ['PCM']],
    ['plasma cell leukemia', ['X_PLASMA_CELL_LEUKEMIA']],
    ['gliomes', ['ANY_GLIOMA']],
    ['all patients with ALL', ['ANY_ALL']],
    ['acute lymphoblastic leukaemia', ['ANY_ALL']],
    ['malignant neoplasm of pancreas', ['PANCREAS']],
    ['Ovarian cancer, fallopian tube cancer and primary peritoneal cancer', ['OVARY', 'HGSFT', 'PSEC']],
  ])('reads %j', (text, codes) => {
    expect(lexicon.findAll(text).map(({ value }) => value.code)).toEqual(codes)
  })
})

describe('cancerByMesh', () => {
  it.each([
    ['D002289', 'NSCLC'],
    ['D000002289', 'NSCLC'],
    ['Carcinoma, Non-Small-Cell Lung', 'NSCLC'],
    ['D000077192', 'LUAD'],
    ['D007938', 'ANY_LEUKEMIA'],
    ['D999999', undefined],
  ])('%s → %s', (mesh, code) => {
    expect(cancerByMesh(mesh)?.code).toBe(code)
  })

  it('knows each descriptor for one cancer only', () => {
    const ids = CANCERS.flatMap(({ mesh = {} }) => Object.keys(mesh))
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})

it('knows a code or says it does not', () => {
  expect(cancerByCode('LUAD')?.fr).toBe('Adénocarcinome du poumon')
  expect(cancerByCode('ZZZ')).toBeNull()
})

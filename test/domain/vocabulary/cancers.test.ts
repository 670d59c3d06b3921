import { existsSync, readFileSync } from 'node:fs'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { CancerTerm } from '../../../domain/vocabulary/cancers/cancer-term.ts'
import {
  CANCER_ENTRIES,
  CANCERS,
  cancerByCode,
  cancerByMesh,
  isWithin,
  relateCancer,
} from '../../../domain/vocabulary/cancers.ts'
import { foldText } from '../../../domain/vocabulary/symbols.ts'
import { lexiconEntries } from '../../../domain/vocabulary/term.ts'
import { doubleMeanings } from './double-meanings.ts'

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
    for (const { code, parent } of CANCERS.filter((cancer) => !cancer.code.startsWith('ANY_'))) {
      const theirs = parents.get(code)
      expect([code, theirs === 'TISSUE' ? parent : theirs]).toEqual([code, parent])
      if (theirs === 'TISSUE') expect(['ANY_SOLID', 'ANY_HEME']).toContain(parent)
    }
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
    ['LUAD', 'NSCLC', true],
    ['LUAD', 'ANY_SOLID', true],
    ['LUNG', 'NSCLC', false],
    ['SCLC', 'LUNG', true],
    ['SCLC', 'LNET', false],
    ['SARCL', 'NSCLC', true],
    ['BREAST', 'BRCA', true],
    ['IBC', 'BRCA', true],
    ['DCIS', 'BRCA', false],
    ['NOPE', 'NOPE', false],
  ])('%s within %s: %s', (code, ancestor, expected) => {
    expect(isWithin(code, ancestor)).toBe(expected)
  })
})

describe('relateCancer', () => {
  it.each([
    ['LUAD', ['NSCLC'], 'within'],
    ['LUAD', ['ANY_SOLID'], 'within_family'],
    ['LUNG', ['LUAD'], 'broader'],
    ['LUAD', ['BRCA'], 'apart'],
    ['BREAST', ['BRCA'], 'within'],
  ])('%s for a trial of %j: %s', (code, trial, expected) => {
    expect(relateCancer(code, trial)).toBe(expected)
  })
})

describe('cancerByMesh', () => {
  it.each([
    ['D002289', 'NSCLC'],
    ['D000002289', 'NSCLC'],
    ['Carcinoma, Non-Small-Cell Lung', 'NSCLC'],
    ['D000077192', 'LUAD'],
    ['D999999', undefined],
  ])('%s → %s', (mesh, code) => {
    expect(cancerByMesh(mesh)?.code).toBe(code)
  })
})

it('knows a code or says it does not', () => {
  expect(cancerByCode('LUAD')?.fr).toBe('Adénocarcinome du poumon')
  expect(cancerByCode('ZZZ')).toBeNull()
})

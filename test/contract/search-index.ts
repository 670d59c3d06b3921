import { setImmediate as breathe } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../domain/question.ts'
import { createLexicon } from '../../domain/vocabulary/lexicon.ts'
import type { Concepts } from '../../sync/concepts.ts'
import { type IndexDocument, IndexError, type SearchIndex } from '../../sync/search-index.ts'

const lungCancer = { term: 'conceptlung', alsoAnswers: ['conceptthorax'], countsInCriteria: false }
const erbb2 = { term: 'concepterbb2', alsoAnswers: [], countsInCriteria: true }
const lexicon = createLexicon([
  { surface: 'lung cancer', value: lungCancer },
  { surface: 'cancer du poumon', value: lungCancer },
  { surface: 'cancer bronchique', value: lungCancer },
  { surface: 'thoracic cancer', value: { term: 'conceptthorax', alsoAnswers: [], countsInCriteria: false } },
  { surface: 'HER-2', value: erbb2 },
  { surface: 'ERBB2', value: erbb2 },
])

/** A small vocabulary for the suite. */
export const CONCEPTS: Concepts = {
  version: 'contract',
  find: (text) => lexicon.findAll(text).map(({ start, end, value }) => ({ start, end, ...value })),
}

/** An invented document; what is not given is empty. */
export function indexDocument(given: Partial<IndexDocument> & { id: string }): IndexDocument {
  const empty = {
    numbers: [],
    titles: [],
    acronym: null,
    conditions: [],
    keywords: [],
    interventions: [],
    sponsor: null,
    summary: null,
    eligibility: null,
  }
  return { ...empty, hash: `hash of ${JSON.stringify(given)}`, ...given }
}

/** Invented trials: each is there for one of the tests below. */
const DOCUMENTS: IndexDocument[] = [
  indexDocument({
    id: 'lung-osimertinib',
    numbers: ['NCT90000001', '2023-590001-24'],
    titles: ['Osimertinib after surgery in EGFR mutated non-small-cell lung cancer'],
    conditions: ['Lung Cancer', 'Non-small Cell Lung Carcinoma'],
    interventions: ['osimertinib', 'AZD9291'],
    eligibility: 'Patients with metastatic adenocarcinoma. Criteria must be met at screening.',
  }),
  indexDocument({
    id: 'poumon-radio',
    numbers: ['NCT90000002'],
    titles: ['Radiothérapie stéréotaxique des métastases cérébrales du cancer du poumon'],
    conditions: ['Cancer du poumon', 'Métastases cérébrales'],
    summary: 'L’étude évalue la radiothérapie chez des patients âgés.',
  }),
  indexDocument({
    id: 'brca1',
    numbers: ['NCT90000003'],
    titles: ['Rucaparib in BRCA1 mutated ovarian carcinoma'],
    conditions: ['Ovarian Cancer'],
    interventions: ['rucaparib'],
  }),
  indexDocument({
    id: 'brca2',
    numbers: ['NCT90000004'],
    titles: ['Talazoparib in BRCA2 mutated prostate cancer'],
    conditions: ['Prostate Cancer'],
    interventions: ['talazoparib'],
  }),
  indexDocument({
    id: 'brca-both',
    numbers: ['NCT90000005', '2019-090005-11'],
    titles: ['A registry of BRCA1/2 carriers'],
    conditions: ['Hereditary Breast and Ovarian Cancer'],
  }),
  indexDocument({
    id: 'fgfr2',
    titles: ['Futibatinib for cholangiocarcinoma with FGFR2 fusions'],
    conditions: ['Cholangiocarcinoma'],
  }),
  indexDocument({
    id: 'fgfr4',
    titles: ['Roblitinib in FGFR4 positive hepatocellular carcinoma'],
    conditions: ['Hepatocellular Carcinoma'],
  }),
  indexDocument({
    id: 'her2',
    titles: ['Trastuzumab deruxtecan (T-DXd) in HER2 low breast cancers'],
    conditions: ['Breast Cancer'],
    interventions: ['trastuzumab deruxtecan'],
    keywords: ['PD-L1'],
  }),
  indexDocument({
    id: 'rituximab',
    titles: ['Rituximab in follicular lymphoma'],
    conditions: ['Follicular Lymphoma'],
    interventions: ['rituximab'],
  }),
  indexDocument({
    id: 'cart',
    titles: ['Axicabtagene ciloleucel, a CAR-T product, in large B-cell lymphoma'],
    acronym: 'ZÉNITH',
    conditions: ['Lymphoma'],
    sponsor: 'Hospices Civils de Lyon',
    eligibility: 'Exclusion: lung cancer in the last five years.',
  }),
  indexDocument({
    id: 'sclerosis',
    numbers: ['ISRCTN90000010'],
    titles: ['Étude de la rééducation dans la sclérose en plaques'],
    conditions: ['Sclérose en plaques', 'Multiple Sclerosis'],
  }),
]

/** Text, language, ids that must be found, ids that must not; `only` when nothing else may be. */
const QUESTIONS: { what: string; text: string; lang: Language; finds: string[]; never?: string[]; only?: boolean }[] = [
  { what: 'an English word', text: 'prostate', lang: 'en', finds: ['brca2'], only: true },
  { what: 'a French sentence', text: 'radiothérapie des métastases cérébrales', lang: 'fr', finds: ['poumon-radio'] },
  { what: 'words without accents', text: 'sclerose en plaques', lang: 'fr', finds: ['sclerosis'], only: true },
  { what: 'accents on a word that has none', text: 'lymphôma', lang: 'fr', finds: ['rituximab', 'cart'] },
  { what: 'an English plural', text: 'lymphomas', lang: 'en', finds: ['rituximab', 'cart'] },
  { what: 'a French singular', text: 'métastase cérébrale', lang: 'fr', finds: ['poumon-radio'] },
  { what: 'the other language than the one said', text: 'breast', lang: 'fr', finds: ['her2', 'brca-both'] },
  { what: 'a typing error in a drug', text: 'osimertnib', lang: 'fr', finds: ['lung-osimertinib'], only: true },
  { what: 'a typing error in a French word', text: 'cancer du pumon', lang: 'fr', finds: ['poumon-radio'] },
  { what: 'a drug two letters from another', text: 'cetuximab', lang: 'en', finds: [], never: ['rituximab'] },
  { what: 'an unfinished word', text: 'hepatocell', lang: 'en', finds: ['fgfr4'], only: true },
  { what: 'an unfinished last word', text: 'scléro', lang: 'fr', finds: ['sclerosis'] },
  { what: 'BRCA1', text: 'BRCA1', lang: 'en', finds: ['brca1', 'brca-both'], only: true },
  { what: 'brca2 in lower case', text: 'brca2', lang: 'fr', finds: ['brca2', 'brca-both'], only: true },
  { what: 'FGFR4', text: 'FGFR4', lang: 'en', finds: ['fgfr4'], only: true },
  { what: 'a gene that no trial has', text: 'FGFR3', lang: 'en', finds: [], only: true },
  { what: 'a drug code', text: 'azd9291', lang: 'en', finds: ['lung-osimertinib'], only: true },
  { what: 'the code next to it', text: 'AZD9292', lang: 'en', finds: [], only: true },
  { what: 'a drug code in two pieces', text: 'AZD 9291', lang: 'en', finds: ['lung-osimertinib'], only: true },
  { what: 'HER-2', text: 'HER-2', lang: 'fr', finds: ['her2'], only: true },
  { what: 'HER 2', text: 'HER 2 sein', lang: 'fr', finds: ['her2'], only: true },
  { what: 'PDL1', text: 'pdl1', lang: 'en', finds: ['her2'], only: true },
  { what: 'CAR T', text: 'CAR T', lang: 'en', finds: ['cart'], only: true },
  { what: 'an acronym without its accent', text: 'zenith', lang: 'fr', finds: ['cart'], only: true },
  { what: 'a sponsor', text: 'hospices civils de lyon', lang: 'fr', finds: ['cart'], only: true },
  { what: 'another name of a gene', text: 'ERBB2', lang: 'en', finds: ['her2'], only: true },
  {
    what: 'the other language',
    text: 'cancer du poumon',
    lang: 'fr',
    finds: ['poumon-radio', 'lung-osimertinib'],
    only: true,
  },
  {
    what: 'another name, and the other language',
    text: 'cancers bronchiques',
    lang: 'fr',
    finds: ['lung-osimertinib', 'poumon-radio'],
    only: true,
  },
  {
    what: 'what it belongs to',
    text: 'thoracic cancer',
    lang: 'en',
    finds: ['lung-osimertinib', 'poumon-radio'],
    only: true,
  },
  {
    what: 'a cancer and a drug',
    text: 'osimertinib cancer du poumon',
    lang: 'fr',
    finds: ['lung-osimertinib'],
    only: true,
  },
  {
    what: 'a cancer that a criterion excludes',
    text: 'thoracic cancer lymphoma',
    lang: 'en',
    finds: [],
    never: ['cart'],
  },
  { what: 'a sentence in capitals', text: 'CANCER DU POUMON', lang: 'fr', finds: ['poumon-radio'] },
  { what: 'MET is no "met"', text: 'MET', lang: 'en', finds: [], never: ['lung-osimertinib', 'poumon-radio'] },
  { what: 'an NCT number', text: 'NCT90000003', lang: 'fr', finds: ['brca1'], only: true },
  {
    what: 'an NCT number in lower case, in a sentence',
    text: 'essai nct90000003 ?',
    lang: 'fr',
    finds: ['brca1'],
    only: true,
  },
  { what: 'an NCT number with a space', text: 'NCT 90000003', lang: 'fr', finds: ['brca1'], only: true },
  { what: 'the number next to it', text: 'NCT90000009', lang: 'fr', finds: [], only: true },
  { what: 'an EU CT number', text: '2023-590001-24', lang: 'fr', finds: ['lung-osimertinib'], only: true },
  {
    what: 'an EU CT number with its version',
    text: '2023-590001-24-00',
    lang: 'fr',
    finds: ['lung-osimertinib'],
    only: true,
  },
  { what: 'an EudraCT number', text: 'EudraCT 2019-090005-11', lang: 'fr', finds: ['brca-both'], only: true },
  { what: 'an ISRCTN number', text: 'isrctn90000010', lang: 'en', finds: ['sclerosis'], only: true },
  { what: 'nothing', text: '', lang: 'fr', finds: [], only: true },
  { what: 'spaces', text: ' \n\t ', lang: 'fr', finds: [], only: true },
  { what: 'signs', text: '… ?! « » "\' \\ * ( ) -', lang: 'fr', finds: [], only: true },
  { what: 'words without subject', text: 'de la pour avec the of', lang: 'fr', finds: [], only: true },
  { what: 'an unknown word', text: 'xyzzyqwv', lang: 'en', finds: [], only: true },
  {
    what: 'more than ten words, the telling one last',
    text: 'je cherche un essai pour mon père qui habite à Brest avec une maladie du sang, il prend rucaparib BRCA1',
    lang: 'fr',
    finds: [],
    never: ['brca2', 'fgfr4', 'her2'],
  },
  {
    what: 'ten words in the text and one more',
    text: 'rucaparib in mutated ovarian carcinoma rucaparib mutated ovarian carcinoma cancer rucaparib ovarian BRCA1',
    lang: 'en',
    finds: ['brca1'],
    only: true,
  },
  {
    what: 'words of which one is nowhere: the rest still finds',
    text: 'futibatinib cholangiocarcinoma xyzzyqwv',
    lang: 'en',
    finds: ['fgfr2'],
    only: true,
  },
  {
    what: 'a gene is never the word that is left out',
    text: 'cholangiocarcinoma futibatinib KRAS',
    lang: 'en',
    finds: [],
    only: true,
  },
]

/** What every text index must do. `create` gives an empty one; the suite closes it. */
export function searchIndexContract(name: string, create: (concepts: Concepts) => Promise<SearchIndex>): void {
  describe(name, () => {
    let index: SearchIndex
    const search = async (text: string, lang: Language = 'fr') =>
      (await index.search(text, { lang, limit: 1000 })).map(({ id }) => id)

    beforeAll(async () => {
      index = await create(CONCEPTS)
    })
    afterAll(() => index.close())

    test('an index that was never filled says so: nothing found would be a wrong answer', async () => {
      await expect(search('cancer')).rejects.toBeInstanceOf(IndexError)
      expect(await index.hashes()).toEqual(new Map())
      expect(await index.position()).toBeNull()
      expect(await index.health()).toMatchObject({ ok: false, documents: 0, detail: expect.any(String) })
    })

    test('an index filled from an empty database finds nothing', async () => {
      async function* nothing(): AsyncGenerator<IndexDocument[]> {}
      await index.rebuild(nothing(), { position: 0 })
      expect(await search('cancer')).toEqual([])
      expect(await index.health()).toMatchObject({ ok: true, documents: 0, detail: null })
    })

    describe('holding trials', () => {
      beforeAll(() => index.put(DOCUMENTS))

      test.each(QUESTIONS)('finds by $what', async ({ text, lang, finds, never = [], only }) => {
        const found = await search(text, lang)
        if (only) expect([...found].sort()).toEqual([...finds].sort())
        else expect(found).toEqual(expect.arrayContaining(finds))
        for (const id of never) expect(found).not.toContain(id)
      })

      test('scores lie between 0 and 1, best first, and a title counts more than a criterion', async () => {
        await index.put([
          indexDocument({ id: 'in-criteria', titles: ['A study'], eligibility: 'No prior cabozantinib is allowed.' }),
          indexDocument({ id: 'in-title', titles: ['Cabozantinib in renal cancer'] }),
        ])
        const hits = await index.search('cabozantinib', { lang: 'en', limit: 10 })
        expect(hits.map(({ id }) => id)).toEqual(['in-title', 'in-criteria'])
        for (const { score } of hits) expect(score > 0 && score <= 1).toBe(true)
        expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 1)
        await index.remove(['in-criteria', 'in-title'])
      })

      test('the limit keeps the best', async () => {
        const all = await index.search('cancer', { lang: 'en', limit: 100 })
        const three = await index.search('cancer', { lang: 'en', limit: 3 })
        expect(all.length).toBeGreaterThan(3)
        expect(three.map(({ id }) => id)).toEqual(all.slice(0, 3).map(({ id }) => id))
      })

      test('the same question gives the same answer', async () => {
        const ask = () => index.search('cancer', { lang: 'en', limit: 100 })
        expect(await ask()).toEqual(await ask())
      })

      test('hashes name every document', async () => {
        const expected = new Map(DOCUMENTS.map(({ id, hash }) => [id, hash]))
        expect(await index.hashes()).toEqual(expected)
        expect(await index.health()).toMatchObject({ ok: true, documents: DOCUMENTS.length })
      })

      test('a document put again replaces the one before', async () => {
        const [first] = DOCUMENTS
        if (!first) throw new Error('no documents')
        await index.put([
          { ...first, numbers: ['NCT90000099'], titles: ['Glioblastoma'], interventions: [], hash: 'changed' },
        ])
        expect(await search('osimertinib surgery')).toEqual([])
        expect(await search('glioblastoma')).toEqual([first.id])
        expect(await search('NCT90000001')).toEqual([])
        expect(await search('NCT90000099')).toEqual([first.id])
        expect((await index.hashes()).get(first.id)).toBe('changed')
        await index.put([first])
        expect(await search('glioblastoma')).toEqual([])
        expect(await search('NCT90000001')).toEqual([first.id])
      })

      test('a removed document is not found, by word nor number; removing it again is no error', async () => {
        await index.remove(['brca1', 'never-was-there'])
        await index.remove(['brca1'])
        expect(await search('rucaparib')).toEqual([])
        expect(await search('NCT90000003')).toEqual([])
        expect((await index.hashes()).has('brca1')).toBe(false)
        await index.put(DOCUMENTS.filter(({ id }) => id === 'brca1'))
        expect(await search('rucaparib')).toEqual(['brca1'])
      })

      test('the same id twice in one batch: the last one counts', async () => {
        await index.put([
          indexDocument({ id: 'twice', titles: ['Mesothelioma'], hash: 'first' }),
          indexDocument({ id: 'twice', titles: ['Sarcoma'], hash: 'second' }),
        ])
        expect(await search('mesothelioma')).toEqual([])
        expect(await search('sarcoma')).toEqual(['twice'])
        await index.remove(['twice'])
      })

      test('nothing to put or remove is no error', async () => {
        await index.put([])
        await index.remove([])
      })

      test('a huge text is answered', async () => {
        const found = await search(`rucaparib ${'carcinoma '.repeat(100_000)}`)
        expect(found).toContain('brca1')
      })

      test('no text makes it fail', async () => {
        const odd = fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.string({ maxLength: 60 }),
          fc.constantFrom(
            '"unclosed',
            'id = "x" OR numbers EXISTS',
            '\u0000',
            '\ud800',
            'ﷺ'.repeat(50),
            '👩‍⚕️ 中文 العربية',
            '-BRCA1',
            "'; drop table",
            '../../etc/passwd',
            '<script>',
            `${'a'.repeat(500)} ${'9'.repeat(500)}`,
          ),
        )
        await fc.assert(
          fc.asyncProperty(odd, async (text) => {
            const hits = await index.search(text, { lang: 'en', limit: 1000 })
            for (const { score } of hits) expect(score > 0 && score <= 1).toBe(true)
          }),
          { numRuns: 60 },
        )
      })

      test('an aborted search says so', async () => {
        await expect(index.search('cancer', { lang: 'fr', limit: 10, signal: AbortSignal.abort() })).rejects.toThrow()
      })

      test('the position is kept', async () => {
        await index.setPosition(41)
        await index.setPosition(42)
        expect(await index.position()).toBe(42)
        expect((await index.hashes()).size).toBe(DOCUMENTS.length)
        expect(await index.health()).toMatchObject({ documents: DOCUMENTS.length })
      })

      test('a rebuild that fails leaves the index as it was', async () => {
        async function* broken() {
          yield [indexDocument({ id: 'half', titles: ['Half'] })]
          throw new Error('the database went away')
        }
        await expect(index.rebuild(broken(), { position: 99 })).rejects.toThrow()
        expect(await index.position()).toBe(42)
        expect(await search('half')).toEqual([])
        expect(await search('rucaparib')).toEqual(['brca1'])
      })

      test('searches and writes go on during a rebuild, and it replaces everything at once', async () => {
        const batches = Array.from({ length: 10 }, (_, batch) =>
          Array.from({ length: 20 }, (_, at) =>
            indexDocument({ id: `rebuilt-${batch}-${at}`, titles: ['Rebuilt melanoma trial'] }),
          ),
        )
        const during: number[] = []
        async function* slowly() {
          for (const batch of batches) {
            await index.put([indexDocument({ id: 'written-meanwhile', titles: ['Rucaparib again'] })])
            during.push((await search('rucaparib')).length, (await search('melanoma')).length)
            yield batch
            await breathe()
          }
        }
        expect(await index.rebuild(slowly(), { position: 77 })).toEqual({ documents: 200, refused: [] })
        expect(new Set(during)).toEqual(new Set([2, 0]))
        expect(await index.position()).toBe(77)
        expect((await index.hashes()).size).toBe(200)
        expect((await search('melanoma')).length).toBe(200)
        expect(await search('rucaparib')).toEqual([])
      })

      test('a rebuild can be asked for, and what the feeder was writing does not undo it', async () => {
        await index.setPosition(null)
        await index.setPosition(79)
        expect(await index.position()).toBeNull()
        expect((await index.hashes()).size).toBe(200)
      })

      test('an aborted rebuild leaves the index as it was', async () => {
        const aborting = new AbortController()
        async function* endless() {
          for (let at = 0; ; at++) {
            yield [indexDocument({ id: `endless-${at}` })]
            if (at === 3) aborting.abort()
          }
        }
        await expect(index.rebuild(endless(), { position: 1, signal: aborting.signal })).rejects.toThrow()
        expect((await index.hashes()).size).toBe(200)
      })

      test('a rebuild from nothing empties it', async () => {
        async function* nothing(): AsyncGenerator<IndexDocument[]> {}
        expect(await index.rebuild(nothing(), { position: 78 })).toEqual({ documents: 0, refused: [] })
        expect(await index.hashes()).toEqual(new Map())
        expect(await index.position()).toBe(78)
        expect(await index.health()).toEqual({ ok: true, documents: 0, detail: null })
      })
    })
  })
}

import MiniSearch from 'minisearch'
import { cancerByCode } from '../../domain/vocabulary/cancers.ts'
import { kilometres } from '../../ranking/distance.ts'
import { rank } from '../../ranking/rank.ts'
import { type Asked, ancestors, contextOf, type Labelled, locationsOf } from './labelled.ts'

/** A way to answer: ids in order, and those of them that it says fit. */
export type Way = (one: Asked) => { ids: string[]; tierA: string[] }

/** The product's own ranking. */
export const ours =
  ({ corpus }: Labelled): Way =>
  ({ question, person }) => {
    const { results } = rank(corpus, question, contextOf(person))
    return { ids: results.map(({ id }) => id), tierA: results.flatMap(({ id, tier }) => (tier === 'A' ? [id] : [])) }
  }

/** What users of registries do: a word for the disease, and the nearest site of any status first. */
export const keyword =
  ({ trials, raw }: Labelled): Way =>
  ({ person }) => {
    const words = organWords(person.cancer)
    const found = trials.filter(({ conditions, briefTitle }) =>
      words.some((word) => [...conditions, briefTitle].join(' ').toLowerCase().includes(word)),
    )
    const near = (id: string) =>
      Math.min(
        ...locationsOf(raw.get(id)).map(({ geoPoint }) => (geoPoint ? kilometres(person.point, geoPoint) : Infinity)),
      )
    return { ids: found.map(({ id }) => id).sort((a, b) => near(a) - near(b)), tierA: [] }
  }

/** Full-text search over title, conditions and criteria with the words of the whole file. */
export function bm25({ trials }: Labelled): Way {
  const text = new MiniSearch<{ id: string; title: string; conditions: string; criteria: string }>({
    fields: ['title', 'conditions', 'criteria'],
  })
  text.addAll(
    trials.map(({ id, briefTitle, conditions, eligibilityCriteria }) => ({
      id,
      title: briefTitle,
      conditions: conditions.join(' '),
      criteria: eligibilityCriteria ?? '',
    })),
  )
  return ({ person, question }) => {
    const markers = (question.biomarkers ?? [])
      .filter(({ state }) => state === 'present')
      .map(({ gene, alteration = '' }) => `${gene} ${alteration}`)
    const words = [cancerByCode(person.cancer)?.en ?? person.cancer, ...markers, person.stage ?? '', ...person.setting]
    return { ids: text.search(words.join(' ')).map(({ id }) => String(id)), tierA: [] }
  }
}

/** What somebody types into a registry for a cancer: the organ. */
function organWords(code: string): string[] {
  const ORGANS: Record<string, string[]> = {
    LUNG: ['lung'],
    BREAST: ['breast'],
    MYELOID: ['leukemia', 'leukaemia', 'myelo'],
    LYMPH: ['lymphoma', 'myeloma', 'leukemia'],
    SKIN: ['melanoma', 'skin'],
    BOWEL: ['colorectal', 'bowel'],
    STOMACH: ['gastric', 'stomach', 'esoph'],
    HEAD_NECK: ['head and neck', 'larynx', 'squamous'],
    BILIARY_TRACT: ['biliary', 'cholangio'],
    LIVER: ['hepatocellular', 'liver'],
    BLADDER: ['urothelial', 'bladder'],
  }
  const roots = [code, ...(ancestors.get(code) ?? [])]
  const known = roots.flatMap((root) => ORGANS[root] ?? [])
  return known.length > 0 ? known : roots.slice(-1).map((root) => root.toLowerCase().replace('_', ' '))
}

import { BRAIN } from './cancers/brain.ts'
import { BREAST } from './cancers/breast.ts'
import type { CancerTerm } from './cancers/cancer-term.ts'
import { DIGESTIVE } from './cancers/digestive.ts'
import { FAMILIES } from './cancers/families.ts'
import { GYNAECOLOGY } from './cancers/gynaecology.ts'
import { HEAD_NECK } from './cancers/head-neck.ts'
import { LYMPHOID } from './cancers/lymphoid.ts'
import { MYELOID } from './cancers/myeloid.ts'
import { organNames } from './cancers/organ-names.ts'
import { OTHER } from './cancers/other.ts'
import { SARCOMA } from './cancers/sarcoma.ts'
import { SKIN } from './cancers/skin.ts'
import { THORAX } from './cancers/thorax.ts'
import { UROLOGY } from './cancers/urology.ts'
import type { LexiconEntry } from './lexicon.ts'
import { lexiconEntries, type Sense } from './term.ts'
import { createTree } from './tree.ts'

/** Every cancer of the vocabulary: the OncoTree nodes in use, and the ANY_ families. */
export const CANCERS: readonly CancerTerm[] = [
  ...FAMILIES,
  ...THORAX,
  ...BREAST,
  ...SARCOMA,
  ...DIGESTIVE,
  ...GYNAECOLOGY,
  ...UROLOGY,
  ...HEAD_NECK,
  ...SKIN,
  ...BRAIN,
  ...OTHER,
  ...LYMPHOID,
  ...MYELOID,
]

const byCode = new Map(CANCERS.map((cancer) => [cancer.code, cancer]))
const familiesOf = (code: string) =>
  CANCERS.filter(({ members }) => members?.includes(code)).map((family) => family.code)
const tree = createTree(
  CANCERS.map(({ code, parent, alsoWithin = [], notWithin = [], means = [] }) => ({
    code,
    parents: [...(parent === null ? [] : [parent]), ...alsoWithin, ...familiesOf(code)],
    notWithin,
    means,
  })),
)

/** The cancer of a code of ours or OncoTree's, or null. */
export function cancerByCode(code: string): CancerTerm | null {
  return byCode.get(code) ?? null
}

/**
 * Whether a cancer is another one or a narrower one, as clinicians mean it: OncoTree's parents, plus the further
 * parents and less the wrong ones that the data state. False for unknown codes.
 */
export const isWithin = tree.isWithin

/** A cancer and all it belongs to, nearest first; empty for unknown codes. */
export const ancestorsOf = tree.ancestorsOf

/** A cancer and all that belongs to it; empty for unknown codes. */
export const descendantsOf = tree.descendantsOf

/** The OncoTree codes a family of ours stands for (ANY_ESOPHAGEAL: ESCA and ESCC); any other code itself. */
export function oncotreeCodes(code: string): readonly string[] {
  const cancer = byCode.get(code)
  return cancer?.code.startsWith('ANY_') && cancer.members ? cancer.members : [code]
}

/**
 * How the cancer someone has relates to those a trial takes.
 * `within`: it is one of them or narrower. `within_family`: only by a whole family (all solid tumours).
 * `broader`: the trial takes some kinds of it. `apart`: none of it.
 */
export type CancerRelation = 'within' | 'within_family' | 'broader' | 'apart'

const WHOLE_FAMILIES: ReadonlySet<string> = new Set(['ANY_CANCER', 'ANY_SOLID', 'ANY_HEME'])

/** Relation of one cancer to the cancers of a trial, which are alternatives. */
export function relateCancer(code: string, trialCodes: readonly string[]): CancerRelation {
  const taken = trialCodes.filter((trialCode) => isWithin(code, trialCode))
  if (taken.some((trialCode) => !WHOLE_FAMILIES.has(trialCode))) return 'within'
  if (taken.length > 0) return 'within_family'
  const members = byCode.get(code)?.members ?? []
  if (members.length > 0 && members.every((member) => trialCodes.some((trialCode) => isWithin(member, trialCode)))) {
    return 'within'
  }
  return trialCodes.some((trialCode) => oncotreeCodes(trialCode).some((one) => isWithin(one, code)))
    ? 'broader'
    : 'apart'
}

/** Number of a MeSH unique id. ClinicalTrials.gov pads some with zeros: D000007938 is D007938. */
const meshKey = (id: string): string => id.replace(/^([A-Z])0+/, '$1')

const byMesh = new Map(
  CANCERS.flatMap(({ code, mesh = {} }) =>
    Object.entries(mesh).flatMap(([id, heading]) => [
      [meshKey(id), code] as const,
      [heading.toLowerCase(), code] as const,
    ]),
  ),
)

/** The cancer that a MeSH descriptor means, by unique id or heading, or null. */
export function cancerByMesh(idOrHeading: string): CancerTerm | null {
  return cancerByCode(byMesh.get(meshKey(idOrHeading)) ?? byMesh.get(idOrHeading.toLowerCase()) ?? '')
}

/** Every way of writing every cancer, for `createLexicon`. The value found is a code, ANY_ families included. */
export const CANCER_ENTRIES: readonly LexiconEntry<Sense>[] = [
  ...lexiconEntries(CANCERS),
  ...CANCERS.flatMap((cancer) =>
    organNames(cancer).map((surface) => ({ surface, value: { code: cancer.code, unsure: false } })),
  ),
]

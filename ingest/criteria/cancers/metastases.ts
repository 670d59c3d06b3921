import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { FAMILIES } from '../cancer-names.ts'

/** Organs that tumours of others spread to: the code of their own tumours, and their words in folded text. */
const SITES: readonly (readonly [code: string, words: string])[] = [
  ['BRAIN', 'brain|cerebral|intracranial|leptomening\\w+|mening\\w+|cns|central nervous system|spinal cord'],
  ['LIVER', 'liver|hepatic'],
  ['LUNG', 'lungs?|pulmonary'],
  ['BONE', 'bones?|spine|spinal|vertebral|skeletal'],
  ['PERITONEUM', 'peritone\\w+'],
]
const ANY_SITE = SITES.map(([, words]) => words).join('|')
const PATTERNS = SITES.map(
  ([code, words]) =>
    [
      code,
      new RegExp(
        `\\b(?:(?:${words})(?:,? (?:and |or |& )?(?:${ANY_SITE})){0,3}[ -]metasta\\w+|metasta\\w+ (?:[a-z]+ ){0,3}(?:in|to|of) (?:the )?(?:${words}))\\b`,
      ),
    ] as const,
)

/**
 * The organ whose metastases a trial is about, where it names no primary tumour outside it: "brain metastases" or
 * "glioblastoma; brain metastases". Null where the primary tumour is named ("colorectal cancer; liver metastases").
 */
export function organOfMetastases(topics: readonly string[], codes: readonly string[]): string | null {
  const specific = codes.filter((code) => !FAMILIES.has(code))
  const site = PATTERNS.find(
    ([organ, pattern]) =>
      specific.every((code) => isWithin(code, organ)) && topics.some((topic) => pattern.test(topic)),
  )
  return site?.[0] ?? null
}

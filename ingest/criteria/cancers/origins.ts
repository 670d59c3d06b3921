import { isWithin } from '../../../domain/vocabulary/cancers.ts'
import { diagnosisSentences } from '../diagnosis.ts'
import type { Document } from '../sentences.ts'
import { hitsIn } from './hits.ts'
import { neuroendocrineByOrigin } from './neuroendocrine.ts'
import type { Source } from './source.ts'

/** "Neuroendocrine tumour of pancreatic or unknown origin": the codes of these origins. */
export function withOrigins(
  all: Map<string, Source>,
  criteria: Map<string, Source>,
  document: Document,
): Map<string, Source> {
  const codes = new Map(all)
  for (const general of ['NETNOS', 'NECNOS'] as const) {
    const source = criteria.get(general)
    const origins = source ? originsStated(general, document) : null
    if (!source || !origins || ![...all.keys()].some((code) => isWithin(code, general))) continue
    codes.delete(general)
    for (const code of origins)
      if (!codes.has(code))
        codes.set(code, {
          ...source,
          finding: { ...source.finding, fact: { kind: 'cancer', polarity: 'required', code } },
        })
  }
  return codes
}

/** From the first diagnosis sentence that names the neoplasm with its origin; null if none does. */
function originsStated(general: 'NETNOS' | 'NECNOS', document: Document): string[] | null {
  for (const sentence of diagnosisSentences(document)) {
    const origins = neuroendocrineByOrigin(general, sentence.text)
    const plain = document.plain.slice(sentence.start, sentence.end)
    if (origins && hitsIn(plain).some(({ code }) => code === general)) return origins
  }
  return null
}

import type { Hit } from './hit.ts'

/** T1 and T2 of TNM, whatever letters follow; `.` stands for what is written together ("cT2aN0M0"). */
const SMALL =
  /\b[cp]{0,2}t[12](?:[abc]|mi)?(?:[-/]t?[12]?[abc]?)?(?=n[0x]|m[0x]|\b)(?![- ](?:signal|weighted|mapping|sequence|contrast|image|flair|relaxation))/
const LARGER = /\b[cp]{0,2}(?:t[1-4]?[abc]? ?[-/] ?t?[34]|t[34]|n[1-3+]|m1)|\bn\+|\bnode[- ]positive/

const SPREAD = /\b(?:[cp]m1|m1[abc]?)\b(?! macrophages?)/

/**
 * A tumour of T1 or T2 and nothing beyond is localised, M1 is metastatic (TNM, UICC 8th edition). `folded`: one
 * sentence.
 */
export function tumourIn(folded: string): Hit[] {
  const spread = SPREAD.exec(folded)
  if (spread && OF_A_STAGE.test(folded) && !DENIED.test(folded.slice(0, spread.index)))
    return [{ code: 'metastatic', from: spread.index, to: spread.index + spread[0].length }]
  const small = SMALL.exec(folded)
  if (!small || LARGER.test(folded) || !OF_A_STAGE.test(folded) || DENIED.test(folded.slice(0, small.index))) return []
  return [{ code: 'localised', from: small.index, to: small.index + small[0].length }]
}

/** "T1 signal", "T2-weighted" are of magnetic resonance. */
const OF_A_STAGE =
  /\b(?:stages?|staging|stades?|tnm|ajcc|uicc|tumou?rs?|cancers?|disease|carcinoma\w*|adenocarcinoma)\b|[nm][0x]\b/
const DENIED = /\b(?:mri|irm|imaging|weighted|not|no|except|excluding|history of)\b[^.;]{0,40}$/

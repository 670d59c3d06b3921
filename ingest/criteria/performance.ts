import type { Finding } from './evidence.ts'
import { joinAlternatives } from './performance/alternatives.ts'
import { readEcog } from './performance/ecog.ts'
import { readKarnofsky, readLansky } from './performance/percent.ts'
import type { Document } from './sentences.ts'

/** ECOG (also called WHO, OMS, Zubrod), Karnofsky and Lansky bounds; grades of the scale as published by ECOG-ACRIN. */
export function readPerformance(document: Document): Finding[] {
  const findings: Finding[] = []
  for (const sentence of document.sentences) {
    if (sentence.side === 'allowed') continue
    findings.push(...readEcog(sentence), ...readKarnofsky(sentence), ...readLansky(sentence))
  }
  return joinAlternatives(findings)
}

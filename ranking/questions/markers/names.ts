import type { BiomarkerAnswer } from '../../../domain/question.ts'
import { alterationTerm, geneByAlias } from '../../../domain/vocabulary/biomarkers.ts'
import type { Words } from '../../words.ts'

/** `EGFR L858R`, `EGFR muté`, `HER2−`, `fusion ALK`, `PD-L1 (TPS 60%)`, `sans altération ALK`. */
export function markerName({ gene, alteration, state, value }: BiomarkerAnswer): Words {
  const marker = geneByAlias(gene)
  const term = alteration === undefined ? null : alterationTerm(alteration)
  const measure = value === undefined ? '' : ` (${value})`
  const french = shortLabel(marker?.fr ?? gene)
  const english = shortLabel(marker?.en ?? gene)
  const sign = alteration === 'positive' ? '+' : alteration === 'negative' ? '−' : null
  if (state === 'present' && sign !== null)
    return { fr: `${french}${sign}${measure}`, en: `${english}${sign}${measure}` }
  if (state === 'present' && alteration === 'mutation') return { fr: `${french} muté`, en: `${english} mutated` }
  const what =
    term === null
      ? {
          fr: alteration === undefined ? french : `${french} ${alteration}`,
          en: `${english} ${alteration ?? ''}`.trim(),
        }
      : { fr: `${term.fr} ${french}`, en: `${english} ${term.en}` }
  if (state === 'present') return { fr: `${what.fr}${measure}`, en: `${what.en}${measure}` }
  if (alteration === undefined) return { fr: `sans altération ${french}`, en: `no ${english} alteration` }
  return { fr: `sans ${what.fr}`, en: `no ${what.en}` }
}

/** `statut HER2`; of a marker that is not named, `biomarqueur`. */
export function markerStatus(marker: { fr: string; en: string } | null): Words {
  if (marker === null) return { fr: 'biomarqueur', en: 'biomarker' }
  return { fr: `statut ${shortLabel(marker.fr)}`, en: `${shortLabel(marker.en)} status` }
}

/** The abbreviation in brackets where a label has one: « Récepteurs hormonaux (RH) » is RH. */
const shortLabel = (label: string): string => /\(([^)]+)\)$/.exec(label)?.[1] ?? label

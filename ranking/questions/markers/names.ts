import type { BiomarkerAnswer } from '../../../domain/question.ts'
import { alterationTerm, geneByAlias } from '../../../domain/vocabulary/biomarkers.ts'
import type { Words } from '../../words.ts'

/** `EGFR L858R`, `PD-L1 (TPS 60%)`, `absence de fusion ALK`. */
export function markerName({ gene, alteration, state, value }: BiomarkerAnswer): Words {
  const marker = geneByAlias(gene)
  const term = alteration === undefined ? null : alterationTerm(alteration)
  const measure = value === undefined ? '' : ` (${value})`
  const say = (lang: 'fr' | 'en'): string => {
    const short = shortLabel(marker?.[lang] ?? gene)
    const what = alteration === undefined ? short : `${short} ${term?.[lang] ?? alteration}`
    if (state === 'present') return `${what}${measure}`
    return lang === 'fr' ? `${what} absent${measure}` : `${what} absent${measure}`
  }
  return { fr: say('fr'), en: say('en') }
}

/** `statut HER2`; of a marker that is not named, `biomarqueur`. */
export function markerStatus(marker: { fr: string; en: string } | null): Words {
  if (marker === null) return { fr: 'biomarqueur', en: 'biomarker' }
  return { fr: `statut ${shortLabel(marker.fr)}`, en: `${shortLabel(marker.en)} status` }
}

/** The abbreviation in brackets where a label has one: « Récepteurs hormonaux (RH) » is RH. */
const shortLabel = (label: string): string => /\(([^)]+)\)$/.exec(label)?.[1] ?? label

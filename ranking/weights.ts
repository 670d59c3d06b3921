import { createHash } from 'node:crypto'

/** Every number that moves the order. Reasons and measured effects: ranking/README.md. */
export interface Weights {
  /** Points of each part; they make 100. A part that does not apply is left out and the rest is scaled to 100. */
  parts: { clinical: number; distance: number; freshness: number }
  /** What a verdict is worth, 0..1. */
  values: { met: number; broad: number; not_restricted: number; unknown: number; contradicted: number }
  /** How much one question counts inside the clinical part, relative to the others. */
  questions: {
    cancer: number
    condition: number
    text: number
    biomarkerPresent: number
    biomarkerAbsent: number
    biomarkerRequiredUntold: number
    biomarkerExcludedUntold: number
    stage: number
    setting: number
    priorLines: number
    priorTherapy: number
    priorTherapyUntold: number
    brainMetastases: number
    ecog: number
    age: number
    sex: number
  }
  /** Up to `plateauKm` distance costs nothing; from there every `halvingKm` halves its worth. */
  distance: { plateauKm: number; halvingKm: number; unknownStatusFactor: number }
  /** Every `halvingDays` since a status was confirmed halve its worth. */
  freshness: { halvingDays: number }
}

/**
 * The weights in force. They are judgement, published as such: what fits comes first (60), how far it is
 * counts next (25), how sure the opening is decides among the rest (15).
 *
 * - `values`: a whole-family match (all solid tumours) is a weaker promise than a match by name; silence of the trial
 *   leaves the door half open; an open question is worth less than silence, because it may close.
 * - `questions`: by the reasons for which tumour boards refuse proposed trials (Centre Léon Bérard, 157 patients:
 *   gene variant 242, prior lines 129, gene 117, cancer type 69): disease and markers first, then stage and lines;
 *   ECOG, age and sex last, because nearly every trial states the same limits. A marker that is absent tells less than
 *   one that is present. Markers that a trial only excludes and that were not told are probably absent: they count
 * little.
 * - `distance`: 10 km is within one town and below the error of a point known by its commune only; 50 km is about an
 * hour's
 *   travel. An unknown site status halves it.
 * - `freshness`: 141 days is the median delay of registry status updates (Jones et al., BMJ Open 2017;7:e017719,
 *   interquartile range 48–419): a proxy measured on study ends, to be replaced by the delays this service observes.
 */
export const WEIGHTS: Weights = {
  parts: { clinical: 60, distance: 25, freshness: 15 },
  values: { met: 1, broad: 0.7, not_restricted: 0.5, unknown: 0.3, contradicted: 0 },
  questions: {
    cancer: 5,
    condition: 5,
    text: 4,
    biomarkerPresent: 4,
    biomarkerAbsent: 1,
    biomarkerRequiredUntold: 4,
    biomarkerExcludedUntold: 1,
    stage: 3,
    setting: 2,
    priorLines: 3,
    priorTherapy: 2,
    priorTherapyUntold: 2,
    brainMetastases: 2,
    ecog: 1,
    age: 1,
    sex: 1,
  },
  distance: { plateauKm: 10, halvingKm: 50, unknownStatusFactor: 0.5 },
  freshness: { halvingDays: 141 },
}

/** Moves when the rules (not only the weights) change. */
const RULES = 1

/** The version of the order: the number of the rules and a hash of every weight, so that none can change in silence. */
export function rankingVersion(weights: Weights = WEIGHTS): string {
  return weights === WEIGHTS ? IN_FORCE : versionOf(weights)
}

const IN_FORCE = versionOf(WEIGHTS)

function versionOf(weights: Weights): string {
  return `${RULES}-${createHash('sha256').update(JSON.stringify(weights)).digest('hex').slice(0, 8)}`
}

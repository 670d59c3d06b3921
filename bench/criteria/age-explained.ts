/** Why a bound of the text and the registry's field differ. */
export type AgeExplanation =
  | 'the registry leaves the bound open'
  | 'whole years: the registry gives the last or first year that is in, or is one year off'
  | 'the text speaks of one group or cohort, the registry of all'
  | 'the registry contradicts the text'

/** Read by hand, 2026-11-22: the text of each study was looked at beside its registry fields. */
export const EXPLAINED_BY_HAND: Readonly<Record<string, AgeExplanation>> = {
  // Group, stratum, control, parent or part whose range differs from the study's.
  NCT00298376: 'the text speaks of one group or cohort, the registry of all',
  NCT00939198: 'the text speaks of one group or cohort, the registry of all',
  NCT01715623: 'the text speaks of one group or cohort, the registry of all',
  NCT02228941: 'the text speaks of one group or cohort, the registry of all',
  NCT03067181: 'the text speaks of one group or cohort, the registry of all',
  NCT03102398: 'the text speaks of one group or cohort, the registry of all',
  NCT03222258: 'the text speaks of one group or cohort, the registry of all',
  NCT03463135: 'the text speaks of one group or cohort, the registry of all',
  NCT04798079: 'the text speaks of one group or cohort, the registry of all',
  NCT04878354: 'the text speaks of one group or cohort, the registry of all',
  NCT05003804: 'the text speaks of one group or cohort, the registry of all',
  NCT07423117: 'the text speaks of one group or cohort, the registry of all',
  // The text says the bound plainly, once, and the field holds another.
  NCT00001245: 'the registry contradicts the text',
  NCT00425061: 'the registry contradicts the text',
  NCT00906269: 'the registry contradicts the text',
  NCT01479426: 'the registry contradicts the text',
  NCT02284659: 'the registry contradicts the text',
  NCT02715401: 'the registry contradicts the text',
  NCT03359265: 'the registry contradicts the text',
  NCT03486119: 'the registry contradicts the text',
  NCT04336696: 'the registry contradicts the text',
  NCT04950504: 'the registry contradicts the text',
  NCT05326594: 'the registry contradicts the text',
  NCT05335226: 'the registry contradicts the text',
  NCT05344352: 'the registry contradicts the text',
  NCT05366504: 'the registry contradicts the text',
  NCT05915845: 'the registry contradicts the text',
  NCT05960656: 'the registry contradicts the text',
  NCT06397612: 'the registry contradicts the text',
  NCT06897436: 'the registry contradicts the text',
  NCT06906952: 'the registry contradicts the text',
  NCT07307053: 'the registry contradicts the text',
  // Sex: "Male" stands alone as a criterion, the field is ALL.
  NCT02495467: 'the registry contradicts the text',
  NCT04157569: 'the registry contradicts the text',
}

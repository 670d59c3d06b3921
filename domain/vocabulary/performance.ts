/** Scales of general condition. ECOG is the same as WHO and the French OMS. */
export const PERFORMANCE_SCALES = ['ECOG', 'Karnofsky', 'Lansky'] as const
export type PerformanceScale = (typeof PERFORMANCE_SCALES)[number]

/** What each ECOG grade means to the person, in French and English (Oken et al., Am J Clin Oncol 1982;5:649). */
export const ECOG_GRADES: readonly { grade: number; fr: string; en: string }[] = [
  { grade: 0, fr: 'activité normale, sans restriction', en: 'fully active, without restriction' },
  { grade: 1, fr: 'gêné par les gros efforts, mais autonome', en: 'limited in strenuous activity, but up and about' },
  {
    grade: 2,
    fr: 'debout plus de la moitié de la journée, ne peut pas travailler',
    en: 'up more than half of the day, unable to work',
  },
  {
    grade: 3,
    fr: 'au lit ou au fauteuil plus de la moitié de la journée',
    en: 'in bed or chair more than half of the day',
  },
  { grade: 4, fr: 'au lit ou au fauteuil en permanence', en: 'in bed or chair all day' },
]

/**
 * Karnofsky scores of each ECOG grade (ECOG-ACRIN's comparison of the scales; Oken et al. 1982): 0 is 90 to 100,
 * 1 is 70 to 80, 2 is 50 to 60, 3 is 30 to 40, 4 is 10 to 20. Lansky, for children, is read with the same bounds.
 */
const KARNOFSKY_OF_ECOG: readonly { min: number; max: number }[] = [
  { min: 90, max: 100 },
  { min: 70, max: 80 },
  { min: 50, max: 60 },
  { min: 30, max: 40 },
  { min: 10, max: 20 },
]

/**
 * Whether an ECOG grade satisfies a bound given on any scale: true, false, or null where the bound cuts through the
 * grade (Karnofsky of at least 80 cuts grade 1).
 */
export function ecogSatisfies(
  grade: number,
  { scale, min, max }: { scale: PerformanceScale; min: number | null; max: number | null },
): boolean | null {
  const range = scale === 'ECOG' ? { min: grade, max: grade } : KARNOFSKY_OF_ECOG[grade]
  if (range === undefined) return null
  if ((min !== null && range.max < min) || (max !== null && range.min > max)) return false
  return (min === null || range.min >= min) && (max === null || range.max <= max) ? true : null
}

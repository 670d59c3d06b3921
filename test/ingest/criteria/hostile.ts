/** Texts made to send a careless expression round in circles; each grows in proportion to `size` (characters). */
export const HOSTILE: Record<string, (size: number) => string> = {
  'ten thousand bullets': (size) => `Inclusion Criteria:\n\n${'* EGFR mutation, ECOG 0-1\n'.repeat(size / 26)}`,
  'one endless sentence': (size) =>
    `Inclusion Criteria:\n\n* ${'EGFR, ALK or ROS1 mutation and no prior therapy for '.repeat(size / 50)}`,
  'a list of genes': (size) => `Inclusion Criteria:\n\n* ${'EGFR, '.repeat(size / 6)}`,
  'a list of tumours and markers': (size) =>
    `Inclusion Criteria:\n\n* ${'melanoma, HER2-positive gastric cancer or '.repeat(size / 42)}`,
  'brackets in brackets': (size) => `Inclusion Criteria:\n\n* ${'EGFR (exon 20 ['.repeat(size / 15)}`,
  blanks: (size) => `Exclusion Criteria:\n\n* a${' '.repeat(size)}b`,
  'line ends': (size) => '\n'.repeat(size),
  brackets: (size) => `Exclusion Criteria:\n\n* ${'('.repeat(size)}`,
  'one word': (size) => 'a'.repeat(size),
  'half a count of lines': (size) =>
    `Inclusion Criteria:\n\n* ${'at least 2 prior previous systemic '.repeat(size / 35)}`,
  'other malignancies': (size) => `Exclusion Criteria:\n\n* ${'history of prior other malignancy '.repeat(size / 34)}`,
  escapes: (size) => '\\>'.repeat(size / 2),
  'random words': randomWords,
}

const WORDS =
  'EGFR ALK HER2 PD-L1 BRCA1/2 MSI-H mutation fusion positive negative wild-type exon 20 insertion L858R ≥ 50 % no not without other than unless prior therapy inhibitor tested status for of in the patients with must have received NSCLC melanoma breast cancer Cohort A: Inclusion Exclusion Criteria: ( ) [ ] , ; : . / - + * \n \n* or and'.split(
    ' ',
  )

/** Words of criteria in no order: a linear congruential generator, the same text every time. */
function randomWords(size: number): string {
  let seed = 20261122
  let text = ''
  while (text.length < size) {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32
    text += `${WORDS[Math.floor((seed / 2 ** 32) * WORDS.length)] ?? ''} `
  }
  return text
}

import { expect, test } from 'vitest'
import { spellingVariants } from '../../../domain/vocabulary/spellings.ts'

test.each([
  ['Leukaemia', 'Leukemia'],
  ['Oesophageal cancer', 'Esophageal cancer'],
  ['acute leukemia', 'acute leukaemia'],
  ['Cardiac tumour', 'Cardiac tumor'],
  ['biopsy', 'biopsies'],
])('%s is also written %s', (surface, other) => {
  expect(spellingVariants(surface)).toContain(other)
})

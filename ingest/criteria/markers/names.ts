import { BIOMARKER_ENTRIES, biomarkerByCode, membersOf } from '../../../domain/vocabulary/biomarkers.ts'
import { createLexicon, type LexiconEntry } from '../../../domain/vocabulary/lexicon.ts'

/** A marker named in a text. */
export interface MarkerName {
  genes: readonly string[]
  /** The name alone says what of it ("MSI-H", "triple negative"). */
  alteration: string | null
  /** Letters that are also a word or another abbreviation: needs an alteration right beside it. */
  unsure: boolean
  /** False for capitals that only look like a gene. */
  known: boolean
}

const entries = (genes: readonly string[], alteration: string | null, surfaces: readonly string[]) =>
  surfaces.map(
    (surface): LexiconEntry<MarkerName> => ({
      surface,
      value: { genes, alteration, unsure: false, known: true },
    }),
  )

/** Names that stand for several markers at once, or that say what of them: grammar more than vocabulary. */
const PHRASES: readonly LexiconEntry<MarkerName>[] = [
  ...entries(['ER', 'PR', 'ERBB2'], 'negative', [
    'triple negative',
    'triple négatif',
    'triple négative',
    'triple négatifs',
    'TNBC',
    'mTNBC',
    'CSTN',
  ]),
  ...entries(['HR'], null, [
    'hormonorécepteurs',
    'estrogen and/or progesterone receptor',
    'estrogen or progesterone receptor',
    'estrogen and progesterone receptor',
    'estrogen receptor and/or progesterone receptor',
    'oestrogen and/or progesterone receptor',
    'oestrogen and progesterone receptor',
    'ER and/or PR',
    'ER and/or PgR',
    'ER/PR',
    'ER/PgR',
    'ER or PR',
  ]),
  ...entries(['MMR'], 'deficient', ['MMR deficient', 'deficient MMR', 'DNA mismatch repair deficiency']),
  ...entries(['MMR'], 'proficient', ['MMR proficient', 'non-dMMR']),
  ...entries(['MSI'], 'stable', ['non-MSI-H']),
  ...entries(['MSI'], 'high', ['high-frequency microsatellite instability', 'microsatellite instability']),
  ...entries(['TMB'], 'high', ['high TMB', 'tumor mutation burden-high', 'high tumor mutation burden']),
  ...entries(['HRD'], 'positive', [
    'HR deficiency',
    'HR-deficient',
    'homologous recombination deficient',
    'homologous recombination repair deficient',
    'homologous recombination repair deficiency',
  ]),
  // Translocations named by their chromosomes are the fusion they make.
  ...entries(['RARA'], 'fusion', ['t(15;17)']),
  ...entries(['PHILADELPHIA'], 'positive', ['t(9;22)', 't(9,22)', 'Ph+ALL']),
]

/** A family of genes stands for each of its members; a clinic's own word (HR, MSI) for itself. */
const genesOf = (code: string) => (biomarkerByCode(code)?.kind === 'family' ? membersOf(code) : [code])

/** Levels in the blood are laboratory values, unless a trial selects on them as on a tumour's marker. */
const isMarker = (code: string) => biomarkerByCode(code)?.kind !== 'serum' || code === 'AFP'

const VOCABULARY: LexiconEntry<MarkerName>[] = BIOMARKER_ENTRIES.filter(({ value }) => isMarker(value.code)).map(
  ({ value, ...entry }) => ({
    ...entry,
    value: {
      genes: genesOf(value.code),
      alteration:
        value.state === 'absent' ? 'negative' : (value.alteration ?? (value.code === 'HRD' ? 'positive' : null)),
      unsure: value.unsure,
      known: true,
    },
  }),
)

/** Finds every way of writing every marker. */
export const MARKER_LEXICON = createLexicon([...PHRASES, ...VOCABULARY])

import type { CancerTerm, TumourKind } from './cancer-term.ts'

const NOUNS: Record<TumourKind, { en: readonly string[]; fr: readonly string[] }> = {
  cancer: {
    en: ['cancer', 'carcinoma', 'neoplasm', 'tumor', 'malignancy', 'malignant neoplasm', 'malignant tumor'],
    fr: ['cancer', 'carcinome', 'tumeur', 'tumeur maligne', 'néoplasie', 'néoplasme'],
  },
  adenocarcinoma: { en: ['adenocarcinoma'], fr: ['adénocarcinome'] },
  squamous: {
    en: ['squamous cell carcinoma', 'squamous carcinoma', 'squamous cell cancer', 'squamous cancer'],
    fr: ['carcinome épidermoïde', 'cancer épidermoïde', 'carcinome malpighien'],
  },
  urothelial: {
    en: ['urothelial carcinoma', 'urothelial cancer', 'transitional cell carcinoma'],
    fr: ['carcinome urothélial', 'cancer urothélial', 'carcinome à cellules transitionnelles'],
  },
  sarcoma: { en: ['sarcoma'], fr: ['sarcome'] },
  melanoma: { en: ['melanoma', 'malignant melanoma'], fr: ['mélanome'] },
  neuroendocrine: {
    en: ['neuroendocrine tumor', 'neuroendocrine neoplasm', 'carcinoid', 'carcinoid tumor', 'NET'],
    fr: ['tumeur neuroendocrine', 'tumeur carcinoïde', 'TNE'],
  },
  neuroendocrine_carcinoma: {
    en: ['neuroendocrine carcinoma', 'high-grade neuroendocrine carcinoma', 'NEC'],
    fr: ['carcinome neuroendocrine', 'CNE'],
  },
  small_cell: {
    en: ['small cell carcinoma', 'small cell cancer'],
    fr: ['carcinome à petites cellules', 'cancer à petites cellules'],
  },
}

/** Names built on the organ: "lung cancer", "cancer of the lung", « cancer du poumon »; none without an organ. */
export function organNames({ organ, kinds = ['cancer'] }: CancerTerm): string[] {
  if (!organ) return []
  return kinds.flatMap((kind) => [
    ...organ.en.flatMap((word) => NOUNS[kind].en.flatMap((noun) => [`${word} ${noun}`, `${noun} of the ${word}`])),
    ...organ.en.flatMap((word) => NOUNS[kind].en.map((noun) => `${noun} of ${word}`)),
    ...(kind === 'cancer' ? organ.en.flatMap((word) => [`cancer ${word}`, `carcinoma ${word}`]) : []),
    ...organ.fr.flatMap((word) => NOUNS[kind].fr.map((noun) => `${noun} ${word}`)),
  ])
}

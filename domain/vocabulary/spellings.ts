/** British and American spellings of word parts met in the names of diseases and treatments. */
const TRANSATLANTIC: readonly (readonly [string, string])[] = [
  ['leukem', 'leukaem'],
  ['tumor', 'tumour'],
  ['hematolog', 'haematolog'],
  ['hemangio', 'haemangio'],
  ['hemoglobin', 'haemoglobin'],
  ['esophag', 'oesophag'],
  ['gynecolog', 'gynaecolog'],
  ['pediatric', 'paediatric'],
  ['anemia', 'anaemia'],
  ['estrogen', 'oestrogen'],
  ['mythemia', 'mythaemia'],
  ['themia', 'thaemia'],
  ['globulinemia', 'globulinaemia'],
  ['pheochromo', 'phaeochromo'],
  ['localized', 'localised'],
  ['ized', 'ised'],
  ['ization', 'isation'],
  ['behavior', 'behaviour'],
  ['fetal', 'foetal'],
]

const inCapitals = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
/** At the beginning of a surface too: "Leukaemia" and "Leukemia". */
const PAIRS = TRANSATLANTIC.flatMap(([one, other]) => [
  [one, other] as const,
  [inCapitals(one), inCapitals(other)] as const,
])

/** A surface and its other spellings: British and American, plural of words in -y. The surface itself comes first. */
export function spellingVariants(surface: string): string[] {
  const variants = new Set([surface])
  for (const [one, other] of PAIRS) {
    for (const variant of [...variants]) {
      if (variant.includes(other)) variants.add(variant.replaceAll(other, one))
      else if (variant.includes(one)) variants.add(variant.replaceAll(one, other))
    }
  }
  for (const variant of [...variants]) {
    const plural = variant.replace(/(?<=[a-z]{3}[bcdfghlmnprstv])y(?![a-zà-ÿ])/g, 'ies')
    if (plural !== variant) variants.add(plural)
  }
  return [...variants]
}

/** Words that may stand between a marker and what is said of it without a meaning of their own. */
export function fillers(): string[] {
  const whole =
    'the all an? of in for to on at any is are be been was were must should by via per one more ihc ish fish have has with le la les du des? un une cps tps tc ic tap whole disease other as'
  const begun =
    'genes? oncogenes? proto-oncogenes? known documented tumou?rs? activating sensitizing sensitising driver oncogenic pathogenic deleterious suspected likely germline somatic genom\\w+ genetic molecular proteins? receptors? local(?:ly)? confirmed both least levels? surface cells? points? kinase domain common classical sensitive rare uncommon specific chromosom\\w+ immunohistochemi\\w+ tyrosine harbou?r\\w* presence present evidence having carry\\w* actionable targetable additional validated concurrent co-?occurring presentant porteu\\w+ connue?s? tumorale?s? exons?(?!\\s?\\d) hotspot combined proportion score percentage percent whose bearing centrally identified mono-?allelic bi-?allelic homozygous heterozygous inactivating significant clinically relevant function\\w* truncating frameshift nonsense missense antigens? class type group subtype copy number certain selected defined membrane membranous nuclear strong partial complete intensity staining region homolog\\w* family member viral human classic typical atypical eligible qualifying detectable single double either primary secondary original diagnostic selective area extent'
  return [
    'at least one',
    'gain of function',
    'mutational status',
    ...['assessed', 'classified', 'scored', 'reported', 'considered'].map((word) => `${word} as`),
    "d'",
    "l'",
    ...whole.split(' ').map((word) => `${word}\\b`),
    ...begun.split(' '),
  ]
}

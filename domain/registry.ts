import { type Static, Type } from 'typebox'

/**
 * The registries whose records this service reads. Adding one here makes
 * the compiler ask for its source, label and licence.
 */
export const REGISTRIES = ['ctgov', 'ctis'] as const
export const Registry = Type.Enum(REGISTRIES)
export type Registry = Static<typeof Registry>

/** What identifies one record: the registry and its number there (NCT01234567, 2023-505613-24-00). */
export interface RecordKey {
  registry: Registry
  registryId: string
}

interface RegistryFacts {
  name: string
  publisher: string
  /** Attribution shown with the data, by language. `{date}` stands for the day the registry processed the data. */
  attribution: { fr: string; en: string }
  licenceUrl: string
}

/**
 * Name, publisher and required attribution of each registry.
 * Sources: ClinicalTrials.gov terms and conditions (attribute, show the processing date, state modifications);
 * EMA legal notice (acknowledge EMA as the source on each copy).
 */
export const REGISTRY_FACTS: Record<Registry, RegistryFacts> = {
  ctgov: {
    name: 'ClinicalTrials.gov',
    publisher: 'U.S. National Library of Medicine',
    attribution: {
      fr: 'Source : ClinicalTrials.gov (U.S. National Library of Medicine). Données traitées par ClinicalTrials.gov le {date}. Modifications : sélection des essais ayant un centre en France, regroupement avec CTIS, structuration des critères, libellés traduits, calcul de distance.',
      en: 'Source: ClinicalTrials.gov (U.S. National Library of Medicine). Data processed by ClinicalTrials.gov on {date}. Modifications: selection of trials with a site in France, merging with CTIS, structured criteria, translated labels, computed distances.',
    },
    licenceUrl: 'https://clinicaltrials.gov/about-site/terms-conditions',
  },
  ctis: {
    name: 'CTIS',
    publisher: 'European Medicines Agency',
    attribution: {
      fr: 'Source : Agence européenne des médicaments (EMA) – Clinical Trials Information System (CTIS), euclinicaltrials.eu, consulté le {date}.',
      en: 'Source: European Medicines Agency (EMA) – Clinical Trials Information System (CTIS), euclinicaltrials.eu, consulted on {date}.',
    },
    licenceUrl: 'https://www.ema.europa.eu/en/about-us/about-website/legal-notice',
  },
}

import type { NormalisedRecord } from '../domain/trial.ts'
import { readFacilityWords } from './facility-words.ts'

/** Forms of companies, and what pharmaceutical firms put behind their names in one registry and not in another. */
const LEGAL_FORMS = new Set(
  `inc incorporated llc ltd limited corp corporation co company gmbh mbh ag kg kgaa sa sas sasu sarl bv nv plc spa srl sl
  slu oy oyj ab aps as asa se kk holding holdings group international global pharma pharmaceutical pharmaceuticals
  pharmaceutica biopharma biopharmaceuticals`.split(/\s+/),
)

/** Shorter codes, and codes without a digit, are words and counters that many studies of one sponsor share. */
const SHORTEST_CODE = 5

/**
 * A sponsor's protocol code together with the sponsor, as one value to link records by, the same however the two
 * registries write both; null when the record has no code, no sponsor, or a code that says too little.
 */
export function protocolNumber({ sponsorProtocolCode, sponsor }: NormalisedRecord): string | null {
  const code = (sponsorProtocolCode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (code.length < SHORTEST_CODE || !/\d/.test(code)) return null
  const name = sponsorKey(sponsor?.name ?? '')
  return name === '' ? null : `${name}/${code}`
}

/** `Assistance Publique - Hôpitaux de Paris` → `aphp`; `Merck Sharp & Dohme LLC` → `dohme-merck-sharp`. */
function sponsorKey(name: string): string {
  const words = readFacilityWords(name).filter((word) => !LEGAL_FORMS.has(word))
  return [...new Set(words)].sort().join('-')
}

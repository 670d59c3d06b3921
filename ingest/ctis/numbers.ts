import { findIdentifiers, type Identifier } from '../../domain/identifiers.ts'
import { readLine } from '../text.ts'
import type { Note } from '../unread-record.ts'
import type { CtisTrial } from './trial.ts'

/**
 * Numbers by pattern, not by slot. Another EU CT number names another trial; so may an NCT number beside the filed one.
 */
export function readNumbers({ ctNumber, authorizedApplication }: CtisTrial, note: Note) {
  const { shortTitle, secondaryIdentifyingNumbers: filed } =
    authorizedApplication.authorizedPartI.trialDetails.clinicalTrialIdentifiers
  const elsewhere = [
    filed?.whoUniversalTrialNumber?.number,
    filed?.isrctnNumber?.number,
    authorizedApplication.eudraCt?.eudraCtCode,
    shortTitle,
    ...(filed?.additionalRegistries ?? []).map(({ number }) => number),
  ]
  const found = findIdentifiers(elsewhere.join('\n'))
  const slot = findIdentifiers(filed?.nctNumber?.number ?? '')
  const ncts = (slot.some(isNct) ? slot : found).filter(isNct)
  if (ncts.length > 1) note('nctNumber', ncts.map(({ value }) => value).join(', '))
  const identifiers: Identifier[] = [
    ...findIdentifiers(ctNumber),
    ...(ncts.length === 1 ? ncts : []),
    ...found.filter(({ kind }) => kind !== 'nct' && kind !== 'euct'),
  ]
  return { identifiers, sponsorProtocolCode: readLine(shortTitle) }
}

function isNct({ kind }: Identifier): boolean {
  return kind === 'nct'
}

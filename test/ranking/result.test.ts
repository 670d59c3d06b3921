import { describe, expect, it } from 'vitest'
import type { Contact } from '../../domain/trial.ts'
import { ask } from './ask.ts'
import { site, trial } from './trials.ts'

const contact = (part: Partial<Contact>): Contact => ({ name: null, role: null, phone: null, email: null, ...part })

describe('a result', () => {
  it('carries the numbers, titles and addresses of the trial', () => {
    const result = ask({}, [], {
      identifiers: [
        { kind: 'eudract', value: '2020-001234-56' },
        { kind: 'euct', value: '2023-505613-24' },
        { kind: 'nct', value: 'NCT00000001' },
      ],
      titles: { fr: 'Un essai inventé', en: null },
      sources: trial().sources.map((source) => ({ ...source, url: 'https://registry.invalid/one' })),
    })
    expect(result).toMatchObject({
      registryIds: { nct: 'NCT00000001', euct: '2023-505613-24', eudract: '2020-001234-56' },
      briefTitle: 'Essai inventé',
      title: { fr: 'Un essai inventé', en: null },
      urls: ['https://registry.invalid/one'],
      sponsor: { name: 'Promoteur inventé', partner: false },
    })
    expect(ask({}, [])?.registryIds).toEqual({ nct: null, euct: null, eudract: null })
  })

  it('shows a contact of the site that can be reached, else a central one', () => {
    const shown = (own: Contact[], central: Contact[]) =>
      ask({}, [], { sites: [site({ contacts: own })], centralContacts: central })?.site?.contact
    const central = contact({ name: 'Central', phone: '01' })
    expect(
      shown([contact({ name: 'Silent' }), contact({ name: 'Desk', email: 'desk@example.invalid' })], [central]),
    ).toEqual({
      kind: 'public',
      name: 'Desk',
      phone: null,
      email: 'desk@example.invalid',
    })
    expect(shown([contact({ name: 'Silent' })], [central])).toMatchObject({ name: 'Central', phone: '01' })
    expect(shown([contact({ name: 'Silent' })], [])).toBeNull()
  })
})

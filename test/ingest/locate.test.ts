import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ESTABLISHMENTS } from '../../domain/places/establishments.ts'
import { loadPlaces } from '../../domain/places/places.ts'
import { createLocator } from '../../ingest/locate.ts'
import { siteWith } from './record-factory.ts'

const locate = createLocator(loadPlaces())
const unlocated = { departement: null, point: null, pointPrecision: null, registryPoint: null }

function located(facility: string | null, city: string | null, postalCode: string | null = null, country = 'FR') {
  return locate(siteWith({ ...unlocated, facility, city, postalCode, country }))
}

/** The name of the establishment whose point a site got; null when it got that of a place. */
function establishmentOf(facility: string | null, city: string | null, postalCode: string | null = null) {
  const { point, pointPrecision } = located(facility, city, postalCode)
  if (pointPrecision !== 'facility') return null
  return ESTABLISHMENTS.filter(({ lat, lon }) => lat === point?.lat && lon === point.lon).map(({ name }) => name)
}

describe('a place', () => {
  test.each([
    // city, postal code → département, precision
    ['Lyon', '69008', '69', 'postal_code'],
    ['Lyon', '69000', '69', 'city'],
    ['Lyon Cedex 08', '69373', '69', 'postal_code'],
    ['Paris Cedex 13', '75651', '75', 'postal_code'],
    ['Villejuif Cedex', '94805', '94', 'city'],
    ['Villejuif', null, '94', 'city'],
    [null, '94800', '94', 'postal_code'],
    [null, '94805', '94', 'area'],
    ['SaintHerblain', '44805', '44', 'city'],
    ['St Etienne', '42055', '42', 'city'],
    ['Pierre-Bénite', '69310', '69', 'postal_code'],
    ['Charenton', '94220', '94', 'postal_code'],
    ['Bourgoin', '38317', '38', 'city'],
    ['Plérin sur Mer', '22193', '22', 'city'],
    ['Toulon Armées', null, '83', 'city'],
    ['Illkirch', null, '67', 'city'],
    ['Evry', '91024', '91', 'city'],
    ['Le Mont Dore', '63240', '63', 'postal_code'],
    ['Montreuil', '62170', '62', 'postal_code'],
    ['Angers 02', null, '49', 'city'],
    ['Villefranche sur Saone Ced', null, '69', 'city'],
    ['Lyon, Rhône', null, '69', 'city'],
    ['Bastia', '20600', '2B', 'postal_code'],
    ['Ajaccio', null, '2A', 'city'],
    ['Saint-Pierre', '97448', '974', 'city'],
    ['Fort-de-France', '97261', '972', 'city'],
  ])('%s %s is in %s, known to the %s', (city, postalCode, departement, pointPrecision) => {
    expect(located(null, city, postalCode)).toMatchObject({ departement, pointPrecision })
  })

  test.each([
    ['RE', '974'],
    ['PM', '975'],
  ])('Saint-Pierre of %s is that of the département %s', (country, departement) => {
    expect(located(null, 'Saint-Pierre', null, country).departement).toBe(departement)
  })

  test('whose postal code has a mistyped digit is where its town is', () => {
    expect(located(null, 'Montpellier', '24298')).toMatchObject({ departement: '34', pointPrecision: 'city' })
    expect(located(null, 'Lille', '69037')).toMatchObject({ departement: '59', pointPrecision: 'city' })
    expect(located(null, 'Poitiers', '80600')).toMatchObject({ departement: '86', pointPrecision: 'city' })
  })

  test('in the suburb of the town it names is where its postal code is', () => {
    expect(located(null, 'Paris', '94800')).toMatchObject({ departement: '94', pointPrecision: 'postal_code' })
  })

  test('with namesakes is the one at the registry point, and nowhere without it', () => {
    const site = siteWith({ ...unlocated, facility: null, city: 'Saint-Denis', postalCode: null })
    expect(locate({ ...site, registryPoint: { lat: 48.936, lon: 2.357 } }).departement).toBe('93')
    expect(locate({ ...site, registryPoint: { lat: -20.88, lon: 55.45 } }).departement).toBe('974')
    expect(locate(site)).toMatchObject(unlocated)
  })

  test('that no word names is at the registry point, else unlocated', () => {
    const site = siteWith({ ...unlocated, facility: null, city: 'Somewhere', postalCode: null })
    expect(locate({ ...site, registryPoint: { lat: 43.6, lon: 1.44 } })).toMatchObject({
      departement: '31',
      pointPrecision: 'city',
    })
    expect(locate(site)).toMatchObject(unlocated)
    expect(locate({ ...site, registryPoint: { lat: 52.52, lon: 13.4 } }).point).toBeNull()
  })
})

describe('an establishment', () => {
  test.each([
    ['Gustave Roussy', 'Villejuif', '94805', 'Gustave Roussy'],
    ['Institut Gustave Roussy', 'Paris', '94805', 'Gustave Roussy'],
    ['Gustave Roussy', 'Chevilly-Larue', '94550', 'Gustave Roussy, Chevilly-Larue'],
    ['University Hospital, Poitiers', 'Poitiers', null, 'CHU de Poitiers, La Milétrie'],
    ['Hôpital Haut-Lévêque', 'Pessac', '33604', 'CHU de Bordeaux, Haut-Lévêque'],
    ['CHU de Bordeaux - Hôpital Saint-André', 'Bordeaux', null, 'CHU de Bordeaux, Saint-André'],
    ['Hopital Pitie Salpetriere', 'Paris', '75013', 'AP-HP, Hôpital de la Pitié-Salpêtrière'],
    [
      'AP-HP - La Pitié-Salpêtrière, Service de Neurologie',
      'Paris Cedex 13',
      '75651',
      'AP-HP, Hôpital de la Pitié-Salpêtrière',
    ],
    ['Centre Leon Berard', 'Lyon', null, 'Centre Léon Bérard'],
    ['CHU', 'Caen', '14033', 'CHU de Caen, Côte de Nacre'],
    ['Centre Hospitalier de Pau', 'Pau', '64000', 'CH de Pau'],
    ['Hôpital Nord', 'Marseille', '13915', 'AP-HM, Hôpital Nord'],
    ['CHU Hôpital Nord', 'Saint-Priest-en-Jarez', '42270', 'CHU de Saint-Étienne, Hôpital Nord'],
    ['Hôpital Robert Debré', 'Paris', '75019', 'AP-HP, Hôpital Robert-Debré'],
    ['Hôpital Robert Debré', 'Reims', '51092', 'CHU de Reims, Robert-Debré'],
    ['Hôpital Saint-Louis', 'Paris', '75475', 'AP-HP, Hôpital Saint-Louis'],
    ['Hôpital Saint-Louis', 'La Rochelle', '17019', 'CH de La Rochelle'],
    ['Institut Curie', 'Paris', '75248', 'Institut Curie, Paris'],
    ['Institut Curie - Hôpital René Huguenin', 'Saint-Cloud', '92210', 'Institut Curie, Saint-Cloud'],
    ['Institut Curie', 'Saint-Cloud', null, 'Institut Curie, Saint-Cloud'],
    ['ICO - Site Paul Papin', 'Angers', '49055', "Institut de Cancérologie de l'Ouest, Angers"],
    ["Institut de Cancérologie de l'Ouest", 'Saint-Herblain', '44805', "Institut de Cancérologie de l'Ouest, Nantes"],
    ['CHU de La Réunion', 'Saint-Pierre', '97448', 'CHU de La Réunion, site Sud'],
    ['Private Hospital Jean Mermoz', 'Lyon', '69008', 'Hôpital privé Jean Mermoz'],
  ])('%s, %s %s is %s', (facility, city, postalCode, name) => {
    expect(establishmentOf(facility, city, postalCode)).toContain(name)
  })

  test.each([
    ['several sites, none named', 'CHU de Bordeaux', 'Bordeaux', '33000'],
    ['several sites, none named', 'AP-HP', 'Paris', '75013'],
    ['several sites, none named', 'Hospices Civils de Lyon', 'Lyon', '69229'],
    ['a namesake elsewhere', 'Hôpital Saint-Louis', 'Toulouse', '31000'],
    ['a namesake elsewhere', 'Centre Léon Bérard', 'Lille', '59000'],
    ['a private house of the same name', 'Clinique Saint-Louis', 'Paris', '75010'],
    ['a private house of the same name', 'Clinique Ambroise Paré', 'Neuilly-sur-Seine', '92200'],
    ['a private house of the same name', 'Saint Antoine Clinic', 'Paris', '75012'],
    ['a site of a university hospital that the table lacks', 'CHU de Limoges - Hôpital du Cluzeau', 'Limoges', '87042'],
    ['two hospitals at once', 'CHU Henri Mondor - Albert Chenevier - Centre Intercommunal', 'Créteil', '94101'],
    ['a town without entry', 'Centre Hospitalier de Bayeux', 'Bayeux', '14400'],
    ['a private practice', 'Cabinet Dupuytren', 'Limoges', '87000'],
    ['a street named after a hospital', 'Cabinet médical, rue Cochin', 'Marseille', '13005'],
  ])('is not guessed: %s', (_, facility, city, postalCode) => {
    expect(establishmentOf(facility, city, postalCode)).toBeNull()
    expect(located(facility, city, postalCode).point).not.toBeNull()
  })

  test.each([
    [
      'Assistance Publique Hopitaux De Paris',
      '27 Rue Du Faubourg Saint Jacques',
      'Paris',
      '75014',
      'AP-HP, Hôpital Cochin',
    ],
    [
      'Assistance Publique Hopitaux De Marseille',
      '264 Rue Saint Pierre',
      'Marseille',
      '13005',
      'AP-HM, Hôpital de la Timone',
    ],
    [
      'Centre Hospitalier Universitaire De Bordeaux',
      '1 Place Amelie Raba Leon',
      'Bordeaux Cedex',
      '33076',
      'CHU de Bordeaux, Pellegrin',
    ],
    ['CHU De Toulouse', '330 Avenue De Grande Bretagne', 'Toulouse Cedex 9', '31059', 'CHU de Toulouse, Purpan'],
    [
      'University Hospital Of Clermont-Ferrand',
      '1 Place Lucie Et Raymond Aubrac',
      'Clermont-Ferrand',
      '63100',
      'CHU de Clermont-Ferrand, Estaing',
    ],
    [
      'Hospices Civils De Lyon',
      '103 Grande Rue De La Croix Rousse',
      'Lyon',
      '69004',
      'HCL, Hôpital de la Croix-Rousse',
    ],
    ['Hospices Civils De Lyon', undefined, 'Pierre-Bénite', '69495', 'HCL, Hôpital Lyon Sud'],
    ['CHU de Bordeaux', undefined, 'Pessac', '33604', 'CHU de Bordeaux, Haut-Lévêque'],
  ])('%s, %s, %s %s: the trust has one site there', (facility, street, city, postalCode, name) => {
    const site = locate(siteWith({ ...unlocated, facility, city, postalCode, ...(street ? { street } : {}) }))
    const [found] = ESTABLISHMENTS.filter(({ lat, lon }) => lat === site.point?.lat && lon === site.point?.lon)
    expect(site.pointPrecision).toBe('facility')
    expect(found?.name).toBe(name)
  })

  test.each([
    ['CHU de Nantes', 'Nantes', '44000'],
    ['CHU de Nantes', 'Nantes', '44093'],
    ['CHRU de Nancy', 'Nancy', '54000'],
    ['AP-HM', 'Marseille', '13005'],
    ['Hospices Civils de Lyon', 'Bron', '69500'],
    ['CHU de Strasbourg', 'Strasbourg', '67091'],
  ])('%s, %s %s: the trust has several there, or its head office', (facility, city, postalCode) => {
    expect(establishmentOf(facility, city, postalCode)).toBeNull()
  })

  test('that stands in another street than the address is not it', () => {
    const words = { facility: 'CHU de Poitiers', city: 'Poitiers', postalCode: '86000' }
    const at = (street: string) => locate(siteWith({ ...unlocated, ...words, street })).pointPrecision
    expect(at('2 Rue De La Miletrie')).toBe('facility')
    expect(at('1 Rue De La Fiction')).toBe('postal_code')
  })

  test('needs no town when its name is its own', () => {
    expect(establishmentOf('Gustave Roussy', null)).toContain('Gustave Roussy')
    expect(located('Hôpital Saint-Louis', null).point).toBeNull()
  })

  test('of the table is found by its own name, town and codes', () => {
    for (const { name, city, postalCodes } of ESTABLISHMENTS) {
      const names = postalCodes.flatMap((code) => establishmentOf(name, city, code) ?? [])
      expect(names, name).toContain(name)
    }
  })
})

test('whatever the words, nothing but point, precision and département changes, and they come together', () => {
  const text = fc.option(
    fc.oneof(fc.string(), fc.constantFrom('Paris', 'CHU', '75013', 'Saint', 'Lyon Cedex', 'Curie')),
    { nil: null },
  )
  fc.assert(
    fc.property(text, text, text, (facility, city, postalCode) => {
      const site = siteWith({ ...unlocated, facility, city, postalCode })
      const { departement, point, pointPrecision, ...rest } = locate(site)
      const { departement: _, point: __, pointPrecision: ___, ...before } = site
      expect(rest).toEqual(before)
      expect(new Set([departement === null, point === null, pointPrecision === null]).size).toBe(1)
    }),
  )
})

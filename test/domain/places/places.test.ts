import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPlaces } from '../../../domain/places/places.ts'
import { resolvePlace } from '../../../domain/places/resolve.ts'

const places = loadPlaces()

describe('a postal code', () => {
  test.each([
    ['75013', '75113'],
    ['75116', '75116'],
    ['69008', '69388'],
    ['13005', '13205'],
    ['94800', '94076'],
    ['20200', '2B033'],
    ['97410', '97416'],
    ['97600', '97611'],
    ['98800', '98818'],
    ['97500', '97502'],
    ['97133', '97701'],
  ])('%s is first of all %s', (postalCode, code) => {
    expect(places.byPostalCode(postalCode)[0]?.code).toBe(code)
  })

  test('of several communes lists them all, largest first', () => {
    const names = places.byPostalCode('01400').map(({ name }) => name)
    expect(names[0]).toBe('Châtillon-sur-Chalaronne')
    expect(names).toContain("L'Abergement-Clémenciat")
  })

  test.each(['94805', '00000', '99999', 'abc', ''])('%s belongs to no commune', (postalCode) => {
    expect(places.byPostalCode(postalCode)).toEqual([])
  })

  test('lies in its own département even where its digits say another', () => {
    for (const place of places.byPostalCode('97133')) expect(place.departement).toBe('977')
  })
})

describe('a name', () => {
  test.each([
    ['Saint-Étienne', '42218'],
    ['ST ETIENNE', '42218'],
    ['st. etienne cedex 2', '42218'],
    ['Vandoeuvre les Nancy', '54547'],
    ['VANDŒUVRE-LÈS-NANCY CEDEX', '54547'],
    ['SaintHerblain', '44162'],
    ['Villejuif Cedex', '94076'],
    ['La Roche -Sur-Yon - Cedex 9', '85191'],
    ["L'Hay les Roses", '94038'],
    ['Chalon s/ Saône', '71076'],
    ['Havre', '76351'],
    ['le havre', '76351'],
    ['Lyon', '69123'],
    ['Lyon 8e', '69388'],
    ['LYON 08', '69388'],
    ['Lyon Cedex08', '69388'],
    ['Paris 13', '75113'],
    ['PARIS CEDEX 13', '75113'],
    ['Paris 1er arrondissement', '75101'],
    ['Marseilles', '13055'],
    ['Marseille cedex 20', '13055'],
    ['Toulouse Cedex 9', '31555'],
    ['Pierre-Bénite', '69152'],
    ['Fort de France', '97209'],
  ])('%s is %s', (name, code) => {
    expect(places.byName(name)[0]?.code).toBe(code)
  })

  test('shared by communes is told apart by the département', () => {
    expect(places.byName('Saint-Pierre', '974').map(({ code }) => code)).toEqual(['97416'])
    expect(places.byName('Saint-Pierre', '975').map(({ code }) => code)).toEqual(['97502'])
    expect(places.byName('Saint-Denis')[0]?.population).toBeGreaterThan(100_000)
  })

  test.each(['', '  ', 'Paris 21', 'Many Locations', 'Cedex', '((', '\u0000'])('%j is no place', (name) => {
    expect(places.byName(name)).toEqual([])
  })

  test('of any commune finds it back, however written', () => {
    const communes = places.inDepartement('29').concat(places.inDepartement('2A'), places.inDepartement('974'))
    const forms = [
      (name: string) => name.toUpperCase(),
      (name: string) => name.normalize('NFD').replace(/\p{M}/gu, ''),
      (name: string) => name.replaceAll('-', ' ').replaceAll("'", ' '),
      (name: string) => name.replace(/\bSaint\b/g, 'St').replace(/\bSainte\b/g, 'Ste'),
      (name: string) => `${name} CEDEX`,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...communes), fc.constantFrom(...forms), (place, write) => {
        expect(places.byName(write(place.name), place.departement)).toContain(place)
      }),
    )
  })
})

describe('suggestions', () => {
  const first = (prefix: string) => places.search(prefix, 10)[0]?.name
  test.each([
    ['lyo', 'Lyon'],
    ['hav', 'Le Havre'],
    ['roch', 'La Rochelle'],
    ['st e', 'Saint-Étienne'],
    ['lyon 8', 'Lyon 8e Arrondissement'],
    ['vandoe', 'Vandœuvre-lès-Nancy'],
    ['herblain', 'Saint-Herblain'],
    ['nîm', 'Nîmes'],
    ['st', 'Strasbourg'],
    ['p', 'Paris'],
    ['75013', 'Paris 13e Arrondissement'],
    ['9480', 'Villejuif'],
  ])('%s suggests %s first', (prefix, name) => {
    expect(first(prefix)).toBe(name)
  })

  test('put the exact name before larger places', () => {
    expect(first('Gap')).toBe('Gap')
    expect(first('Pau')).toBe('Pau')
  })

  test('go on from "st" to Strasbourg as well as to the saints', () => {
    const names = places.search('st', 10).map(({ name }) => name)
    expect(names).toContain('Strasbourg')
    expect(names).toContain('Saint-Étienne')
  })

  test('never exceed the limit, repeat a place or fail', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (prefix, limit) => {
        const found = places.search(prefix, limit)
        expect(found.length).toBeLessThanOrEqual(limit)
        expect(new Set(found).size).toBe(found.length)
      }),
    )
  })
})

test('every place has a point in France, a name and a département', () => {
  for (const departement of ['01', '2A', '2B', '69', '75', '971', '974', '976', '988']) {
    const list = places.inDepartement(departement)
    expect(list.length).toBeGreaterThan(0)
    for (const place of list) {
      expect(place.name).not.toBe('')
      expect(Math.abs(place.point.lat)).toBeLessThan(52)
      expect(place.point.lat === 0 || place.point.lon === 0).toBe(false)
    }
  }
})

describe('a place question', () => {
  test.each([
    [{ postalCode: '69008' }, '69', 'postal_code'],
    [{ city: 'Lyon', departement: '69' }, '69', 'city'],
    [{ code: '69388' }, '69', 'city'],
    [{ code: '2B033' }, '2B', 'city'],
    [{ postalCode: '94805' }, '94', 'area'],
    [{ lat: 45.73, lon: 4.87 }, null, 'facility'],
  ])('%j is in %s, known to the %s', (question, departement, precision) => {
    expect(resolvePlace(places, question)).toMatchObject({ departement, precision })
  })

  test.each([
    { postalCode: '00000' },
    { postalCode: '99999' },
    { city: 'Nowhere' },
    { city: 'Lyon', departement: '75' },
  ])('%j exists nowhere', (question) => {
    expect(resolvePlace(places, question)).toBeNull()
  })
})

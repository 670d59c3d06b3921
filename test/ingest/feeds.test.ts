import { afterEach, expect, test } from 'vitest'
import { createCtgovSource } from '../../ingest/ctgov/source.ts'
import { createCtisSource } from '../../ingest/ctis/source.ts'
import { readFeed } from '../../ingest/feeds.ts'
import { createHttp, RegistryError } from '../../ingest/http.ts'
import { inventStudy } from '../registries/invent.ts'
import { renderCtis } from '../registries/render-ctis.ts'
import { startRegistries } from '../registries/server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close()
})

const NCT = /NCT\d{8}/
const feed = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>`
const read = (xml: string) => readFeed(xml, NCT, 'http://localhost/rss')

test('an item is found by its guid or its link, with its day', () => {
  const items =
    '<item><title>A &amp; B</title><guid isPermaLink="false">NCT90000001</guid><pubDate>Mon, 23 Oct 2023 00:00:00 EDT</pubDate></item>' +
    '<item><link>https://clinicaltrials.gov/study/NCT90000002?cond=a&amp;b=c</link><guid>x</guid></item>' +
    '<item><title>about nothing</title></item>'
  expect(read(feed(items))).toEqual([
    { registryId: 'NCT90000001', published: '2023-10-23' },
    { registryId: 'NCT90000002', published: null },
  ])
})

test('one item, and none', () => {
  expect(read(feed('<item><guid>NCT90000001</guid></item>'))).toHaveLength(1)
  expect(read(feed(''))).toEqual([])
})

test.each<[string, string]>([
  ['nothing', ''],
  ['a web page', '<!DOCTYPE html><html><body><p>Sorry</body></html>'],
  ['a web page in good order', '<html><body><p>Sorry</p></body></html>'],
  ['half a feed', feed('<item><guid>NCT90000001</guid></item>').slice(0, 80)],
  ['another feed format', '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>'],
  ['far too much', feed(`<item><title>${'x'.repeat(5_000_000)}</title></item>`)],
])('%s is refused', (_, xml) => {
  expect(() => read(xml)).toThrow(RegistryError)
})

test('entities that a document defines itself are not expanded', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "NCT90000001"><!ENTITY b "&a;&a;&a;">]>${feed('<item><guid>&b;</guid></item>').replace('<?xml version="1.0"?>', '')}`
  expect(read(bomb)).toEqual([])
})

test('the feeds of both registries name what was published lately in France', async () => {
  const study = inventStudy({ number: 1, updated: '2026-11-15', secondaryIds: ['2024-590001-11-00'] })
  const registries = await startRegistries({
    ctgov: [
      study,
      inventStudy({ number: 2, updated: '2026-10-01' }),
      inventStudy({ number: 3, sites: ['Spain/RECRUITING'] }),
    ],
    ctis: [renderCtis(study, { seed: 1 })?.payload],
  })
  const http = createHttp({ userAgent: 'test', requestsPerSecond: Number.POSITIVE_INFINITY })
  open.push(http, registries)
  const readCriteria = () => []
  const ctgov = createCtgovSource({ http, baseUrl: registries.ctgovUrl, readCriteria })
  const ctis = createCtisSource({ http, baseUrl: registries.ctisUrl, readCriteria })
  expect(await ctgov.readFeed?.()).toEqual([{ registryId: 'NCT90000001', published: '2026-11-15' }])
  expect(await ctis.readFeed?.()).toEqual([{ registryId: '2024-590001-11-00', published: '2026-11-15' }])
  expect(registries.requests.filter((line) => line.includes('rss'))).toEqual([
    expect.stringContaining(
      '/api/rss?cond=&term=&intr=&locStr=France&country=France&aggFilters=status:rec&dateField=LastUpdatePostDate',
    ),
    expect.stringContaining('/ctis-public-api/rss/updates.rss?search_criteria={"msc":[250]}'),
  ])
})

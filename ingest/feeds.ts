import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Http, RegistryError } from './http.ts'
import type { FeedItem } from './source.ts'

/** CTIS gives fifteen items, ClinicalTrials.gov two weeks of them: more than this is not a feed. */
const LONGEST_FEED = 5_000_000

const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: false,
  htmlEntities: true,
  isArray: (name) => name === 'item',
})

const optionalText = Type.Optional(Type.String())
const rss = Compile(
  Type.Object({
    rss: Type.Object({
      channel: Type.Object({
        item: Type.Optional(
          Type.Array(
            Type.Object({
              link: optionalText,
              pubDate: optionalText,
              guid: Type.Optional(Type.Union([Type.String(), Type.Object({ '#text': optionalText })])),
            }),
          ),
        ),
      }),
    }),
  }),
)

/**
 * The records that an RSS feed names, with the day each was published; items that name none are left out. `pattern`
 * finds the number in an item's link or guid. Throws RegistryError for anything that is not RSS: the parser alone
 * would take a web page, half a feed, or nothing at all for an empty one.
 */
export function readFeed(xml: string, pattern: RegExp, url: string): FeedItem[] {
  if (xml.length > LONGEST_FEED) throw new RegistryError(`answered a feed of ${xml.length} characters`, url, 200)
  const validity = XMLValidator.validate(xml)
  if (validity !== true) throw new RegistryError(`answered XML that cannot be read: ${validity.err.msg}`, url, 200)
  const parsed: unknown = parser.parse(xml)
  if (!rss.Check(parsed)) throw new RegistryError('answered XML that is not an RSS feed', url, 200)
  return (parsed.rss.channel.item ?? []).flatMap(({ link = '', guid, pubDate = '' }) => {
    const number = pattern.exec(`${typeof guid === 'string' ? guid : (guid?.['#text'] ?? '')} ${link}`)?.[0]
    const instant = Date.parse(pubDate)
    const published = Number.isNaN(instant) ? null : new Date(instant).toISOString().slice(0, 10)
    return number === undefined ? [] : [{ registryId: number, published }]
  })
}

/** What the feed at `url` names. Throws RegistryError. */
export async function fetchFeed(
  http: Http,
  url: string,
  pattern: RegExp,
  signal: AbortSignal | undefined,
): Promise<FeedItem[]> {
  const { value = '' } = await http.xml(url, { signal })
  return readFeed(value, pattern, url)
}

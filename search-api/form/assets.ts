import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import type { Places } from '../../domain/places/places.ts'
import type { App } from '../deps.ts'
import { ProblemError } from '../problem.ts'
import { placeList } from './lists.ts'

interface Asset {
  body: string
  type: string
  version: string
}

/** The page's own files, by name. */
export interface Assets {
  files: Map<string, Asset>
  /** `/assets/style.css?v=…`: the address changes with the content, so that browsers may keep it for ever. */
  address(name: string): string
}

const FOLDER = new URL('./assets/', import.meta.url)
const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Style, script and icon from disk, and the lists that suggestions are looked up in, made once. */
export function loadAssets(places: Places, lists: Record<string, string>): Assets {
  const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')
  const bodies: Record<string, string> = {
    'style.css': read('style.css'),
    'form.js': read('form.js'),
    'icon.svg': read('icon.svg'),
    'communes.txt': placeList(places),
    ...lists,
  }
  const files = new Map(
    Object.entries(bodies).map(([name, body]): [string, Asset] => {
      const version = createHash('sha256').update(body).digest('base64url').slice(0, 10)
      return [name, { body, version, type: TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' }]
    }),
  )
  return { files, address: (name) => `/assets/${name}?v=${files.get(name)?.version ?? ''}` }
}

/** `GET /assets/{name}`. */
export function assetRoutes(app: App, { files }: Assets): void {
  app.get(
    '/assets/:name',
    {
      schema: {
        hide: true,
        params: Type.Object({ name: Type.String() }),
        querystring: Type.Object({ v: Type.Optional(Type.String()) }),
      },
      config: { rateLimit: false },
    },
    async ({ params: { name }, query: { v } }, reply) => {
      const asset = files.get(name)
      if (!asset) throw new ProblemError(404, 'There is no such file.')
      return reply
        .header('cache-control', v === asset.version ? FOR_EVER : 'no-cache')
        .type(asset.type)
        .send(asset.body)
    },
  )
}

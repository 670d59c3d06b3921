import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** One stored part of an index: its file and what must be in it. */
const StoredPart = Type.Object({ file: Type.String({ pattern: '^part-\\d+\\.json$' }), sha256: Type.String() })
export type StoredPart = Static<typeof StoredPart>

const Manifest = Type.Object({
  version: Type.String(),
  position: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  parts: Type.Array(StoredPart),
})
export type Manifest = Static<typeof Manifest>

const MANIFEST = 'manifest.json'

/**
 * Read a folder written by `writePart` and `writeManifest`. Null when there is nothing, or nothing of this `version`.
 * Throws when what is there is damaged.
 */
export async function readManifest(dir: string, version: string): Promise<Manifest | null> {
  const text = await readFile(path.join(dir, MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const manifest = Value.Parse(Manifest, JSON.parse(text))
  return manifest.version === version ? manifest : null
}

/** One part, checked against its hash. Throws when it is missing or damaged. */
export async function readPart(dir: string, part: StoredPart): Promise<unknown> {
  const bytes = await readFile(path.join(dir, part.file))
  if (sha256(bytes) !== part.sha256) throw new Error(`${part.file} is damaged`)
  return JSON.parse(bytes.toString('utf8'))
}

/** Write one part under a number never used before in this folder; it counts once a manifest names it. */
export async function writePart(dir: string, number: number, content: unknown): Promise<StoredPart> {
  await mkdir(dir, { recursive: true })
  const bytes = Buffer.from(JSON.stringify(content))
  const file = `part-${number}.json`
  await writeDurably(path.join(dir, file), bytes)
  return { file, sha256: sha256(bytes) }
}

/** Make these parts the stored index, in one step (rename), then delete the files that no longer belong to it. */
export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  await mkdir(dir, { recursive: true })
  const target = path.join(dir, MANIFEST)
  await writeDurably(`${target}.new`, Buffer.from(JSON.stringify(manifest)))
  await rename(`${target}.new`, target)
  const kept = new Set(manifest.parts.map(({ file }) => file))
  const left = (await readdir(dir)).filter((file) => /^part-\d+\.json$/.test(file) && !kept.has(file))
  for (const file of left) await rm(path.join(dir, file), { force: true })
}

/** The first part number that no file of the folder bears. */
export async function nextPartNumber(dir: string): Promise<number> {
  const files = await readdir(dir).catch(() => [])
  const numbers = files.map((file) => Number(/^part-(\d+)\.json$/.exec(file)?.[1] ?? 0))
  return Math.max(0, ...numbers) + 1
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

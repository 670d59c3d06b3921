import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** One JSON value of the input, or why there is none; `at` says where it stands, for a message. */
export type InputRecord = { at: string; value: unknown } | { at: string; problem: string }

/**
 * Registry records from bytes: one JSON object, an array of them, or one per line (NDJSON), gzipped or not.
 * Lines are streamed; only an object or array written over several lines is held whole. A line that is not JSON is told
 * and the others are still read.
 */
export async function* readRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<InputRecord> {
  const lines = numberedLines(textOf(bytes))
  const first = await lines.next()
  if (first.done) return
  const parsed = parse(first.value.text)
  if (parsed.ok && !Array.isArray(parsed.value)) {
    yield fromLine(first.value)
    for await (const line of lines) yield fromLine(line)
    return
  }
  const all = [first.value]
  for await (const line of lines) all.push(line)
  const whole = parse(all.map(({ text }) => text).join('\n'))
  if (!whole.ok) yield* all.map(fromLine)
  else if (!Array.isArray(whole.value)) yield { at: `line ${first.value.number}`, value: whole.value }
  else yield* whole.value.map((value, index) => ({ at: `element ${index + 1}`, value }))
}

interface Line {
  number: number
  text: string
}

function fromLine({ number, text }: Line): InputRecord {
  const parsed = parse(text)
  return parsed.ok ? { at: `line ${number}`, value: parsed.value } : { at: `line ${number}`, problem: parsed.problem }
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, problem: `not JSON: ${(error as Error).message}` }
  }
}

async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const source = Readable.from(bytes)
  const first = await source.iterator({ destroyOnReturn: false }).next()
  if (first.done) return
  const chunk = first.value as Uint8Array
  const gzipped = chunk[0] === 0x1f && chunk[1] === 0x8b
  async function* all() {
    yield chunk
    yield* source
  }
  const plain: AsyncIterable<Uint8Array> = gzipped ? Readable.from(all()).pipe(createGunzip()) : all()
  const decoder = new TextDecoder()
  for await (const part of plain) yield decoder.decode(part, { stream: true })
  yield decoder.decode()
}

/** The lines that hold something. */
async function* numberedLines(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = ''
  let number = 0
  for await (const part of text) {
    const pieces = (rest + part).split('\n')
    rest = pieces.pop() ?? ''
    for (const piece of pieces) {
      number++
      if (piece.trim() !== '') yield { number, text: piece }
    }
  }
  if (rest.trim() !== '') yield { number: number + 1, text: rest }
}

import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readRecords } from '../../commands/read-records.ts'

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function read(bytes: Uint8Array, size = 7) {
  const records = []
  for await (const record of readRecords(inChunks(bytes, size))) records.push(record)
  return records
}

const text = (value: string) => new TextEncoder().encode(value)
const values = async (bytes: Uint8Array) =>
  (await read(bytes)).map((record) => ('value' in record ? record.value : record))

test.each<[string, string, unknown[]]>([
  ['one object', '{"a":1}', [{ a: 1 }]],
  ['one object over several lines', '{\n  "a": {\n    "b": 1\n  }\n}\n', [{ a: { b: 1 } }]],
  ['an array', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ['an array over several lines', '[\n{"a":1},\n{"a":2}\n]\n', [{ a: 1 }, { a: 2 }]],
  ['one per line', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ['one per line with blank lines and no end of line', '\n{"a":1}\r\n\n{"a":2}', [{ a: 1 }, { a: 2 }]],
  ['blank lines before an object over several lines', '\n{\n"a": 1\n}', [{ a: 1 }]],
  ['letters of several bytes cut by a chunk', '{"ville":"Saint-Étienne"}', [{ ville: 'Saint-Étienne' }]],
  ['nothing', '', []],
])('%s', async (_, input, expected) => {
  expect(await values(text(input))).toEqual(expected)
  expect(await values(gzipSync(text(input)))).toEqual(expected)
})

test('a bad line is told by its number and the next ones are still read', async () => {
  expect(await read(text('{"a":1}\n{"a":\n{"a":3}\n'))).toEqual([
    { at: 'line 1', value: { a: 1 } },
    { at: 'line 2', problem: expect.stringContaining('not JSON') },
    { at: 'line 3', value: { a: 3 } },
  ])
})

test('a document that is cut off is told', async () => {
  expect(await read(text('[{"a":1},\n{"a"'))).toEqual([
    { at: 'line 1', problem: expect.stringContaining('not JSON') },
    { at: 'line 2', problem: expect.stringContaining('not JSON') },
  ])
})

test('a bad first line does not hide the others', async () => {
  expect(await read(text('{"a":\n{"a":2}\n'))).toEqual([
    { at: 'line 1', problem: expect.stringContaining('not JSON') },
    { at: 'line 2', value: { a: 2 } },
  ])
})

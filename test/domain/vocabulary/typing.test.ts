import { describe, expect, it } from 'vitest'
import { beginsNearly } from '../../../domain/vocabulary/typing.ts'

describe('beginsNearly', () => {
  it.each([
    ['poumon', 'poumn', true],
    ['poumon', 'pumon', true],
    ['poumon', 'poumom', true],
    ['poumon', 'puomon', true],
    ['pembrolizumab', 'pembrlo', true],
    ['pembrolizumab', 'pembrolizumabe', true],
    ['sein', 'siem', false],
    ['sein', 'sien', false],
    ['poumon', 'mouton', false],
    ['glioblastome', 'gloiblastmoe', true],
    ['glioblastome', 'gabcdlastome', false],
    ['', 'poumon', false],
  ])('%s, typed %s: %s', (word, typed, expected) => {
    expect(beginsNearly(word, typed)).toBe(expected)
  })
})

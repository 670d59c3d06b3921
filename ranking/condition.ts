import { unaccented } from '../domain/accents.ts'
import type { Trial } from '../domain/trial.ts'
import { bytes } from './columns.ts'
import { BROAD, type Code, MET, UNKNOWN } from './verdict.ts'

/** Words that carry no disease. */
const EMPTY_WORDS = new Set(
  'a an and au aux avec by d de des du en et for in l la le les of on or ou par patients pour subjects the to un une with'.split(
    ' ',
  ),
)

/** Lower case, without accents, plural s or empty words: `Diseases of the Heart` → `disease heart`. */
export function words(text: string): string[] {
  const plain = unaccented(text).replace(/[^\p{L}\p{N}]+/gu, ' ')
  const found = plain.split(' ').filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  return found.map((word) =>
    word.length > 4 && word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word,
  )
}

/** How a trial names a disease: as its own, or beside it: as a family its own belongs to, or in passing. */
type Naming = 'own' | 'beside'

/** The disease names of a trial, as word lists. */
export function namesOf(trial: Pick<Trial, 'conditions' | 'keywords' | 'meshTerms' | 'meshAncestors' | 'briefTitle'>) {
  const names = new Map<string, Naming>()
  const add = (texts: string[], naming: Naming) => {
    for (const text of texts) {
      const name = words(text).join(' ')
      if (name !== '' && !names.has(name)) names.set(name, naming)
    }
  }
  add([...trial.conditions, ...trial.meshTerms.map(({ term }) => term)], 'own')
  add([...trial.meshAncestors.map(({ term }) => term), ...trial.keywords, trial.briefTitle], 'beside')
  return names
}

/** Trials that name a condition. Good until the next condition is looked for. */
export interface Named {
  slots: readonly number[]
  /** Slot → verdict; 0 for all others. */
  code: Uint8Array
}

/**
 * Every trial by the names of its diseases. Distinct names are kept once, and stay when the last trial with them goes;
 * a question is compared with names, not with trials.
 */
export interface ConditionIndex {
  add(slot: number, names: ReadonlyMap<string, Naming>): void
  remove(slot: number, names: ReadonlyMap<string, Naming>): void
  /**
   * Trials that name the condition: `met` when one of their own diseases contains all the words; `unknown` when only a
   * family or a title does (the trial may be narrower than what was said), or when their disease is named by some
   * of the words (two at least): "multiple sclerosis" for "relapsing multiple sclerosis", counted as a broad match.
   */
  find(condition: string): Named
}

/** A name: how many different words it has, and the trials with it. */
interface Name {
  words: number
  trials: Record<Naming, number[]>
}

export function createConditionIndex(): ConditionIndex {
  const numbers = new Map<string, number>()
  const names: Name[] = []
  const namesByWord = new Map<string, number[]>()
  // Room for one question, wiped before the next: of each name the words shared, and of each trial the verdict.
  const shared = bytes()
  const code = bytes()
  const found: number[] = []

  function numberOf(name: string): number {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const own = new Set(name.split(' '))
    const number = names.push({ words: own.size, trials: { own: [], beside: [] } }) - 1
    numbers.set(name, number)
    shared.reserve(number + 1)
    for (const word of own) {
      const others = namesByWord.get(word)
      if (others) others.push(number)
      else namesByWord.set(word, [number])
    }
    return number
  }

  function mark(slots: readonly number[], verdict: Code): void {
    for (const slot of slots) {
      const before = code.data[slot] as number
      if (before === 0) found.push(slot)
      if (before === 0 || verdict < before) code.data[slot] = verdict
    }
  }

  return {
    add(slot, own) {
      code.reserve(slot + 1)
      for (const [name, naming] of own) names[numberOf(name)]?.trials[naming].push(slot)
    },
    remove(slot, own) {
      for (const [name, naming] of own) {
        const slots = names[numberOf(name)]?.trials[naming] ?? []
        slots.splice(slots.indexOf(slot), 1)
      }
    },
    find(condition) {
      for (const slot of found) code.data[slot] = 0
      found.length = 0
      const asked = new Set(words(condition))
      const touched: number[] = []
      for (const word of asked)
        for (const name of namesByWord.get(word) ?? []) {
          const count = shared.data[name] as number
          if (count === 0) touched.push(name)
          shared.data[name] = count + 1
        }
      for (const number of touched) {
        const { words: distinct, trials } = names[number] as Name
        const count = shared.data[number] as number
        shared.data[number] = 0
        if (count === asked.size) {
          mark(trials.own, MET)
          mark(trials.beside, UNKNOWN)
        } else if (count === distinct && distinct >= 2) mark(trials.own, BROAD)
      }
      return { slots: found, code: code.data }
    },
  }
}

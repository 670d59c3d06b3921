import type { Trial } from '../domain/trial.ts'
import { BROAD, type Code, MET, UNKNOWN } from './verdict.ts'

/** Words that carry no disease. */
const EMPTY_WORDS = new Set(
  'a an and au aux avec by d de des du en et for in l la le les of on or ou par patients pour subjects the to un une with'.split(
    ' ',
  ),
)

/** Lower case, without accents, plural s or empty words: `Diseases of the Heart` → `disease heart`. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
  const found = plain.split(' ').filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  return found.map((word) =>
    word.length > 4 && word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word,
  )
}

/** How a trial names a disease: as its own, as a family its own belongs to, or in passing. */
type Naming = 'own' | 'family' | 'passing'

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
  add(
    trial.meshAncestors.map(({ term }) => term),
    'family',
  )
  add([...trial.keywords, trial.briefTitle], 'passing')
  return names
}

const MATCHES_WHEN_WHOLE: Record<Naming, Code> = { own: MET, family: UNKNOWN, passing: UNKNOWN }

/**
 * Every trial by the names of its diseases. Distinct names are kept once; a question is compared with names, not
 * with trials.
 */
export interface ConditionIndex {
  add(slot: number, names: ReadonlyMap<string, Naming>): void
  remove(slot: number, names: ReadonlyMap<string, Naming>): void
  /**
   * Trials that name the condition: `met` when one of their own diseases contains all the words; `unknown` when only a
   * family or a title does (the trial may be narrower than what was said), or when their disease is named by some
   * of the words (two at least): "multiple sclerosis" for "relapsing multiple sclerosis", counted as a broad match.
   */
  find(condition: string): Map<number, Code>
}

export function createConditionIndex(): ConditionIndex {
  const namesByWord = new Map<string, Set<string>>()
  const trialsByName = new Map<string, Map<number, Naming>>()

  return {
    add(slot, names) {
      for (const [name, naming] of names) {
        let trials = trialsByName.get(name)
        if (!trials) {
          trials = new Map()
          trialsByName.set(name, trials)
          for (const word of name.split(' ')) {
            const known = namesByWord.get(word)
            if (known) known.add(name)
            else namesByWord.set(word, new Set([name]))
          }
        }
        trials.set(slot, naming)
      }
    },
    remove(slot, names) {
      for (const name of names.keys()) {
        const trials = trialsByName.get(name)
        if (!trials) continue
        trials.delete(slot)
        if (trials.size > 0) continue
        trialsByName.delete(name)
        for (const word of name.split(' ')) {
          const known = namesByWord.get(word)
          known?.delete(name)
          if (known?.size === 0) namesByWord.delete(word)
        }
      }
    },
    find(condition) {
      const asked = [...new Set(words(condition))]
      const shared = new Map<string, number>()
      for (const word of asked) {
        for (const name of namesByWord.get(word) ?? []) shared.set(name, (shared.get(name) ?? 0) + 1)
      }
      const found = new Map<number, Code>()
      for (const [name, count] of shared) {
        const whole = count === asked.length
        const distinct = new Set(name.split(' ')).size
        const inside = !whole && count === distinct && distinct >= 2
        if (!whole && !inside) continue
        for (const [slot, naming] of trialsByName.get(name) ?? []) {
          if (inside && naming !== 'own') continue
          const code = whole ? MATCHES_WHEN_WHOLE[naming] : BROAD
          const before = found.get(slot)
          if (before === undefined || code < before) found.set(slot, code)
        }
      }
      return found
    },
  }
}

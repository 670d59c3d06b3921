import type { Document, Sentence } from '../sentences.ts'
import { readAtoms } from './atoms.ts'
import { allOf, anyOf, type Formula } from './formula.ts'
import type { Atom } from './grammar.ts'
import { EXPRESSED } from './kinds.ts'
import { type Literal, literalsOfAtom, type Reading } from './literals.ts'
import { isNeutral, isPlausible } from './neutral.ts'
import { tokenise } from './tokens.ts'

export const NOTHING: Reading = { required: null, excluded: [] }

/** What one sentence asks for and rules out, by its side. */
export function readSentence(document: Document, sentence: Sentence): Reading {
  if (sentence.side === 'allowed') return NOTHING
  const plain = document.plain.slice(sentence.start, sentence.end).replace(/\n/g, ' ')
  const tokens = tokenise(plain, sentence.text)
  if (!tokens) return NOTHING
  const atoms = readAtoms(tokens).filter((atom) => isPlausible(atom) && !isNeutral(sentence.text, atom, sentence.side))
  if (atoms.length === 0) return NOTHING
  const literals = (atom: Atom) => literalsOfAtom(atom, { sentence })
  if (sentence.side === 'out') return { required: null, excluded: excludedBy(sentence, atoms, literals) }
  return requiredBy(sentence.text, atoms, literals)
}

const STILL_ADMITTED =
  /\b(?:who (?:have|has|are|were|had) (?:not|never)|that (?:have|has) not|without prior|unless|must have|should have|if (?:they|the|no)|in case|not (?:previously )?treated|who did not)\b/

/** Exclusion: what is there keeps out; what is denied there ("no CD20 expression") must be there. */
function excludedBy(sentence: Sentence, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Literal[] {
  return atoms.flatMap((atom) => {
    const after = sentence.text.slice(atom.end, atom.end + 90)
    const admitted = STILL_ADMITTED.exec(after)
    if (
      atom.excepted ||
      (admitted && !/\b(?:or|and) (?:those|patients|who)\b/.test(after.slice(0, admitted.index + 12)))
    )
      return []
    if (!atom.denied) return literals(atom)
    return literals(atom).map((literal) => ({ ...literal, alteration: opposite(atom, literal.alteration) }))
  })
}

const opposite = (atom: Atom, alteration: string) =>
  atom.alteration.sign === '-' ? 'positive' : EXPRESSED.has(alteration) ? 'negative' : 'wild_type'

/** Markers whose absence is itself how the disease is named: "HER2-negative" stays a requirement. */
const isAbsenceNamed = (atom: Atom) => atom.alteration.sign === '-' && atom.alteration.code !== 'wild_type'

/** Inclusion: alternatives are joined by "or", the others by "and"; what is denied or unchanged rules its change out. */
export function requiredBy(text: string, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Reading {
  const excluded: Literal[] = []
  const clauses: { atoms: Atom[]; parts: Formula<Literal>[] }[] = []
  for (const atom of atoms) {
    if (atom.excepted) continue
    const unaltered = atom.alteration.code === 'wild_type'
    if (atom.denied !== unaltered) {
      const change = unaltered ? 'mutation' : atom.alteration.code
      excluded.push(...literals(atom).map((literal) => ({ ...literal, alteration: change })))
      continue
    }
    if (atom.denied && unaltered) continue
    const made = literals(atom).map((one): Formula<Literal> => ({ one }))
    const formula = isAbsenceNamed(atom) ? allOf(made) : anyOf(made)
    if (!formula) continue
    const open = clauses[clauses.length - 1]
    if (open && isAlternative(text, open.atoms, atom)) {
      open.atoms.push(atom)
      open.parts.push(formula)
    } else clauses.push({ atoms: [atom], parts: [formula] })
  }
  return { required: allOf(clauses.map(({ parts }) => anyOf(parts))), excluded }
}

/** Whether an atom is one more alternative to those before it. */
function isAlternative(text: string, before: readonly Atom[], atom: Atom): boolean {
  const [first] = before
  const last = before[before.length - 1]
  if (!first || !last) return false
  if (last.marker === atom.marker || atom.join === 'or') return true
  if (last.alteration.sign !== atom.alteration.sign || isAbsenceNamed(atom)) return false
  if (atom.join === 'slash') return !(isReceptor(last) && isReceptor(atom) && last.genes[0] !== 'ER')
  const lists = isGeneChange(last) && isGeneChange(atom)
  if (atom.join === 'comma') return lists || LATER_OR.test(text.slice(atom.end, atom.end + 64))
  if (!lists) return false
  if (atom.join === 'and') return !TOGETHER.test(text.slice(Math.max(0, last.start - 40), atom.end))
  return ONE_OF.test(text.slice(Math.max(0, first.start - 60), atom.start))
}

const LATER_OR = /^[^.;]{0,60}\bor\b/
const TOGETHER = /\bboth\b|\bco-?(?:mut|occ)|\bconcurrent/
const ONE_OF = /\b(?:or|either|one of|any of|at least one)\b/
const RECEPTORS = new Set(['ER', 'PR', 'HR', 'ERBB2'])
const isReceptor = (atom: Atom) => atom.genes.some((gene) => RECEPTORS.has(gene))
const isGeneChange = (atom: Atom) => !EXPRESSED.has(atom.alteration.code) && atom.alteration.code !== 'negative'

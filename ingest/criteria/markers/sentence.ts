import type { Document, Sentence } from '../sentences.ts'
import { readAtoms } from './atoms.ts'
import { allOf, anyOf, type Formula } from './formula.ts'
import type { Atom, Token } from './grammar.ts'
import { EXPRESSED } from './kinds.ts'
import { type Literal, literalsOf, literalsOfAtom, type Reading } from './literals.ts'
import { isNeutral, isNotAsked, isPlausible, withoutBrackets } from './neutral.ts'
import { withoutBothWays, withoutDefinitions } from './opposed.ts'
import { tokenise } from './tokens.ts'
import { saidOfSome } from './tumours.ts'

const NOTHING: Reading = { required: null, excluded: [], ofSome: [], notAsked: [] }

/** What one sentence asks for and rules out, by its side. */
export function readSentence(document: Document, sentence: Sentence): Reading {
  const also = sentence.side === 'allowed' && sentence.section !== 'exclusion' && ALSO_TAKEN.test(sentence.text)
  if (sentence.side === 'allowed' && !also) return NOTHING
  const plain = document.plain.slice(sentence.start, sentence.end).replace(/\n/g, ' ')
  const tokens = tokenise(plain, sentence.text)
  if (!tokens) return NOTHING
  const { text } = sentence
  const read = readAtoms(FOR_ELIGIBILITY.test(text) ? tokens.map(asWanted) : tokens)
  const asked = read.filter((atom) => isPlausible(atom) && !isNeutral(text, atom, sentence.side))
  const atoms = withoutBothWays(withoutDefinitions(text, asked))
  const notAsked = read.flatMap((atom) => (sentence.side !== 'out' && isNotAsked(text, atom) ? atom.genes : []))
  if (atoms.length === 0) return { ...NOTHING, notAsked }
  const literals = (atom: Atom) => literalsOfAtom(atom, { sentence })
  if (also) return { ...NOTHING, ofSome: atoms.flatMap((atom) => (atom.denied || atom.excepted ? [] : literals(atom))) }
  const ofSome = isOpenAlternative(text, atoms) ? new Set(atoms) : saidOfSome(plain, sentence.text, atoms)
  const ofAll = atoms.filter((atom) => !ofSome.has(atom))
  if (sentence.side === 'out') return { ...NOTHING, excluded: excludedBy(sentence, ofAll, literals) }
  const some = requiredBy(
    sentence.text,
    atoms.filter((atom) => ofSome.has(atom)),
    literals,
  )
  const { required, excluded } = requiredBy(sentence.text, ofAll, literals)
  return { required, excluded, ofSome: some.required ? literalsOf(some.required) : [], notAsked }
}

const OPEN_OR =
  /[a-z]{3}[^.;]{15,},? or (?:must have|must be|who have|have|has|with) (?:(?!to\b|on\b|after\b|from\b|with\b)[a-z-]+[,:]? ){0,7}$/

/** "Relapse after two lines, or must have high-risk features such as …": who meets the first needs no marker. */
const isOpenAlternative = (text: string, [first]: readonly Atom[]) =>
  first !== undefined && OPEN_OR.test(text.slice(Math.max(0, first.start - 200), first.start))

/** "… with TP53 mutations are also eligible": another way in, without conditions of its own. */
const ALSO_TAKEN = /\b(?:also (?:be )?(?:eligible|included|enrolled)|(?:can|will) be (?:included|enrolled))[ .;)]*$/

/** "The expression of GD2 will be determined for eligibility": what is tested must be there. */
const FOR_ELIGIBILITY =
  /\b(?:determined|assessed|evaluated|tested|confirmed|required) (?:[a-z]+ ){0,3}?for (?:study )?(?:eligibility|enrol\w+|inclusion|entry)\b/
const asWanted = (token: Token): Token =>
  token.type === 'test' ? { type: 'filler', start: token.start, end: token.end } : token

const STILL_ADMITTED =
  /\b(?:who (?:have|has|are|were|had) (?:not|never)|that (?:have|has) not|without prior|unless|(?:must|should) have(?! (?:a )?(?:been )?(?:confirmed|documented|known|tested|available))|if (?:they|the|no)|in case|not (?:previously )?treated|who did not)\b/

/** "EGFR mutation previously treated with osimertinib": the treatment keeps out, not the marker alone. */
const AND_TREATED =
  /^(?:(?! or | and\/or |,)[^.;]){0,60}?\b(?:(?:previously|already|have been|has been|had been) (?:treated|exposed)|treated with|have used|(?:have|has|had) received)\b/
/** "HER2 mutation without HER2 expression", "therapy without a positive test": both together keep out. */
const WITHOUT_IT = /\b(?:therap\w*|treat\w*|mutations?|fusions?|positive|amplification)\b[^.;]{0,60}\bwithout\b/
const UNLESS = /\b(?:unless|until|sauf si|a moins)\b/

/** Exclusion: what is there keeps out; what is denied there ("no CD20 expression") must be there. */
function excludedBy(sentence: Sentence, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Literal[] {
  return atoms.flatMap((atom) => {
    const after = sentence.text.slice(atom.end, atom.end + 90)
    const admitted = STILL_ADMITTED.exec(after)
    if (
      atom.excepted ||
      (admitted && !/\b(?:or|and) (?:those|patients|who)\b/.test(after.slice(0, admitted.index + 12))) ||
      AND_TREATED.test(withoutBrackets(after)) ||
      /^[^,;.]{0,30}\bwithout\b/.test(after) ||
      (atom.denied && WITHOUT_IT.test(sentence.text.slice(0, atom.start))) ||
      UNLESS.test(sentence.text.slice(0, atom.start))
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

type Asked = Pick<Reading, 'required' | 'excluded'>

/**
 * Inclusion: alternatives are joined by "or", the others by "and"; what is denied or unchanged rules its change out.
 */
export function requiredBy(text: string, atoms: readonly Atom[], literals: (atom: Atom) => Literal[]): Asked {
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

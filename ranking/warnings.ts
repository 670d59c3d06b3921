import type { Remark } from '../domain/answer.ts'
import type { Language, Question } from '../domain/question.ts'
import type { Point } from '../domain/trial.ts'
import type { Scan } from './scan.ts'
import type { Words } from './words.ts'

interface Asked {
  point: Point | null
  placePrecision?: 'city' | 'area'
  textScores: ReadonlyMap<string, number> | null
  lang: Language
}

/** What the person should know about the answer as a whole. */
export function answerWarnings(question: Question, context: Asked, scan: Scan): Remark[] {
  const remarks: Remark[] = []
  const add = (code: string, words: Words) => remarks.push({ code, text: words[context.lang] })

  if (question.text !== undefined && context.textScores === null)
    add('text_ignored', {
      fr: 'La recherche en texte libre n’est pas disponible pour le moment : le texte n’a pas été pris en compte.',
      en: 'Free-text search is not available at the moment: the text was not taken into account.',
    })
  if (context.point !== null && context.placePrecision === 'area')
    add('place_approximate', {
      fr: 'Le lieu indiqué n’est situé qu’approximativement : les distances le sont aussi.',
      en: 'The place given is located only approximately, and so are the distances.',
    })
  if (question.radiusKm !== undefined && context.point === null)
    add('radius_ignored', {
      fr: 'Sans lieu, le rayon n’a pas été pris en compte.',
      en: 'Without a place, the radius was not taken into account.',
    })
  if (scan.unlocated > 0)
    add('radius_unlocated', {
      fr: `${scan.unlocated === 1 ? 'Un essai dont aucun centre n’est situé n’a pas pu être comparé' : `${scan.unlocated} essais dont aucun centre n’est situé n’ont pas pu être comparés`} au rayon demandé.`,
      en: `${scan.unlocated === 1 ? 'One trial without a located site' : `${scan.unlocated} trials without a located site`} could not be compared with the radius.`,
    })
  return remarks
}

/*
 * Words too common to find a trial by. Left out on purpose: `car` and `her` (CAR-T, HER2), `sein` (breast).
 */

const FRENCH =
  'au aux avec ce ces cet cette dans de des du elle elles en est et etc etre eux il ils je la le les leur leurs lors lui ma mais me meme mes moi mon ne nos notre nous on ou par pas plus pour qu que qui sa sans se ses si soit son sont sous sur ta te tes toi ton tous tout toute toutes tres tu un une vos votre vous ayant ainsi afin aussi chez dont entre selon depuis apres avant pendant comme deja peut peuvent doit doivent avoir ete fait faire'
const ENGLISH =
  'a about after all also an and any are as at be been before being between both but by can could did do does during each either else for from further had has have having he his how if in into is it its may me might more most must my no nor not of off on once only or other our out over own per she should so some such than that the their them then there these they this those through to too under until up upon us very was we were what when where which while who whom why will with within without would you your'

/** French and English words that carry no subject, folded (no accents). */
export const STOP_WORDS: ReadonlySet<string> = new Set(`${FRENCH} ${ENGLISH}`.split(' '))

/** Words that every trial shares: of no use in a question, left out of it unless nothing else remains. */
export const QUESTION_NOISE: ReadonlySet<string> = new Set(
  'essai essais etude etudes clinique cliniques recherche protocole protocoles traitement traitements patient patients patiente patientes maladie trial trials study studies clinical research treatment treatments disease participant participants contre'.split(
    ' ',
  ),
)

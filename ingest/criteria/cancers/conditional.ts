const PEOPLE = '(?:all |any |the |those )?(?:patients?|participants?|subjects?|people|adults|women|men|cases|those)'
const WITH = '(?: (?:with|having|who have|in))'
/** Words between the people and their disease; none that says how it was found. */
const ADJECTIVES = '(?: (?!confirm|diagnos|histolog|cytolog|patholog|proven|document)[a-z/+-]+){0,4}'

const FOR_THOSE = new RegExp(`^(?:for|if|in|among)(?: ${PEOPLE}${WITH}?)?${ADJECTIVES} $`)
const THOSE_WITH = new RegExp(`^${PEOPLE}${WITH}${ADJECTIVES} $`)
const MUST =
  /^[^.;:]{0,60}\b(?:must|should|shall|needs?|have to|(?:is|are) (?:required|needed|eligible|allowed|permitted))\b/

/**
 * "For oropharyngeal cancer, …", "patients with HCC must have …": says what holds of those people, not who they all
 * are.
 */
export const isConditional = (before: string, after: string): boolean =>
  FOR_THOSE.test(before) || (THOSE_WITH.test(before) && MUST.test(after))

const ALSO_TAKEN =
  /^[^.;:]{0,60}\b(?:is|are|will be|may be|can be)(?: also)? (?:included|eligible|allowed|permitted|accepted|acceptable|enrolled)\b/

/** "Mucosal and ocular melanomas are included": kinds taken beside the others of their organ. */
export const isAlsoTaken = (after: string): boolean => ALSO_TAKEN.test(after)

// Pieces of expressions over folded text, English and French.

/** At most the number that follows. */
export const AT_MOST =
  '(?:<=|</=|≤|=<|< ?(?:/|or)? ?=|< or equal to|at or below|equal (?:to )?or (?:less|lower|better|inferior) (?:than|to)|(?:is |of )?(?:less than|lower than|inferior|inferieure?|below) (?:or )?(?:equal )?(?:to |ou egale? a )|no (?:more|greater|higher|worse) than|not (?:more|greater|higher|worse) than|not exceeding|at most|maximum(?: of)?|max\\.?|up to|au plus|au maximum|maximal(?:e)? de)'
/** Less than the number that follows. */
export const BELOW = '(?:<|less than|lower than|better than|below|under|inferieure? a|moins de)'
/** At least the number that follows. */
export const AT_LEAST =
  '(?:>=|>/=|≥|=>|> ?(?:/|or)? ?=|> or equal to|at or above|equal (?:to )?or (?:greater|more|higher|superior) (?:than|to)|(?:above|over) or equal to|(?:greater|more|higher) than or equal to|greater or equal to|superieure? ou egale? a|at least|no (?:less|lower|worse) than|not (?:less|lower|worse) than|minimum(?: of)?|au moins)'
/** More than the number that follows. */
export const ABOVE = '(?:>|greater than|more than|higher than|above|over|superieure? a|plus de|worse than)'
/** The sign again, in brackets behind its words. */
export const SYMBOL_NOTE = '(?:\\((?:<=|≤|>=|≥|<|>|=|<|=<)\\) ?)?'

/** A question that cannot be put: `pointer` is the JSON pointer of the field to change. */
export class QuestionError extends Error {
  readonly pointer: string

  constructor(pointer: string, message: string) {
    super(message)
    this.name = 'QuestionError'
    this.pointer = pointer
  }
}

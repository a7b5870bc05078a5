/** A form's body is not what its content type says. */
export class FormParseError extends Error {
  override readonly name = 'FormParseError'
}

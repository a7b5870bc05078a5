/** No application can be found or loaded; the message says what was looked for. */
export class NoAppException extends Error {
  override readonly name = 'NoAppException'
}

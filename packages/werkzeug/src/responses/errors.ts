/** A file cannot be sent, because it is not said what to call it. */
export class FileNameMissingError extends TypeError {
  override readonly name = 'FileNameMissingError'

  constructor(purpose: string) {
    super(
      `sendFile() has no file name to ${purpose}: set 'downloadName', or pass a path in place of the content`,
    )
  }
}

/** The server cannot listen where it was told to; the message says what to do about it. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
}

/** An option of the server is impossible. */
export class ServerOptionError extends Error {
  override readonly name = 'ServerOptionError'
}

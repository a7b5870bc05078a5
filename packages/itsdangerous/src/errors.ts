/** What the errors about a signature carry. The payload is not to be trusted. */
export interface BadSignatureOptions extends ErrorOptions {
  /** The value that failed the test, as bytes or text as it was given. */
  readonly payload?: string | Uint8Array | undefined
}

/** What the errors about a timestamp carry besides. */
export interface BadTimeSignatureOptions extends BadSignatureOptions {
  /** When the value claims to have been signed. */
  readonly dateSigned?: Date | undefined
}

/** Bad data of any kind: the root of this package's errors. */
export class BadData extends Error {
  override name = 'BadData'
}

/** A signature does not match its value. */
export class BadSignature extends BadData {
  override name = 'BadSignature'
  /** The value that failed the test, or `undefined` where there was none. Decode it only if that is safe. */
  readonly payload: string | Uint8Array | undefined

  constructor(message: string, options: BadSignatureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.payload = options.payload
  }
}

/** A time-based signature does not match, or its time cannot be read. */
export class BadTimeSignature extends BadSignature {
  override name = 'BadTimeSignature'
  /** When the value claims to have been signed, if that could be read. */
  readonly dateSigned: Date | undefined

  constructor(message: string, options: BadTimeSignatureOptions = {}) {
    super(message, options)
    this.dateSigned = options.dateSigned
  }
}

/** A signature is good but older than the maximum age, or from the future. */
export class SignatureExpired extends BadTimeSignature {
  override name = 'SignatureExpired'
}

/** The header of a signed message is missing or malformed. */
export class BadHeader extends BadSignature {
  override name = 'BadHeader'
}

/** A signature is good but its payload cannot be loaded; `cause` says why. */
export class BadPayload extends BadData {
  override name = 'BadPayload'
}

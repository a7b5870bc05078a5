/**
 * Where one end of a connection is. For a Unix socket `host` is its path (or empty) and `port` is 0.
 */
export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * The header fields of one request, in wire order with the sender's spelling.
 *
 * Lookup is by lower-case name. Bytes above 0x7f are Latin-1 characters.
 */
export interface RequestHeaders extends Iterable<readonly [name: string, value: string]> {
  /** The value of a field, or `undefined`. Repeated fields are joined by `, ` (`Cookie` by `; `). */
  get(lowerCaseName: string): string | undefined
  /** Whether the field is there. */
  has(lowerCaseName: string): boolean
  /** Every line of a field, in wire order. */
  getAll(lowerCaseName: string): readonly string[]
}

/**
 * The body of one request. It can be read once: with `read` or by iterating.
 */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** The announced size in bytes; 0 if there is no body, `undefined` if it is not known before its end (chunked). */
  readonly length: number | undefined
  /** The whole body where it had already arrived when the application was called, else `undefined`. Empty for no body. */
  readonly bytes: Uint8Array | undefined
  /**
   * Reads the whole body, or as much of it as the limit lets in.
   *
   * @param limit - The largest size in bytes that is wanted; nothing beyond it is buffered.
   * @returns The bytes, or `undefined` where the body is larger than `limit`.
   * @throws If the client went away or broke the framing in the middle.
   */
  read(limit?: number): Promise<Uint8Array | undefined>
}

/**
 * Takes a connection over from the HTTP server, for a protocol such as WebSocket.
 */
export interface Upgrade {
  /** The requested protocols as sent in the `Upgrade` field. */
  readonly protocol: string
  /**
   * Takes the socket: from here on the server neither reads nor writes it.
   *
   * @returns The socket, with the bytes that had arrived after the request's head.
   */
  take(): { readonly socket: import('node:stream').Duplex; readonly head: Uint8Array }
}

/**
 * One request as the server hands it to an application: the counterpart of PEP 3333's `environ`.
 */
export interface Environ {
  /** As sent: a token, in upper case for the registered methods. */
  readonly method: string
  /** The request target in origin form exactly as on the wire: path and optional `?query`, `scriptName` included. */
  readonly target: string
  /** `HTTP/1.1`, `HTTP/1.0` or `HTTP/2.0`. */
  readonly protocol: string
  readonly scheme: 'http' | 'https'
  readonly headers: RequestHeaders
  readonly body: RequestBody
  /** Our end of the connection. */
  readonly local: Address
  /** The peer's end of the connection. */
  readonly remote: Address
  /** Where the application is mounted, percent-decoded; empty at the root. `target` still begins with it. */
  readonly scriptName: string
  /** Aborted when the client goes away before the response is complete. Made on first use. */
  readonly signal: AbortSignal
  /** There if the client asks to change the protocol and the server can hand the connection over. */
  readonly upgrade?: Upgrade | undefined
}

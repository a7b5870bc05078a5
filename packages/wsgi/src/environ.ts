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
  /** The value of a field, or `undefined`. Repeated fields are joined by `,` (`Cookie` by `; `). */
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
  /** The fields that came after a chunked body. There once the body was read to its end, and only on servers that keep them. */
  readonly trailers?: RequestHeaders | undefined
}

/** What is known of the encrypted connection that a request came over. */
export interface TlsInfo {
  /** `TLSv1.3`, for instance. */
  readonly protocol: string
  readonly cipher: string
  /** The name that the client asked for (SNI), or empty. */
  readonly serverName: string
  /** Whether the client showed a certificate that the server's authorities vouch for. */
  readonly authorized: boolean
  /** The subject of the client's certificate, `undefined` where it showed none. */
  readonly clientSubject: Readonly<Record<string, string | string[] | undefined>> | undefined
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
 *
 * Middleware that changes a member makes a new environ with `deriveEnviron`. An environ must therefore stay readable
 * through `Object.create(environ)`, and its members need not be its own properties: spreading one may lose them.
 */
export interface Environ {
  /** As sent: a token, in upper case for the registered methods. */
  readonly method: string
  /**
   * The request target in origin form exactly as on the wire: path and optional `?query`, `scriptName` included.
   * It is `*` for `OPTIONS *` and `host:port` for CONNECT.
   */
  readonly target: string
  /** `HTTP/1.1`, `HTTP/1.0` or `HTTP/2.0`; a higher minor version is given as it was sent. */
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
  /** Aborted when the client goes away (or ends its side) before the response is complete. Made on first use. */
  readonly signal: AbortSignal
  /** There if the client asks to change the protocol and the server can hand the connection over. */
  readonly upgrade?: Upgrade | undefined
  /** There if the request came over TLS and the server can tell about it. */
  readonly tls?: TlsInfo | undefined
}

/**
 * An environ with some members replaced, which reads through to the original for all others.
 *
 * @param changes - For instance `{ scriptName: '/mounted' }`.
 */
export function deriveEnviron(environ: Environ, changes: Partial<Environ>): Environ {
  const derived: Environ = Object.create(environ)
  for (const [name, value] of Object.entries(changes)) {
    Object.defineProperty(derived, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return derived
}

/**
 * Everything that a client controls, and how much of it the server lets in. Sizes are in bytes, times in
 * milliseconds; `Infinity` lifts a limit.
 */
export interface Limits {
  /** The longest request line without its CRLF; beyond it 414. */
  readonly maxRequestLine: number
  /** The most field lines of one head, and of one trailer section; beyond it 431. */
  readonly maxFields: number
  /** The largest field line with its CRLF, also a chunk-size line; beyond it 431. */
  readonly maxFieldSize: number
  /** The largest head in all, request line and field lines; beyond it 431. */
  readonly maxHeadSize: number
  /** The largest body; beyond it 413. The default is no limit here: frameworks have limits of their own. */
  readonly maxBodySize: number
  /** How much of an unread body is read and dropped to keep the connection, before it is closed instead. */
  readonly maxDrain: number
  /** How many pipelined bytes may wait while a response is being made, before reading stops. */
  readonly maxPipelined: number
  /** How many pipelined requests of one connection are answered before the others get their turn. */
  readonly maxBatch: number
  /** How many bytes of a body are buffered for an application that does not read them yet. */
  readonly bodyBuffer: number
  /** The most open connections; beyond it new ones are closed at once. */
  readonly maxConnections: number
  /** Time for a whole head, from its first byte (for the first request: from the connection); beyond it 408. */
  readonly headTimeout: number
  /** Time between two arrivals of a body that is waited for; beyond it 408. */
  readonly bodyTimeout: number
  /** Time for a whole request, head and body; beyond it 408. */
  readonly requestTimeout: number
  /** How long a connection may idle between requests. Behind a load balancer it must exceed the balancer's own. */
  readonly keepAliveTimeout: number
  /** How long the client may take none of the bytes that wait for it, before the connection is cut. */
  readonly writeTimeout: number
  /** How long a connection that the server has ended waits for the client's own end. */
  readonly lingerTimeout: number
  /** The most requests on one connection; the last is answered with `Connection: close`. */
  readonly maxRequestsPerConnection: number
}

/** The limits of a server that was given none. The first three are Gunicorn's. */
export const defaultLimits: Limits = {
  maxRequestLine: 4094,
  maxFields: 100,
  maxFieldSize: 8190,
  maxHeadSize: 64 * 1024,
  maxBodySize: Number.POSITIVE_INFINITY,
  maxDrain: 256 * 1024,
  maxPipelined: 64 * 1024,
  maxBatch: 64,
  bodyBuffer: 64 * 1024,
  maxConnections: Number.POSITIVE_INFINITY,
  headTimeout: 30_000,
  bodyTimeout: 30_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 75_000,
  writeTimeout: 60_000,
  lingerTimeout: 2_000,
  maxRequestsPerConnection: Number.POSITIVE_INFINITY,
}

/**
 * The defaults with some limits replaced.
 *
 * @throws RangeError if a limit is negative or not a number.
 */
export function resolveLimits(given: Partial<Limits> = {}): Limits {
  const limits: Record<string, number> = { ...defaultLimits }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!(name in defaultLimits)) throw new RangeError(`there is no limit named ${name}`)
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new RangeError(`${name} must be a number of at least 0 (Infinity for none), not ${value}`)
    }
    limits[name] = value
  }
  return limits as unknown as Limits
}

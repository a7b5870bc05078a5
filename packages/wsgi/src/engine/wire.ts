import type { Ends } from './ends.ts'
import type { Engine } from './engine.ts'
import type { Outgoing } from './outgoing.ts'
import type { ProxyHeader } from './proxy-protocol.ts'

/** What one exchange needs of the connection that it is on. */
export interface Wire {
  readonly engine: Engine
  readonly out: Outgoing
  readonly ends: Ends
  /** What the PROXY protocol said, while the first request is at work. */
  readonly proxy: ProxyHeader | undefined
  /** Whether the connection can be kept after this response, as far as the request's body is concerned. */
  mayPersist(): boolean
  /** The response was written to its end. */
  exchangeDone(keepAlive: boolean): void
  /** The response broke off in the middle: only closing the connection tells the client. */
  abandon(): void
  /** Hands the connection over. */
  takeOver(): { readonly socket: import('node:stream').Duplex; readonly head: Uint8Array }
}

import type { WsgiResponse } from '../application.ts'

/** A function that closes a response at its first call and does nothing at later ones. */
export function closeOnce(response: WsgiResponse): () => void {
  let closed = false
  return () => {
    if (closed) return
    closed = true
    response.close?.()
  }
}

/** Fields that belong to one connection and mean nothing beyond it (RFC 9110, 7.6.1). */
export const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

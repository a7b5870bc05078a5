import type { Socket } from 'node:net'
import type { TLSSocket, Server as TlsServer } from 'node:tls'
import { Input } from '../engine/input.ts'
import { type ProxyHeader, readProxyHeader } from '../engine/proxy-protocol.ts'

/** What was read on sockets whose TLS handshake came after it. */
const headers = new WeakMap<Socket, ProxyHeader>()

/**
 * Reads the PROXY header with which a connection begins, then lets the TLS handshake begin. A malformed header, or one
 * that does not come, ends the connection without an answer: nothing could be said before the handshake.
 *
 * @param timeout - In milliseconds.
 */
export function readProxyFirst(socket: Socket, timeout: number, secure: TlsServer): void {
  const input = new Input()
  const giveUp = (): void => void socket.destroy()
  const timer = setTimeout(giveUp, Math.min(timeout, 2 ** 31 - 1))
  const onData = (piece: Buffer): void => {
    input.append(piece)
    const header = read(input)
    if (header === undefined) return
    clearTimeout(timer)
    socket.off('data', onData)
    socket.off('close', stop)
    socket.off('end', giveUp)
    socket.off('error', giveUp)
    socket.pause()
    if (header === 'malformed') {
      giveUp()
      return
    }
    headers.set(socket, header)
    input.at += header.size
    if (input.size > 0) socket.unshift(input.takeRest())
    secure.emit('connection', socket)
  }
  const stop = (): void => clearTimeout(timer)
  socket.on('data', onData)
  socket.on('end', giveUp)
  socket.on('error', giveUp)
  socket.on('close', stop)
}

function read(input: Input): ProxyHeader | 'malformed' | undefined {
  try {
    return readProxyHeader(input.bytes, input.at, input.end)
  } catch {
    return 'malformed'
  }
}

/** The header that came before the handshake of a TLS socket. */
export function proxyHeaderOf(socket: TLSSocket): ProxyHeader | undefined {
  // Node keeps the socket beneath under this name only.
  const { _parent } = socket as unknown as { _parent?: Socket }
  return _parent === undefined ? undefined : headers.get(_parent)
}

import type { Socket } from 'node:net'
import type { Connection } from '../engine/connection.ts'

/** Where a socket keeps its connection. */
const connectionOf = Symbol('connection')
const closedOf = Symbol('closed')

interface ServedSocket extends Socket {
  [connectionOf]: Connection
  [closedOf]: (connection: Connection) => void
}

// One function for all sockets each: ten thousand idle connections should not hold fifty thousand closures.

function onData(this: ServedSocket, bytes: Buffer): void {
  this[connectionOf].receive(bytes)
}

function onEnd(this: ServedSocket): void {
  this[connectionOf].clientEnded()
}

function onDrain(this: ServedSocket): void {
  this[connectionOf].drained()
}

/** The socket is destroyed by Node after an error, and `close` follows: there is nothing else to do. */
function onError(): void {}

function onClose(this: ServedSocket): void {
  const connection = this[connectionOf]
  connection.closed()
  this[closedOf](connection)
}

/**
 * Lets a connection live on a socket.
 *
 * @param onClosed - Called when the socket is closed.
 */
export function attach(
  socket: Socket,
  connection: Connection,
  onClosed: (connection: Connection) => void,
): void {
  const served = socket as ServedSocket
  served[connectionOf] = connection
  served[closedOf] = onClosed
  served.on('data', onData)
  served.on('end', onEnd)
  served.on('drain', onDrain)
  served.on('error', onError)
  served.on('close', onClose)
}

/** Takes the listeners off a socket that somebody else is to have. */
export function detach(socket: Socket): void {
  const served = socket as ServedSocket
  served.pause()
  served.off('data', onData)
  served.off('end', onEnd)
  served.off('drain', onDrain)
  served.off('error', onError)
  served.off('close', onClose)
  // As node:http does: a socket that was paused would not flow for the next `data` listener by itself.
  ;(served as { readableFlowing: boolean | null }).readableFlowing = null
}

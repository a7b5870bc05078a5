import { createServer, type IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { resolveLimits } from '../src/engine/limits.ts'
import { Connection, Engine, type Exchange, type Transport } from '../src/engine.ts'

/** One request as a server understood it. */
export interface Understood {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** What a server made of the bytes of one connection. */
export interface Reading {
  readonly requests: readonly Understood[]
  /** The status of the refusal with which it ended, or 0. */
  readonly refused: number
}

const limits = resolveLimits({})

class Sink implements Transport {
  readonly writableLength = 0
  readonly writableNeedDrain = false
  readonly destroyed = false
  write(): boolean {
    return true
  }
  cork(): void {}
  uncork(): void {}
  pause(): void {}
  resume(): void {}
  end(): void {}
  destroy(): void {}
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Reads with the engine. */
export async function readWithEngine(pieces: readonly Buffer[]): Promise<Reading> {
  const requests: Understood[] = []
  let refused = 0
  const note = (exchange: Exchange, body: Uint8Array): { status: number; headers: []; body: null } => {
    requests.push({
      method: exchange.method,
      target: exchange.head.wireTarget,
      headers: [...exchange.wireHeaders()],
      body: Buffer.from(body).toString('latin1'),
    })
    return { status: 200, headers: [], body: null }
  }
  const engine = new Engine(
    (environ) => {
      const { bytes } = environ.body
      if (bytes !== undefined) return note(environ as Exchange, bytes)
      return environ.body.read().then((body) => note(environ as Exchange, body!))
    },
    limits,
    { hooks: { refused: (refusal) => (refused = refusal.status) } },
  )
  const connection = new Connection(engine, new Sink(), { scheme: 'http' })
  for (const piece of pieces) connection.receive(piece)
  for (let turns = 0; connection.busy && !connection.midMessage; turns++) {
    if (turns > 100) throw new Error('the engine hangs: it is busy although everything has arrived')
    await turn()
  }
  connection.clientEnded()
  connection.closed()
  await turn()
  return { requests, refused }
}

class Wire extends Duplex {
  override _read(): void {}
  override _write(_bytes: Buffer, _encoding: string, done: () => void): void {
    done()
  }
  setTimeout(): this {
    return this
  }
}

/** Reads with `node:http`, whose strict parser is the second opinion. */
export async function readWithNode(bytes: Buffer): Promise<Reading> {
  const requests: Understood[] = []
  const bodies: Promise<void>[] = []
  let refused = 0
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request: IncomingMessage, response) => {
    const { rawHeaders } = request
    const headers = Array.from(
      { length: rawHeaders.length / 2 },
      (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!] as const,
    )
    const body: Buffer[] = []
    request.on('data', (piece: Buffer) => body.push(piece))
    const { promise, resolve } = Promise.withResolvers<void>()
    bodies.push(promise)
    request.on('end', () => {
      const text = Buffer.concat(body).toString('latin1')
      requests.push({ method: request.method!, target: request.url!, headers, body: text })
      response.end()
      resolve()
    })
    request.on('error', () => resolve())
    request.on('close', () => resolve())
  })
  server.on('clientError', () => (refused = 400))
  const wire = new Wire()
  wire.on('error', () => {})
  server.emit('connection', wire)
  wire.push(bytes)
  for (let turns = 0; turns < 6; turns++) await turn()
  wire.destroy()
  await Promise.race([Promise.all(bodies), turn().then(turn)])
  return { requests, refused }
}

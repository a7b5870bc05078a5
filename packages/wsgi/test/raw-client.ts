import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Application } from '../src/application.ts'
import { Server, type ServerOptions } from '../src/server/server.ts'

/** A server on a free port that is closed with the scope. */
export interface RunningServer extends AsyncDisposable {
  readonly server: Server
  readonly port: number
}

/** Starts a server for one test. */
export async function serve(application: Application, options?: ServerOptions): Promise<RunningServer> {
  const server = new Server(application, options)
  const { port } = await server.listen({ port: 0 })
  return { server, port, [Symbol.asyncDispose]: () => server.close({ gracefulTimeout: 50 }) }
}

/** A client that speaks in raw bytes, as Latin-1 text. */
export class RawClient implements AsyncDisposable {
  readonly socket: Socket
  received = ''
  ended = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1')
    })
    socket.on('error', () => {
      this.ended = true
    })
    socket.on('close', () => {
      this.ended = true
    })
    socket.on('end', () => {
      this.ended = true
    })
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  send(text: string): void {
    this.socket.write(text, 'latin1')
  }

  /** Waits until a text was received. */
  async until(text: string | RegExp, milliseconds = 3000): Promise<string> {
    await this.#wait(
      () => (typeof text === 'string' ? this.received.includes(text) : text.test(this.received)),
      milliseconds,
      text,
    )
    return this.received
  }

  /** Waits until the server has ended its side. */
  async end(milliseconds = 3000): Promise<string> {
    await this.#wait(() => this.ended, milliseconds, 'the end')
    return this.received
  }

  async #wait(met: () => boolean, milliseconds: number, what: unknown): Promise<void> {
    const until = performance.now() + milliseconds
    while (!met()) {
      if (performance.now() > until) {
        throw new Error(
          `no ${what} within ${milliseconds} ms; received ${JSON.stringify(this.received.slice(0, 2000))}`,
        )
      }
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
  }
}

/** Sends one text and returns everything that comes until the server ends the connection. */
export async function exchange(port: number, text: string): Promise<string> {
  await using client = await RawClient.open(port)
  client.send(text)
  client.socket.end()
  return await client.end()
}

import { type ChildProcess, spawn } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type GoMessage,
  type ReloaderMessage,
  SETUP_VARIABLE,
  type ServerProcessMessage,
  type ServerProcessSetup,
} from './reloader-messages.ts'

/** How long a process may take to end after SIGTERM, in milliseconds. */
const END_MS = 1000
/** Where the shared socket is in the list of descriptors of the new process. */
const SOCKET_AT = 4

/** What the reloader must know of its processes. */
export interface ServerProcessEvents {
  message(process: ServerProcess, message: ServerProcessMessage): void
  ended(process: ServerProcess, code: number): void
}

/** How a process is started. */
export interface ServerProcessOptions {
  readonly setup: ServerProcessSetup
  readonly env: NodeJS.ProcessEnv
  readonly socket: number | undefined
}

/** One process that runs the program: first it stands by, then it serves, then it is ended. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #ended = Promise.withResolvers<void>()
  #alive = true

  constructor(options: ServerProcessOptions, events: ServerProcessEvents) {
    const entry = new URL(`./reloader-child${extname(fileURLToPath(import.meta.url))}`, import.meta.url)
    const args = [...process.execArgv, '--import', entry.href, ...process.argv.slice(1)]
    this.#child = spawn(process.execPath, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc', options.socket ?? 'ignore'],
      env: {
        ...options.env,
        WERKZEUG_RUN_MAIN: 'true',
        [SETUP_VARIABLE]: JSON.stringify(options.setup),
      },
    })
    this.#child.on('message', (message) => events.message(this, message as ServerProcessMessage))
    const end = (code: number): void => {
      if (!this.#alive) return
      this.#alive = false
      this.#ended.resolve()
      events.ended(this, code)
    }
    this.#child.on('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 0 : 1)))
    this.#child.on('error', () => end(1))
  }

  /** Lets it serve. */
  go(message: Omit<GoMessage, 'kind' | 'fd'>, hasSocket: boolean): void {
    this.send({ kind: 'go', ...message, fd: hasSocket ? SOCKET_AT : undefined })
  }

  send(message: ReloaderMessage): void {
    // A process that is ending takes no messages, and needs none.
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  /** Ends it, and waits until it has ended. */
  async stop(): Promise<void> {
    if (!this.#alive) return
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.kill(), END_MS)
    await this.#ended.promise
    clearTimeout(timer)
  }

  /** Ends it at once. */
  kill(): void {
    if (this.#alive) this.#child.kill('SIGKILL')
  }
}

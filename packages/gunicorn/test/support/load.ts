import { Agent, request } from 'node:http'

/** A request that got no whole answer. */
export interface Loss {
  /** The phase in which it was sent. */
  readonly phase: string
  /** When it was sent and when it was lost, in milliseconds of `performance.now()`. */
  readonly sent: number
  readonly ended: number
  readonly cause: string
  readonly keepAlive: boolean
}

/** How the requests of one phase ended. */
export interface Tally {
  answered: number
  lost: number
}

/** Clients that ask again and again, some on one connection each and some with a new one for every request. */
export class Load implements AsyncDisposable {
  readonly losses: Loss[] = []
  readonly tallies = new Map<string, Tally>()
  /** What was answered last by whom: bodies are `version pid`. */
  readonly bodies = new Set<string>()
  phase = 'start'
  #running = true
  readonly #clients: Promise<void>[]
  readonly #port: number

  /**
   * @param clients - Half of them keep their connection.
   */
  constructor(port: number, clients: number) {
    this.#port = port
    this.#clients = Array.from({ length: clients }, (_, index) => this.#client(index % 2 === 0))
  }

  #tally(phase: string): Tally {
    const tally = this.tallies.get(phase) ?? { answered: 0, lost: 0 }
    this.tallies.set(phase, tally)
    return tally
  }

  async #client(keepAlive: boolean): Promise<void> {
    const agent = new Agent({ keepAlive, maxSockets: 1 })
    while (this.#running) {
      // A request counts for the phase in which it is sent.
      const { phase } = this
      const sent = performance.now()
      try {
        this.bodies.add(await this.#ask(agent))
        this.#tally(phase).answered++
      } catch (error) {
        this.#tally(phase).lost++
        this.losses.push({ phase, sent, ended: performance.now(), cause: String(error), keepAlive })
      }
      await new Promise((resolve) => setTimeout(resolve, 5 * Math.random()))
    }
    agent.destroy()
  }

  #ask(agent: Agent): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const sent = request({ host: '127.0.0.1', port: this.#port, path: '/', agent }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text) => {
        body += text
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body)
        else reject(new Error(`status ${response.statusCode}`))
      })
      response.on('error', reject)
    })
    sent.setTimeout(20_000, () => sent.destroy(new Error('no answer within 20 s')))
    sent.on('error', reject)
    sent.end()
    return promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  /** Ends after the requests in flight. */
  async stop(): Promise<void> {
    this.#running = false
    await Promise.all(this.#clients)
  }
}

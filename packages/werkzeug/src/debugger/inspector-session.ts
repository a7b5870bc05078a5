import type * as Inspector from 'node:inspector'

/** A frame of a pause, as far as it is looked at. */
export interface PausedFrame {
  readonly callFrameId: string
  readonly functionName: string
  readonly location: {
    readonly scriptId: string
    readonly lineNumber: number
    readonly columnNumber?: number
  }
}

/** What V8 says when an exception is thrown. */
export interface Pause {
  readonly reason: string
  readonly callFrames: readonly PausedFrame[]
  readonly data?: { readonly objectId?: string; readonly value?: unknown }
}

type Post = (
  method: string,
  parameters: object,
  done: (error: Error | null, result: Record<string, unknown>) => void,
) => void

/**
 * A session with V8's inspector in the same thread: V8 calls back in the middle of a `throw`, answers at once, and
 * goes on when the callback returns.
 */
export class InspectorSession {
  readonly #inspector: typeof Inspector
  readonly #session: Inspector.Session
  readonly #urls = new Map<string, string>()

  private constructor(inspector: typeof Inspector, onPause: (pause: Pause) => void) {
    this.#inspector = inspector
    this.#session = new inspector.Session()
    this.#session.connect()
    this.#session.on('Debugger.scriptParsed', ({ params }) => {
      // Every evaluation is a script without an address; keeping those would be a leak.
      if (params.url !== '') this.#urls.set(params.scriptId, params.url)
    })
    this.#session.on('Debugger.paused', ({ params }) => {
      try {
        onPause(params as Pause)
      } finally {
        // Without this every pause keeps the error and the variables of its frames alive.
        this.#session.post('Runtime.releaseObjectGroup', { objectGroup: 'backtrace' })
      }
    })
    this.#session.post('Debugger.enable', { maxScriptsCacheSize: 0 })
  }

  /** Starts a session; `undefined` where the runtime has no inspector, or a person's debugger may own it. */
  static start(onPause: (pause: Pause) => void): InspectorSession | undefined {
    if ('bun' in process.versions || 'deno' in process.versions) return undefined
    const inspector = process.getBuiltinModule('node:inspector') as typeof Inspector | undefined
    if (inspector === undefined || inspector.url() !== undefined) return undefined
    return new InspectorSession(inspector, onPause)
  }

  /** Whether a debugger of a person may be attached: then pausing would wait for that person. */
  get isShared(): boolean {
    return this.#inspector.url() !== undefined
  }

  urlOf(scriptId: string): string {
    return this.#urls.get(scriptId) ?? ''
  }

  /** Sends a command, and gives the answer, or `undefined` if V8 refuses. */
  post(method: string, parameters: object = {}): Record<string, unknown> | undefined {
    let answer: Record<string, unknown> | undefined
    const post = this.#session.post.bind(this.#session) as unknown as Post
    post(method, parameters, (error, result) => {
      if (error === null) answer = result
    })
    return answer
  }

  /** Drops the connection of an attached debugger, and listens for it again. */
  detachOthers(): void {
    const { port, hostname } = new URL(this.#inspector.url()!)
    this.#inspector.close()
    this.#inspector.open(Number(port), hostname)
  }
}

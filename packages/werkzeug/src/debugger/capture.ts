import { AsyncLocalStorage } from 'node:async_hooks'
import type { CapturedFrame, ContextRunner, Evaluator } from './evaluator.ts'
import { InspectorSession, type Pause, type PausedFrame } from './inspector-session.ts'
import { isProgramFile, libraryPatterns } from './script-kinds.ts'
import { sourcePlace } from './source-positions.ts'

/** Deeper frames than these keep no scope: each costs about 0.14 ms. */
const MAX_FRAMES = 20
/** A program that throws more often than this in a window is left alone until the window is over. */
const MAX_PAUSES = 50
const WINDOW_MS = 250
/** Where pauses are slow, their time counts instead: a busy machine would never come to the number. */
const MAX_PAUSED_MS = 125

const HOOK = Symbol.for('flask-ts.debugger.hook')
const HOOK_SOURCE = `globalThis[Symbol.for('flask-ts.debugger.hook')]`
const KEEP_SCOPE = `${HOOK_SOURCE}((__s, __h) => eval(__s))`

interface Hooked {
  [HOOK]?: ((value: never) => void) | undefined
}

const hooked = globalThis as Hooked

function isReference(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/**
 * Keeps, for every error that passes code of the program, a live closure in the scope of each frame.
 *
 * Evaluating in a frame later is a plain call of that closure; nothing is paused then.
 */
export class Capture {
  readonly #session: InspectorSession
  readonly #byError = new WeakMap<object, CapturedFrame[]>()
  readonly #templateScripts: string | undefined
  #lastPrimitive: { readonly value: unknown; readonly frames: CapturedFrame[] } | undefined
  #armed = false
  #quiet = 0
  #pauses = 0
  #pausedMs = 0
  #windowStart = 0

  private constructor(start: (onPause: (pause: Pause) => void) => InspectorSession, templates?: string) {
    this.#session = start((pause) => this.#paused(pause))
    this.#templateScripts = templates
    this.#session.post('Debugger.setBlackboxPatterns', { patterns: libraryPatterns(), skipAnonymous: false })
    this.arm()
  }

  /** @param templateScripts - The beginning of the addresses of compiled templates. */
  static start(templateScripts?: string): Capture | undefined {
    let handler: (pause: Pause) => void = () => {}
    const session = InspectorSession.start((pause) => handler(pause))
    if (session === undefined) return undefined
    return new Capture((onPause) => {
      handler = onPause
      return session
    }, templateScripts)
  }

  /** Whether the scopes of frames are kept now. */
  get isArmed(): boolean {
    return this.#armed
  }

  /** Looks at exceptions from now on; called at the beginning of every request. */
  arm(): void {
    this.#openWindow(performance.now())
    if (this.#session.isShared) this.#disarm()
    else if (!this.#armed && this.#hasBudget) {
      this.#armed = true
      this.#session.post('Debugger.setPauseOnExceptions', { state: 'all' })
    }
  }

  #openWindow(now: number): void {
    if (now - this.#windowStart <= WINDOW_MS) return
    this.#windowStart = now
    this.#pauses = 0
    this.#pausedMs = 0
  }

  get #hasBudget(): boolean {
    return this.#pauses < MAX_PAUSES && this.#pausedMs < MAX_PAUSED_MS
  }

  #disarm(): void {
    if (!this.#armed) return
    this.#armed = false
    this.#session.post('Debugger.setPauseOnExceptions', { state: 'none' })
  }

  /** The frames whose scope was kept for a thrown value, the innermost first. */
  framesOf(error: unknown): readonly CapturedFrame[] {
    if (isReference(error)) return this.#byError.get(error) ?? []
    // Thrown primitives have no identity: the last one it is.
    const last = this.#lastPrimitive
    return last !== undefined && Object.is(last.value, error) ? last.frames : []
  }

  /** The source of a script, for those that are in no file. */
  sourceOf(scriptId: string): string | undefined {
    const answer = this.#session.post('Debugger.getScriptSource', { scriptId })
    return typeof answer?.scriptSource === 'string' ? answer.scriptSource : undefined
  }

  /**
   * Calls a function, which V8 ends if it takes too long: `while (true) {}` in a console must not stop the server.
   *
   * @param ms - How long it may take.
   * @throws EvaluationTimeout
   * @throws What the function throws.
   */
  bounded<T>(work: () => T, ms: number): T {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined
    hooked[HOOK] = () => {
      try {
        outcome = { value: work() }
      } catch (error) {
        outcome = { error }
      }
    }
    const parameters = { expression: `${HOOK_SOURCE}()`, timeout: ms, returnByValue: true, silent: true }
    this.quietly(() => this.#session.post('Runtime.evaluate', parameters))
    if (outcome === undefined) throw new EvaluationTimeout(ms)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  /**
   * Calls a function whose errors are of no interest: the debugger's own look at variables throws for each that is not
   * there, and must not use up what the program may throw.
   */
  quietly<T>(work: () => T): T {
    this.#quiet++
    try {
      return work()
    } finally {
      this.#quiet--
    }
  }

  #paused(pause: Pause): void {
    if (this.#quiet > 0 || (pause.reason !== 'exception' && pause.reason !== 'promiseRejection')) return
    if (this.#session.isShared) {
      this.#stepAside()
      return
    }
    const start = performance.now()
    this.#openWindow(start)
    if (!this.#hasBudget) {
      this.#disarm()
      setTimeout(() => this.arm(), WINDOW_MS).unref()
      return
    }
    this.#pauses++
    this.#keepScopes(pause)
    this.#pausedMs += performance.now() - start
  }

  #keepScopes(pause: Pause): void {
    const frames = pause.callFrames.filter((frame) => this.#isOfInterest(frame)).slice(0, MAX_FRAMES)
    if (frames.length === 0) return
    const error = this.#thrownValue(pause)
    const within = AsyncLocalStorage.snapshot() as ContextRunner
    this.#keep(
      error,
      frames.flatMap((frame) => this.#capture(frame, within) ?? []),
    )
    delete hooked[HOOK]
  }

  /** A debugger came in the middle of a request: V8 would wait for it now, and the server with it. */
  #stepAside(): void {
    this.#disarm()
    this.#session.detachOthers()
    process.stderr.write(
      ' * A debugger was attached in the middle of a request. The consoles of error pages are off from now on;' +
        ' attach it again.\n',
    )
  }

  #isOfInterest({ location }: PausedFrame): boolean {
    const url = this.#session.urlOf(location.scriptId)
    if (this.#templateScripts !== undefined && url.startsWith(this.#templateScripts)) return true
    return isProgramFile(url)
  }

  #thrownValue({ data }: Pause): unknown {
    if (data?.objectId === undefined) return data?.value
    let thrown: unknown
    hooked[HOOK] = (value: unknown) => {
      thrown = value
    }
    this.#session.post('Runtime.callFunctionOn', {
      objectId: data.objectId,
      silent: true,
      returnByValue: true,
      functionDeclaration: `function () { ${HOOK_SOURCE}(this) }`,
    })
    return thrown
  }

  #capture(
    { callFrameId, functionName, location }: PausedFrame,
    within: ContextRunner,
  ): CapturedFrame | undefined {
    let evaluate: Evaluator | undefined
    hooked[HOOK] = (closure: Evaluator) => {
      evaluate = closure
    }
    this.#session.post('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: KEEP_SCOPE,
      silent: true,
      returnByValue: true,
    })
    if (evaluate === undefined) return undefined
    const { scriptId, lineNumber, columnNumber = 0 } = location
    const url = this.#session.urlOf(scriptId)
    return {
      functionName,
      url,
      scriptId,
      runningLine: lineNumber + 1,
      runningColumn: columnNumber + 1,
      place: sourcePlace(url, lineNumber + 1, columnNumber + 1),
      evaluate,
      within,
    }
  }

  /** The first throw counts; later ones of the same error only add the frames that throw it on. */
  #keep(error: unknown, frames: CapturedFrame[]): void {
    if (!isReference(error)) {
      this.#lastPrimitive = { value: error, frames }
      return
    }
    const known = this.#byError.get(error)
    if (known === undefined) this.#byError.set(error, frames)
    else known.push(...frames.filter((frame) => !known.some((other) => isSameFunction(other, frame))))
  }
}

function isSameFunction(a: CapturedFrame, b: CapturedFrame): boolean {
  return a.url === b.url && a.functionName === b.functionName
}

/** What was typed into a console took too long, and was ended. */
class EvaluationTimeout extends Error {
  override readonly name = 'EvaluationTimeout'

  /** @param ms - How long it could take. */
  constructor(ms: number) {
    super(`stopped after ${ms} ms: what runs in a console must end soon, because the server waits for it`)
  }
}

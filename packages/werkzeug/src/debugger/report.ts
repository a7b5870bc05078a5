import { randomBytes } from 'node:crypto'
import type { Environ } from '@flask-ts/wsgi'
import type { Capture } from './capture.ts'
import type { EvaluationWrapper } from './debugger-options.ts'
import { FrameConsole } from './frame-console.ts'
import { frameVariables, namesInFrame, templateVariables, type Variable } from './frame-variables.ts'
import { summarizeValue } from './inspect-value.ts'
import { isSecretName, REDACTED, redactText } from './redact.ts'
import { scopeEvaluator } from './scope-evaluator.ts'
import { type Excerpt, excerptOf, readSource } from './source-lines.ts'
import type { TraceFrame } from './trace-frame.ts'
import { traceFrames } from './trace-frames.ts'

const LINES_AROUND = 7
const MAX_ERRORS = 12

/** A frame of a report: everything that is shown of it. */
export interface ReportFrame extends TraceFrame {
  /** Its number in the report, for requests about it. */
  readonly id: number
  /** The whole source, where it can be read. */
  readonly source: string | undefined
  readonly excerpt: Excerpt | undefined
  readonly variables: readonly Variable[]
}

/** One error of a report. */
export interface ReportError {
  /** How it belongs to the one before: nothing for the first, `Caused by`, `Error 2 of 3`. */
  readonly relation: string
  readonly name: string
  readonly message: string
  /** Further members of the error object, as text. */
  readonly details: readonly Variable[]
  readonly frames: readonly ReportFrame[]
}

/** The request that failed. */
export interface ReportRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** What a report must know beside its error. */
export interface ReportSettings {
  readonly capture: Capture | undefined
  /** The beginning of the addresses of compiled templates. */
  readonly templates: string
  readonly around: EvaluationWrapper | undefined
}

/** An error with all that is known of it, and the consoles of its frames. */
export class ErrorReport {
  readonly id = randomBytes(12).toString('base64url')
  readonly time = new Date()
  readonly errors: readonly ReportError[]
  readonly request: ReportRequest
  readonly #settings: ReportSettings
  readonly #frames: { readonly frame: ReportFrame; readonly error: unknown }[] = []
  readonly #consoles = new Map<number, FrameConsole>()
  readonly #sources = new Map<string, string | undefined>()

  constructor(error: unknown, environ: Environ, settings: ReportSettings) {
    this.#settings = settings
    this.request = describeRequest(environ)
    this.errors = this.#quietly(() => this.#collect(error))
  }

  #quietly<T>(work: () => T): T {
    const { capture } = this.#settings
    return capture === undefined ? work() : capture.quietly(work)
  }

  #collect(first: unknown): ReportError[] {
    const seen = new Set<unknown>()
    const found: ReportError[] = []
    const visit = (error: unknown, relation: string): void => {
      if (seen.has(error) || found.length >= MAX_ERRORS) return
      seen.add(error)
      found.push(this.#describe(error, relation))
      if (typeof error !== 'object' || error === null) return
      const { cause, errors } = error as { cause?: unknown; errors?: unknown }
      if (cause !== undefined && cause !== null) visit(cause, 'Caused by')
      if (!Array.isArray(errors)) return
      for (const [at, inner] of errors.entries()) visit(inner, `Error ${at + 1} of ${errors.length}`)
    }
    visit(first, '')
    return found
  }

  #describe(error: unknown, relation: string): ReportError {
    const { name, message } = nameAndMessage(error)
    const frames = traceFrames(error, this.#settings.capture, this.#settings.templates).map((frame) =>
      this.#frame(frame, error),
    )
    return { relation, name, message, details: detailsOf(error), frames }
  }

  #frame(frame: TraceFrame, error: unknown): ReportFrame {
    const source = this.#sourceOf(frame.file)
    const isInteresting = frame.kind !== 'library'
    const full: ReportFrame = {
      ...frame,
      id: this.#frames.length,
      source,
      excerpt: source === undefined ? undefined : excerptOf(source, frame.line, LINES_AROUND),
      variables: isInteresting ? frameVariables(frame, this.#settings.capture) : [],
    }
    this.#frames.push({ frame: full, error })
    return full
  }

  #sourceOf(file: string): string | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, readSource(file))
    return this.#sources.get(file)
  }

  /** The console of a frame; `undefined` if there is no such frame, or its scope was not kept. */
  console(id: number): FrameConsole | undefined {
    const known = this.#consoles.get(id)
    if (known !== undefined) return known
    const made = this.#quietly(() => this.#makeConsole(id))
    if (made !== undefined) this.#consoles.set(id, made)
    return made
  }

  #makeConsole(id: number): FrameConsole | undefined {
    const entry = this.#frames[id]
    const scope = entry?.frame.scope
    if (entry === undefined || scope === undefined) return undefined
    const evaluate =
      scope.generated === undefined
        ? scope.evaluate
        : scopeEvaluator(templateVariables(entry.frame, scope.evaluate, this.#settings.capture))
    const bounded = <T>(work: () => T, ms: number): T =>
      this.#settings.capture === undefined ? work() : this.#settings.capture.bounded(work, ms)
    const { around } = this.#settings
    return new FrameConsole({ evaluate, within: scope.within, error: entry.error, bounded, around })
  }

  /** The names that can be completed in a frame. */
  names(id: number): readonly string[] {
    const frame = this.#frames[id]?.frame
    if (frame === undefined) return []
    if (frame.scope?.generated !== undefined) return frame.variables.map(({ name }) => name)
    const { local, module } = namesInFrame(frame, this.#settings.capture)
    return [...local, ...module]
  }

  /** Name and message of the error that reached the server. */
  get title(): string {
    const { name, message } = this.errors[0]!
    return message === '' ? name : `${name}: ${message}`
  }
}

function nameAndMessage(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'Thrown value', message: summarizeValue(error) }
  const own = error.constructor?.name
  // Classes that do not set a name would all be called Error,
  // and HTTP exceptions have names for people, such as Bad Request.
  const isClassName = error.name !== 'Error' && /^[\w$]+$/.test(error.name)
  const name = isClassName || own === undefined || own === '' ? error.name : own
  return { name: String(name), message: String(error.message) }
}

const SHOWN_ELSEWHERE = new Set(['stack', 'message', 'name', 'cause', 'errors'])

function detailsOf(error: unknown): Variable[] {
  if (!(error instanceof Error)) return []
  return Object.keys(error)
    .filter((name) => !SHOWN_ELSEWHERE.has(name))
    .slice(0, 20)
    .map((name) => ({
      name,
      value: isSecretName(name)
        ? `'${REDACTED}'`
        : redactText(summarizeValue((error as unknown as Record<string, unknown>)[name])),
    }))
}

function describeRequest(environ: Environ): ReportRequest {
  const headers = [...environ.headers].map(([name, value]): [string, string] => [
    name,
    isSecretName(name) ? REDACTED : value,
  ])
  const host = environ.headers.get('host') ?? `${environ.local.host}:${environ.local.port}`
  const target = environ.target.replace(/([?&]([^=&]+)=)[^&]*/g, (all, start: string, name: string) =>
    isSecretName(name) ? `${start}${REDACTED}` : all,
  )
  return { method: environ.method, url: `${environ.scheme}://${host}${target}`, headers }
}

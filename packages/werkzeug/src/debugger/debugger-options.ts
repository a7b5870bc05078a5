/** Calls a function with everything around it that it needs, such as a request's context. */
export type EvaluationWrapper = <T>(work: () => Promise<T>) => Promise<T>

/** How the debugger behaves. */
export interface DebuggerOptions {
  /** Whether expressions can be evaluated in the frames; `true` unless told. */
  readonly evalex?: boolean | undefined
  /** The PIN; `null` for none, which lets everybody in who reaches the server. A random one unless given. */
  readonly pin?: string | null | undefined
  /** What PIN cookies are signed with, in hexadecimal; random unless given. */
  readonly pinKey?: string | undefined
  /** Hosts from which the consoles may be used, beside those of this machine. */
  readonly trustedHosts?: readonly string[] | undefined
  /** The path of the console page; `/console` unless given, `null` for none. */
  readonly consolePath?: string | null | undefined
  /** The names that the console page knows. */
  readonly consoleNames?: (() => Readonly<Record<string, unknown>>) | undefined
  /** Wraps every evaluation in a frame; it is called in the asynchronous context of that frame. */
  readonly aroundEvaluation?: EvaluationWrapper | undefined
  /** Whether errors are written to standard error too; `true` unless told. */
  readonly log?: boolean | undefined
  /** Whether the program's code is changed while it is loaded so that async callers have consoles; `true` unless told. */
  readonly instrument?: boolean | undefined
  /** The beginning of the addresses of code that was compiled from templates, such as `jinja:`. */
  readonly templateScripts?: string | undefined
}

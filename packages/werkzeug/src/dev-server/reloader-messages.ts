import type { CertificatePair } from './self-signed.ts'

/** What a server process is told when it is its turn. */
export interface GoMessage {
  readonly kind: 'go'
  /** Where the server is to listen; the descriptor is there if the reloader holds the socket. */
  readonly host: string
  readonly port: number
  readonly fd: number | undefined
  readonly tls: CertificatePair | undefined
  /** The PIN and the signing key of the debugger, which outlive the process; `null` for no PIN. */
  readonly pin: string | null | undefined
  readonly pinKey: string | undefined
  /** What ended the process before, if it did not end well: it is shown until the next change. */
  readonly crash: string | undefined
}

/** From the reloader to a server process. */
export type ReloaderMessage =
  | GoMessage
  | { readonly kind: 'assetsChanged'; readonly paths: readonly string[] }

/** From a server process to the reloader. */
export type ServerProcessMessage =
  /** It has loaded what does not change, and waits for its turn. */
  | { readonly kind: 'standby' }
  /** These files of the program are loaded, or were looked for. */
  | { readonly kind: 'watch'; readonly files: readonly string[] }
  /** Files below these folders concern the browser only. */
  | { readonly kind: 'assets'; readonly folders: readonly string[] }
  /** It listens; `failed` says that it shows an error in place of the program. */
  | { readonly kind: 'ready'; readonly port: number; readonly failed: boolean }
  /** It ends because of an error that nobody caught. */
  | { readonly kind: 'crashed'; readonly text: string }

/** What a server process must know when it starts, in the environment variable `WERKZEUG_RELOADER`. */
export interface ServerProcessSetup {
  /** Addresses of modules to load before it is its turn. */
  readonly preload: readonly string[]
  readonly debugger: boolean
  /** Whether the code of the program may be instrumented, so that async callers have consoles. */
  readonly instrument: boolean
}

/** The environment variable of {@link ServerProcessSetup}. */
export const SETUP_VARIABLE = 'WERKZEUG_RELOADER'

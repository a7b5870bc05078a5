import type { Environ } from './environ.ts'

/** A part of a file as a response body: the server sends it without passing it whole through memory. */
export interface FileBody {
  /** Absolute path of the file. */
  readonly file: string
  /** First byte to send, from 0. */
  readonly offset: number
  /** How many bytes to send. */
  readonly length: number
}

/** What a response's body may be. Text is sent as UTF-8. A plain iterable is sent piece by piece. */
export type ResponseBody =
  | null
  | string
  | Uint8Array
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>
  | FileBody

/**
 * One response as an application hands it to the server.
 */
export interface WsgiResponse {
  /** 200 to 599. */
  readonly status: number
  /** The reason phrase, where it is not the standard one. */
  readonly reason?: string | undefined
  /** Field names and values in the order of sending. Values are Latin-1 text without CR, LF and NUL. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  readonly body: ResponseBody
  /**
   * Fields to send after the body, asked for when it has ended. They are sent only where the body is chunked and the
   * client said `TE: trailers`.
   */
  trailers?(): Iterable<readonly [name: string, value: string]>
  /** Called exactly once by the server when the response is done with, however that came. */
  close?(): void
}

/** Answers a request, at once or later. It may throw: then the server answers 500. */
export type Application = (environ: Environ) => WsgiResponse | Promise<WsgiResponse>

/** Wraps an application in another. */
export type Middleware = (app: Application) => Application

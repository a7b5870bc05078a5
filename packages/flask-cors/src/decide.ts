import type { ResolvedOptions } from './options.ts'
import { pythonSorted } from './python-sorted.ts'

/** What a decision looks at. */
export interface CrossOriginRequest {
  readonly method: string
  /** The value of a header by its name in lower case. */
  header(name: string): string | undefined
}

/** A header to add to the response. */
export type HeaderLine = readonly [name: string, value: string]

/** The header that admits an origin. */
export const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'

const nothing: readonly HeaderLine[] = []

/**
 * The headers that a response gets, in the order of sending.
 *
 * See https://fetch.spec.whatwg.org/#http-cors-protocol.
 */
export function corsHeaders(options: ResolvedOptions, request: CrossOriginRequest): readonly HeaderLine[] {
  const origin = allowedOrigin(options, request.header('origin'))
  if (origin === undefined) return nothing
  const headers: HeaderLine[] = origin === '' ? [] : [[ALLOW_ORIGIN, origin]]
  if (options.exposeHeaders !== undefined)
    headers.push(['Access-Control-Expose-Headers', options.exposeHeaders])
  if (options.supportsCredentials) headers.push(['Access-Control-Allow-Credentials', 'true'])
  if (request.header('access-control-request-private-network') === 'true') {
    headers.push(['Access-Control-Allow-Private-Network', String(options.allowPrivateNetwork)])
  }
  if (request.method === 'OPTIONS') addPreflight(headers, options, request)
  if (options.varyHeader && origin !== '*' && options.varies) headers.push(['Vary', 'Origin'])
  return headers
}

/** The origin to answer, or `undefined` where the response must not be shared. */
function allowedOrigin(options: ResolvedOptions, origin: string | undefined): string | undefined {
  if (origin === undefined || origin === '') return options.withoutOrigin
  if (options.admitsAll && options.sendWildcard) return '*'
  return options.admitsOrigin(origin) ? origin : undefined
}

function addPreflight(headers: HeaderLine[], options: ResolvedOptions, request: CrossOriginRequest): void {
  const method = request.header('access-control-request-method')?.toUpperCase()
  // Flask-CORS looks the method up in the joined text, and programs rely on what that lets through.
  if (method === undefined || method === '' || !options.methods.includes(method)) return
  const allowed = allowedHeaders(options, request.header('access-control-request-headers'))
  if (allowed !== '') headers.push(['Access-Control-Allow-Headers', allowed])
  if (options.maxAge !== undefined) headers.push(['Access-Control-Max-Age', options.maxAge])
  if (options.methods !== '') headers.push(['Access-Control-Allow-Methods', options.methods])
}

function allowedHeaders(options: ResolvedOptions, asked: string | undefined): string {
  if (asked === undefined || asked === '') return ''
  const names = asked.split(',').map((name) => name.trim())
  return pythonSorted(names.filter(options.admitsHeader)).join(', ')
}

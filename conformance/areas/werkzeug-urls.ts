import { Request } from '@flask-ts/werkzeug'
import { makeEnviron } from '@flask-ts/werkzeug/testing'
import { type CorpusLine, compare, type Verdict } from '../case.ts'
import { attribute } from './werkzeug/attribute.ts'

interface UrlCase extends CorpusLine {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly script_root?: string
  readonly scheme?: 'http' | 'https'
  readonly server?: readonly [host: string, port: number | null]
  readonly remote_addr?: string | null
  readonly trusted_hosts?: readonly string[]
  readonly expect: Readonly<Record<string, unknown>>
}

const attributes: Readonly<Record<string, (request: Request) => unknown>> = {
  method: (request) => request.method,
  path: (request) => request.path,
  full_path: (request) => request.fullPath,
  base_url: (request) => request.baseUrl,
  url: (request) => request.url,
  root_url: (request) => request.rootUrl,
  host_url: (request) => request.hostUrl,
  host: (request) => request.host,
  root_path: (request) => request.rootPath,
  is_secure: (request) => request.isSecure,
  remote_addr: (request) => request.remoteAddr ?? null,
  scheme: (request) => request.scheme,
  args: (request) => [...request.args.items({ multi: true })],
  access_route: (request) => request.accessRoute,
  cookies: (request) => [...request.cookies.items({ multi: true })],
  content_length: (request) => request.contentLength ?? null,
  mimetype: (request) => request.mimetype,
  mimetype_params: (request) => request.mimetypeParams,
  is_json: (request) => request.isJson,
}

function read(request: Request, name: string, expected: unknown): unknown {
  const reader = attributes[name]
  if (reader === undefined) throw new Error(`the corpus asks for request.${name}, which is not known here`)
  return attribute(() => reader(request), expected)
}

/** Runs one line of a `werkzeug-urls` corpus. */
export function runCase(line: CorpusLine): Verdict {
  const one = line as UrlCase
  const [host, port] = one.server ?? ['127.0.0.1', 5000]
  const request = new Request(
    makeEnviron({
      method: one.method,
      target: Buffer.from(one.target).toString('latin1'),
      headers: one.headers,
      scriptName: one.script_root,
      scheme: one.scheme,
      local: { host, port: port ?? 0 },
      remote: { host: one.remote_addr === undefined ? '192.0.2.1' : (one.remote_addr ?? ''), port: 0 },
    }),
  )
  if (one.trusted_hosts !== undefined) request.trustedHosts = one.trusted_hosts
  const actual: Record<string, unknown> = {}
  for (const [name, expected] of Object.entries(one.expect)) actual[name] = read(request, name, expected)
  return compare(one.expect, actual)
}

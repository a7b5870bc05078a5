import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { BadGateway } from '../exceptions/server-errors.ts'
import { isHopByHopHeader } from '../http/header-kinds.ts'
import { quote } from '../urls/percent.ts'
import { Request } from '../wrappers/request.ts'

/** Where requests below a path are sent to. */
export interface ProxyTarget {
  /** An `http` or `https` URL. */
  readonly target: string
  /** Whether the path's prefix is replaced by the target's path. */
  readonly removePrefix?: boolean | undefined
  /** The `Host` field: the target's (`<auto>`) unless given, the client's if `null`. */
  readonly host?: string | null | undefined
  /** Fields to send besides those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How TLS is spoken with an `https` target. */
  readonly tls?: (SecureContextOptions & { readonly rejectUnauthorized?: boolean }) | undefined
}

/** How the proxy works. */
export interface HttpProxyOptions {
  /** Seconds without a sign from the target before a request fails: 10 unless given. */
  readonly timeout?: number | undefined
}

/** The URL of a proxy's target is of no use. */
export class ProxyTargetError extends Error {
  override readonly name = 'ProxyTargetError'

  constructor(target: string) {
    super(
      `the proxy target ${JSON.stringify(target)} is not an http or https URL such as 'http://127.0.0.1:5001/'`,
    )
  }
}

const pathSafe = "!$&'()*+,/:;=@%"

/**
 * Sends requests below some paths to other servers, and all others to the application. For development only.
 *
 * @param app - The application.
 * @param targets - Where to send to, by the path: `{ '/static/': { target: 'http://127.0.0.1:5001/' } }`.
 * @param options - See {@link HttpProxyOptions}.
 * @throws ProxyTargetError For a target that is no URL.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/http_proxy/
 */
export function httpProxy(
  app: Application,
  targets: Readonly<Record<string, ProxyTarget>>,
  options: HttpProxyOptions = {},
): Application {
  const routes = Object.entries(targets).map(([prefix, target]) => ({
    prefix: `/${prefix.replace(/^\/+|\/+$/g, '')}/`,
    target,
    url: parseTarget(target.target),
  }))
  const timeout = (options.timeout ?? 10) * 1000
  return (environ) => {
    const path = new Request(environ).pathInfo
    const route = routes.find(({ prefix }) => path.startsWith(prefix))
    if (route === undefined) return app(environ)
    const { target, url, prefix } = route
    const rest = path.slice(prefix.length).replace(/^\/+/, '')
    const remotePath = target.removePrefix === true ? `${url.pathname.replace(/\/+$/, '')}/${rest}` : path
    return passOn(environ, target, url, quote(remotePath, pathSafe), timeout)
  }
}

function parseTarget(target: string): URL {
  const url = URL.parse(target)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new ProxyTargetError(target)
  return url
}

async function passOn(
  environ: Environ,
  target: ProxyTarget,
  url: URL,
  path: string,
  timeout: number,
): Promise<WsgiResponse> {
  const query = new Request(environ).queryString
  const requestOptions: RequestOptions = {
    method: environ.method,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: query === '' ? path : `${path}?${query}`,
    headers: headersFor(environ, target, url),
    timeout,
    signal: environ.signal,
    ...target.tls,
  }
  try {
    return answerOf(await send(environ, requestOptions, url.protocol === 'https:'))
  } catch (error) {
    const failure = new BadGateway()
    failure.cause = error
    return failure.getResponse(environ).getWsgiResponse(environ)
  }
}

function headersFor(environ: Environ, target: ProxyTarget, url: URL): string[] {
  const headers: string[] = []
  for (const [name, value] of environ.headers) {
    const lower = name.toLowerCase()
    if (!isHopByHopHeader(lower) && lower !== 'content-length' && lower !== 'host') headers.push(name, value)
  }
  headers.push('Connection', 'close')
  const host = target.host === undefined || target.host === '<auto>' ? url.host : target.host
  headers.push('Host', host ?? environ.headers.get('host') ?? url.host)
  for (const [name, value] of Object.entries(target.headers ?? {})) headers.push(name, value)
  const { length } = environ.body
  if (length === undefined) headers.push('Transfer-Encoding', 'chunked')
  else if (length > 0 || environ.headers.has('content-length')) headers.push('Content-Length', String(length))
  return headers
}

async function send(environ: Environ, options: RequestOptions, secure: boolean): Promise<IncomingMessage> {
  const outgoing = secure ? httpsRequest(options) : httpRequest(options)
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve)
    outgoing.once('error', reject)
    outgoing.once('timeout', () => outgoing.destroy(new Error('the proxy target does not answer')))
  })
  // An error while the body is sent ends both; the answer is what tells of it.
  answer.catch(() => {})
  for await (const piece of environ.body) {
    if (outgoing.destroyed) break
    if (!outgoing.write(piece))
      await new Promise((resolve) => outgoing.once('drain', resolve).once('close', resolve))
  }
  outgoing.end()
  return answer
}

function answerOf(answer: IncomingMessage): WsgiResponse {
  const headers: [name: string, value: string][] = []
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const name = answer.rawHeaders[at]!
    if (!isHopByHopHeader(name)) headers.push([name, answer.rawHeaders[at + 1]!])
  }
  return {
    status: answer.statusCode ?? 502,
    reason: answer.statusMessage,
    headers,
    body: answer,
    close: () => {
      answer.destroy()
    },
  }
}

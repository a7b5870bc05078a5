import { connectionWish } from './framing.ts'
import type { HeadScanner } from './head-scanner.ts'
import { latin1Of } from './latin1.ts'
import { isHostValue } from './syntax.ts'

/** What the connection knows of a request when its head is complete. */
export interface RequestHead {
  readonly method: string
  /** As sent. */
  readonly wireTarget: string
  /** In origin form. */
  readonly target: string
  readonly minor: number
  readonly keepAlive: boolean
  readonly expectContinue: boolean
  readonly wantsUpgrade: boolean
  /** The length of the body, or `CHUNKED`. */
  readonly bodyLength: number
  /** Text that holds the field lines between the two places. */
  readonly text: string
  readonly fieldsAt: number
  readonly fieldsEnd: number
  /** The authority of an absolute target: it takes the place of the Host field (RFC 9112, 3.2.2). */
  readonly authority: string | undefined
}

/**
 * Makes a request's head out of what the scanner found.
 *
 * @param bytes - Hold the message from `start` to the end of its head.
 * @param bodyLength - As `frame` returned it.
 */
export function makeRequestHead(
  scanner: HeadScanner,
  bytes: Buffer,
  start: number,
  headEnd: number,
  bodyLength: number,
): RequestHead {
  const first = scanner.methodAt
  const text = latin1Of(bytes, start + first, headEnd)
  const methodEnd = scanner.methodEnd - first
  const wireTarget = text.slice(methodEnd + 1, scanner.targetEnd - first)
  const method = text.slice(0, methodEnd)
  const { minor } = scanner
  const wish = connectionWish(scanner.connection, minor)
  const fieldsAt = scanner.fieldsAt - first
  const plain = wireTarget.charCodeAt(0) === 0x2f || wireTarget === '*' || method === 'CONNECT'
  const kept = scanner.hasUnderscore ? withoutUnderscores(text.slice(fieldsAt, -2)) : undefined
  return {
    method,
    wireTarget,
    target: plain ? wireTarget : originForm(wireTarget),
    minor,
    keepAlive: wish.keepAlive,
    expectContinue: scanner.expect !== undefined && minor > 0,
    wantsUpgrade: wish.upgrade && scanner.hasUpgrade && minor > 0,
    bodyLength,
    text: kept ?? text,
    fieldsAt: kept === undefined ? fieldsAt : 0,
    fieldsEnd: kept === undefined ? text.length - 2 : kept.length,
    authority: plain ? undefined : authorityOf(wireTarget),
  }
}

/** Names with an underscore are dropped: gateways that know CGI cannot tell them from names with a hyphen. */
function withoutUnderscores(fields: string): string {
  return fields
    .split('\r\n')
    .slice(0, -1)
    .filter((line) => !line.slice(0, line.indexOf(':')).includes('_'))
    .map((line) => `${line}\r\n`)
    .join('')
}

/** The path and query of a target in absolute form. */
function originForm(target: string): string {
  const rest = target.slice(target.indexOf('//') + 2)
  const at = rest.search(/[/?]/)
  if (at < 0) return '/'
  return rest[at] === '?' ? `/${rest.slice(at)}` : rest.slice(at)
}

function authorityOf(target: string): string | undefined {
  const rest = target.slice(target.indexOf('//') + 2)
  const authority = rest.slice(0, rest.search(/[/?]|$/))
  return authority !== '' && isHostValue(authority) ? authority : undefined
}

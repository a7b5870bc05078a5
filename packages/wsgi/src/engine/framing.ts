import { BodyTooLarge, MalformedRequest, UnknownExpectation, UnknownTransferCoding } from './errors.ts'
import type { HeadScanner } from './head-scanner.ts'
import type { Limits } from './limits.ts'
import { trimBlanks } from './syntax.ts'

/** The body's length where the message is chunked. */
export const CHUNKED = -1

/** The largest length that fits 63 bits; a larger one is an overflow somewhere along the way. */
const largestLength = '9223372036854775807'

/**
 * The length of the body that follows a head (RFC 9112, 6.3), refusing every head whose framing could be read in two
 * ways, and the other things that only the whole head shows.
 *
 * @returns The length in bytes, or `CHUNKED`.
 * @throws RequestRefused
 */
export function frame(head: HeadScanner, limits: Limits): number {
  if (head.hosts !== 1) {
    if (head.hosts > 1) throw new MalformedRequest('the Host field is repeated')
    if (head.minor > 0) throw new MalformedRequest('there is no Host field')
  }
  if (!head.hostValid) throw new MalformedRequest('the Host field is no valid host and port')
  if (head.contentTypes > 1) throw new MalformedRequest('the Content-Type field is repeated')
  const length = bodyLength(head)
  if (head.expect !== undefined && head.minor > 0 && head.expect.toLowerCase() !== '100-continue') {
    throw new UnknownExpectation()
  }
  if (length > limits.maxBodySize) throw new BodyTooLarge(limits.maxBodySize)
  return length
}

function bodyLength(head: HeadScanner): number {
  if (head.transferCodings !== undefined) {
    if (head.contentLengths > 0) {
      throw new MalformedRequest('there are both a Content-Length and a Transfer-Encoding field')
    }
    checkCodings(head.transferCodings, head.minor)
    return CHUNKED
  }
  if (head.contentLengths === 0) return 0
  if (head.contentLengths > 1) throw new MalformedRequest('the Content-Length field is repeated')
  return parseLength(head.contentLength)
}

function checkCodings(list: string, minor: number): void {
  if (minor === 0) throw new MalformedRequest('an HTTP/1.0 message may not have a Transfer-Encoding field')
  const codings = list.split(',').map((coding) => trimBlanks(coding).toLowerCase())
  if (codings.includes('')) throw new MalformedRequest('the Transfer-Encoding field has an empty member')
  if (codings.at(-1) !== 'chunked') throw new MalformedRequest('the last transfer coding is not chunked')
  if (codings.indexOf('chunked') !== codings.length - 1) {
    throw new MalformedRequest('the body is chunked twice')
  }
  if (codings.length > 1) throw new UnknownTransferCoding()
}

function parseLength(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new MalformedRequest('the Content-Length is no decimal number')
  if (text.length < 16) return Number(text)
  const digits = text.replace(/^0+/, '')
  if (
    digits.length > largestLength.length ||
    (digits.length === largestLength.length && digits > largestLength)
  ) {
    throw new MalformedRequest('the Content-Length overflows')
  }
  return Number(digits)
}

/** What the Connection field asks for (RFC 9112, 9.3). */
export interface ConnectionWish {
  readonly keepAlive: boolean
  readonly upgrade: boolean
}

const persistent: ConnectionWish = { keepAlive: true, upgrade: false }
const transient: ConnectionWish = { keepAlive: false, upgrade: false }

/** Reads the Connection field: `close` anywhere wins; HTTP/1.0 persists only where it says `keep-alive`. */
export function connectionWish(field: string | undefined, minor: number): ConnectionWish {
  if (field === undefined) return minor > 0 ? persistent : transient
  // What most clients send, if they send any.
  if (field === 'keep-alive' || field === 'Keep-Alive') return persistent
  if (field === 'close') return transient
  const options = field.split(',').map((option) => trimBlanks(option).toLowerCase())
  const close = options.includes('close')
  return {
    keepAlive: !close && (minor > 0 || options.includes('keep-alive')),
    upgrade: options.includes('upgrade'),
  }
}

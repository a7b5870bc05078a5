import type { FileBody, WsgiResponse } from '../application.ts'
import { tokenPattern, unfitValuePattern } from '../engine/syntax.ts'
import { ContractViolation, shown } from './rules.ts'

const ownBusiness: ReadonlySet<string> = new Set(['transfer-encoding', 'keep-alive', 'proxy-connection'])
const forbiddenTrailers: ReadonlySet<string> = new Set([
  ...ownBusiness,
  'connection',
  'content-length',
  'host',
  'trailer',
  'te',
  'authorization',
  'date',
  'server',
  'upgrade',
])

/**
 * Checks what an application returned, its streamed body aside.
 *
 * @returns The announced length, or `undefined`.
 * @throws ContractViolation
 */
export function checkResponse(response: WsgiResponse, method: string): number | undefined {
  if (typeof response !== 'object' || response === null) {
    throw new ContractViolation('response-object', `the application returned ${shown(response)}`)
  }
  const { status, reason } = response
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new ContractViolation('response-status', `status is ${shown(status)}`)
  }
  if (reason !== undefined && (typeof reason !== 'string' || unfitValuePattern.test(reason))) {
    throw new ContractViolation('response-reason', `reason is ${shown(reason)}`)
  }
  const announced = checkHeaders(response, method)
  checkBody(response.body)
  for (const name of ['close', 'trailers'] as const) {
    const member = response[name]
    if (member !== undefined && typeof member !== 'function') {
      throw new ContractViolation('response-close', `${name} is ${shown(member)}`)
    }
  }
  return announced
}

function checkHeaders(response: WsgiResponse, method: string): number | undefined {
  const { headers, status } = response
  if (typeof headers?.[Symbol.iterator] !== 'function') {
    throw new ContractViolation('response-headers', `headers is ${shown(headers)}`)
  }
  const first = [...headers]
  if ([...headers].length !== first.length) {
    throw new ContractViolation('response-headers', 'headers gives something else when it is iterated again')
  }
  let announced: number | undefined
  for (const field of first) {
    const [name, value] = checkField(field)
    const key = name.toLowerCase()
    if (ownBusiness.has(key) || (key === 'connection' && value.toLowerCase() !== 'close')) {
      throw new ContractViolation('response-hop-by-hop', `the response has ${name}: ${shown(value)}`)
    }
    if (key !== 'content-length') continue
    if (announced !== undefined || !/^[0-9]+$/.test(value) || status === 204) {
      throw new ContractViolation('response-length', `Content-Length is ${shown(value)} in a ${status}`)
    }
    announced = Number(value)
  }
  const size = method === 'HEAD' || status === 304 ? undefined : wholeSize(response.body)
  if (announced !== undefined && size !== undefined && size !== announced) {
    throw new ContractViolation(
      'response-length',
      `Content-Length is ${announced}, but the body has ${size} bytes`,
    )
  }
  return announced
}

function checkField(field: unknown): readonly [string, string] {
  if (!Array.isArray(field) || field.length !== 2) {
    throw new ContractViolation('response-headers', `headers gives ${shown(field)}`)
  }
  const [name, value] = field as [unknown, unknown]
  if (typeof name !== 'string' || !tokenPattern.test(name)) {
    throw new ContractViolation('response-header-name', `a name is ${shown(name)}`)
  }
  if (typeof value !== 'string' || unfitValuePattern.test(value)) {
    throw new ContractViolation('response-header-value', `the value of ${name} is ${shown(value)}`)
  }
  return [name, value]
}

function wholeSize(body: unknown): number | undefined {
  if (body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  if (body instanceof Uint8Array) return body.byteLength
  return isFile(body) ? body.length : undefined
}

function isFile(body: unknown): body is FileBody {
  return typeof body === 'object' && body !== null && 'file' in body
}

function checkBody(body: unknown): void {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return
  if (isFile(body)) {
    checkFile(body)
    return
  }
  if (typeof body === 'object' && (Symbol.iterator in body || Symbol.asyncIterator in body)) return
  throw new ContractViolation('response-body', `body is ${shown(body)}`)
}

function checkFile({ file, offset, length }: FileBody): void {
  const isAbsolute = typeof file === 'string' && /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(file)
  if (!isAbsolute || ![offset, length].every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new ContractViolation(
      'response-file',
      `the range is ${shown(file)} from ${offset}, ${length} bytes`,
    )
  }
}

/** Checks one piece of a streamed body and returns its size in bytes. */
export function checkPiece(piece: unknown): number {
  if (typeof piece === 'string') return Buffer.byteLength(piece)
  if (piece instanceof Uint8Array) return piece.byteLength
  throw new ContractViolation('response-piece', `a piece is ${shown(piece)}`)
}

/** Checks the trailers of a response. */
export function checkTrailers(
  fields: Iterable<readonly [name: string, value: string]>,
): Iterable<readonly [name: string, value: string]> {
  if (typeof fields?.[Symbol.iterator] !== 'function') {
    throw new ContractViolation('response-trailers', `trailers gave ${shown(fields)}`)
  }
  const list = [...fields].map(checkField)
  for (const [name] of list) {
    if (forbiddenTrailers.has(name.toLowerCase())) {
      throw new ContractViolation('response-trailers', `${name} is among the trailers`)
    }
  }
  return list
}

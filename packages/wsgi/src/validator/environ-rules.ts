import { isAuthority, tokenPattern, unfitValuePattern } from '../engine/syntax.ts'
import type { Address, Environ, RequestBody, RequestHeaders } from '../environ.ts'
import { ContractViolation, shown } from './rules.ts'

/**
 * Checks what a server hands to an application.
 *
 * @throws ContractViolation
 */
export function checkEnviron(environ: Environ): void {
  if (typeof environ !== 'object' || environ === null) {
    throw new ContractViolation('environ-prototype', `the environ is ${shown(environ)}`)
  }
  checkPrototype(environ)
  if (typeof environ.method !== 'string' || !tokenPattern.test(environ.method)) {
    throw new ContractViolation('environ-method', `method is ${shown(environ.method)}`)
  }
  if (!isTarget(environ.method, environ.target)) {
    throw new ContractViolation('environ-target', `target is ${shown(environ.target)} for ${environ.method}`)
  }
  if (!/^HTTP\/\d\.\d$/.test(environ.protocol)) {
    throw new ContractViolation('environ-protocol', `protocol is ${shown(environ.protocol)}`)
  }
  if (environ.scheme !== 'http' && environ.scheme !== 'https') {
    throw new ContractViolation('environ-scheme', `scheme is ${shown(environ.scheme)}`)
  }
  checkHeaders(environ.headers)
  checkBody(environ.body)
  checkAddress('local', environ.local)
  checkAddress('remote', environ.remote)
  checkRest(environ)
}

function checkPrototype(environ: Environ): void {
  const derived: Environ = Object.create(environ)
  try {
    void [
      derived.method,
      derived.target,
      derived.headers,
      derived.body,
      derived.signal,
      derived.remote,
      derived.upgrade,
    ]
  } catch (error) {
    throw new ContractViolation(
      'environ-prototype',
      `reading through a derived object throws ${shown(error)}`,
    )
  }
}

function isTarget(method: string, target: unknown): boolean {
  if (typeof target !== 'string' || !/^[\x21-\x7e]+$/.test(target)) return false
  if (method === 'CONNECT') return isAuthority(target)
  return target.startsWith('/') || (target === '*' && method === 'OPTIONS')
}

function checkHeaders(headers: RequestHeaders): void {
  const isThere =
    typeof headers?.get === 'function' &&
    typeof headers.has === 'function' &&
    typeof headers.getAll === 'function' &&
    typeof headers[Symbol.iterator] === 'function'
  if (!isThere) throw new ContractViolation('environ-headers', `headers is ${shown(headers)}`)
  const values = new Map<string, string[]>()
  for (const field of headers) {
    const [name, value] = checkField(field)
    const key = name.toLowerCase()
    values.set(key, [...(values.get(key) ?? []), value])
  }
  for (const [name, list] of values) checkLookup(headers, name, list)
  const absent = 'x-no-such-field'
  if (!values.has(absent) && (headers.get(absent) !== undefined || headers.has(absent))) {
    throw new ContractViolation('environ-header-lookup', `get('${absent}') is ${shown(headers.get(absent))}`)
  }
}

function checkField(field: readonly [string, string]): readonly [string, string] {
  const [name, value] = Array.isArray(field) ? field : []
  if (typeof name !== 'string' || !tokenPattern.test(name)) {
    throw new ContractViolation('environ-header-field', `a field's name is ${shown(name)}`)
  }
  if (typeof value !== 'string' || unfitValuePattern.test(value) || /^[ \t]|[ \t]$/.test(value)) {
    throw new ContractViolation('environ-header-field', `the value of ${name} is ${shown(value)}`)
  }
  return [name, value]
}

function checkLookup(headers: RequestHeaders, name: string, values: readonly string[]): void {
  const joined = values.join(name === 'cookie' ? '; ' : ',')
  const found = headers.get(name)
  // Fetch joins by comma and space, and cannot be asked for single lines.
  const same = found === joined || found?.replaceAll(', ', ',') === joined.replaceAll(', ', ',')
  if (!same || !headers.has(name) || headers.getAll(name).length === 0) {
    throw new ContractViolation(
      'environ-header-lookup',
      `get('${name}') is ${shown(found)}, not ${shown(joined)}`,
    )
  }
}

function checkBody(body: RequestBody): void {
  if (typeof body?.read !== 'function' || typeof body[Symbol.asyncIterator] !== 'function') {
    throw new ContractViolation('environ-body', `body is ${shown(body)}`)
  }
  const { length, bytes } = body
  if (length !== undefined && !(Number.isInteger(length) && length >= 0)) {
    throw new ContractViolation('environ-body-length', `body.length is ${shown(length)}`)
  }
  if (bytes === undefined ? length === 0 : !(bytes instanceof Uint8Array) || bytes.byteLength !== length) {
    const found = bytes instanceof Uint8Array ? `${bytes.byteLength} bytes` : shown(bytes)
    throw new ContractViolation(
      'environ-body-bytes',
      `body.bytes is ${found} where body.length is ${shown(length)}`,
    )
  }
}

function checkAddress(name: string, address: Address): void {
  const { host, port } = address ?? {}
  if (typeof host !== 'string' || !Number.isInteger(port) || port < 0 || port > 65535) {
    throw new ContractViolation('environ-address', `${name} is ${shown(JSON.stringify(address))}`)
  }
}

function checkRest(environ: Environ): void {
  const { scriptName, upgrade } = environ
  if (typeof scriptName !== 'string' || (scriptName !== '' && !/^\/.*[^/]$/.test(scriptName))) {
    throw new ContractViolation('environ-script-name', `scriptName is ${shown(scriptName)}`)
  }
  const first = environ.signal
  if (!(first instanceof AbortSignal) || environ.signal !== first) {
    throw new ContractViolation('environ-signal', `signal is ${shown(first)}`)
  }
  if (upgrade !== undefined && (typeof upgrade.protocol !== 'string' || typeof upgrade.take !== 'function')) {
    throw new ContractViolation('environ-upgrade', `upgrade is ${shown(upgrade)}`)
  }
}

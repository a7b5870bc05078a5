import type { ExchangeRecord } from '@flask-ts/wsgi/server'
import { SettingError } from '../errors.ts'
import { cgiVariable, pathOf, queryOf } from './cgi-variable.ts'
import { accessLogDate } from './dates.ts'

/** Makes one line of the access log, without its end. */
export type AccessFormat = (record: ExchangeRecord) => string

type Atom = (record: ExchangeRecord) => string | number | undefined

const atoms: Readonly<Record<string, Atom>> = {
  h: ({ environ }) => environ.remote.host || undefined,
  l: () => '-',
  u: ({ environ }) => userOf(environ.headers.get('authorization')),
  t: () => accessLogDate(Date.now()),
  r: ({ environ }) => `${environ.method} ${environ.target} ${environ.protocol}`,
  s: ({ status }) => status,
  m: ({ environ }) => environ.method,
  U: ({ environ }) => pathOf(environ),
  q: ({ environ }) => queryOf(environ.target),
  H: ({ environ }) => environ.protocol,
  b: ({ bytes }) => bytes,
  B: ({ bytes }) => bytes,
  f: ({ environ }) => environ.headers.get('referer'),
  a: ({ environ }) => environ.headers.get('user-agent'),
  T: ({ duration }) => Math.trunc(duration / 1000),
  D: ({ duration }) => Math.round(duration * 1000),
  M: ({ duration }) => Math.trunc(duration),
  L: ({ duration }) => (duration / 1000).toFixed(6),
  p: () => `<${process.pid}>`,
}

/** The user name of Basic authentication (RFC 7617). */
function userOf(authorization: string | undefined): string | undefined {
  const match = /^basic\s+(\S+)/i.exec(authorization ?? '')
  if (match === null) return undefined
  const credentials = Buffer.from(match[1]!, 'base64').toString()
  return credentials.slice(0, Math.max(0, credentials.indexOf(':'))) || undefined
}

/** Quotes and control characters could forge a line, or the fields of one. */
function safe(value: string): string {
  return /["\x00-\x1f\x7f]/.test(value)
    ? value.replace(/["\x00-\x1f\x7f]/g, (char) =>
        char === '"' ? '\\"' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
      )
    : value
}

function fieldOf(pairs: Iterable<readonly [string, string]>, name: string): string | undefined {
  const values: string[] = []
  for (const [key, value] of pairs) if (key.toLowerCase() === name) values.push(value)
  return values.length === 0 ? undefined : values.join(', ')
}

function atomOf(name: string): Atom {
  const field = /^\{(.+)\}([ioe])$/s.exec(name)
  if (field === null) return atoms[name] ?? (() => undefined)
  const key = field[1]!.toLowerCase()
  if (field[2] === 'i') return ({ environ }) => environ.headers.get(key)
  if (field[2] === 'o') return ({ headers }) => fieldOf(headers, key)
  return ({ environ }) => cgiVariable(key, environ)
}

const json: AccessFormat = ({ environ, status, bytes, duration, complete }) => {
  const { method, target, protocol, scheme, remote, headers } = environ
  return JSON.stringify({
    time: new Date().toISOString(),
    pid: process.pid,
    remote: remote.host,
    user: userOf(headers.get('authorization')),
    method,
    target,
    path: pathOf(environ),
    protocol,
    scheme,
    host: headers.get('host'),
    status,
    bytes,
    seconds: Number((duration / 1000).toFixed(6)),
    complete,
    referer: headers.get('referer'),
    userAgent: headers.get('user-agent'),
    requestId: headers.get('x-request-id'),
  })
}

/**
 * Compiles a format such as `%(h)s "%(r)s" %(s)s`, in Python's notation; `json` stands for one JSON object a line.
 *
 * @throws SettingError if a percent sign begins no atom.
 * @see https://docs.gunicorn.org/en/stable/settings.html#access-log-format
 */
export function compileAccessFormat(format: string): AccessFormat {
  if (format === 'json') return json
  const parts: (string | Atom)[] = []
  const pattern = /%(?:%|\(((?:\{[^}]*\}[ioe])|[^)]*)\)[-#0 +]*\d*(?:\.\d+)?[sdrif])|%/g
  let at = 0
  for (const match of format.matchAll(pattern)) {
    parts.push(format.slice(at, match.index))
    at = match.index + match[0].length
    if (match[0] === '%%') parts.push('%')
    else if (match[1] === undefined) throw unfinished(format, match.index)
    else parts.push(atomOf(match[1]))
  }
  parts.push(format.slice(at))
  return (record) => {
    let line = ''
    for (const part of parts) {
      if (typeof part === 'string') line += part
      else {
        const value = part(record) ?? '-'
        line += typeof value === 'string' && value !== '' ? safe(value) : value
      }
    }
    return line
  }
}

function unfinished(format: string, at: number): SettingError {
  return new SettingError(
    `access_log_format has a % that begins no atom at '${format.slice(at, at + 12)}': write %(h)s, or %% for a percent sign.`,
  )
}

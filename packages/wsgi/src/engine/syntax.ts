import { isIPv6 } from 'node:net'

/** Carriage return. */
export const CR = 13
/** Line feed. */
export const LF = 10

const tokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

function table(member: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => member(code))
}

/**
 * Per byte: 0 if it may not stand in a token (RFC 9110, 5.6.2), else 1; the underscore has 3, so that or-ing the
 * entries of a name tells whether it holds one.
 */
export const tokenBytes: Uint8Array = table((code) => {
  if (code === 0x5f) return 3
  return tokenCharacters.includes(String.fromCharCode(code)) ? 1 : 0
})

/** Per byte: 1 if it may stand in a method: a token character that is not a lower-case letter. */
export const methodBytes: Uint8Array = table((code) =>
  tokenBytes[code] !== 0 && !(code >= 0x61 && code <= 0x7a) ? 1 : 0,
)

/** Per byte: 1 if it may stand in a field value (RFC 9110, 5.5). */
export const valueBytes: Uint8Array = table((code) => (code === 9 || (code >= 32 && code !== 127) ? 1 : 0))

/** Per byte: 1 if it may stand in a request target: printable ASCII. */
export const targetBytes: Uint8Array = table((code) => (code > 32 && code < 127 ? 1 : 0))

/** Per byte: 1 if it may stand in a plain host name: a letter, a digit, a dot or a hyphen. */
export const plainHostBytes: Uint8Array = table((code) =>
  /[A-Za-z0-9.-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/** A token and nothing else. */
export const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** What makes a field value unfit for the wire: a control character, or a character beyond Latin-1. */
export const unfitValuePattern = /[^\t\x20-\x7e\x80-\xff]/

const hostPattern =
  /^(?:\[([0-9A-Fa-f:.]+)\]|\[v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+\]|((?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*))(?::([0-9]*))?$/

/** Whether a text is a valid Host value: `uri-host [ ":" port ]` (RFC 9110, 7.2), the empty one included. */
export function isHostValue(text: string): boolean {
  const match = hostPattern.exec(text)
  if (match === null) return false
  return match[1] === undefined || isIPv6(match[1])
}

/** Whether a text is a CONNECT target: a host and a port, neither empty (RFC 9112, 3.2.3). */
export function isAuthority(text: string): boolean {
  const match = hostPattern.exec(text)
  if (match === null || match[3] === undefined || match[3] === '') return false
  if (match[1] !== undefined) return isIPv6(match[1])
  return match[2] !== ''
}

/** A text without the spaces and tabs at both ends: no other white space is optional in HTTP. */
export function trimBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

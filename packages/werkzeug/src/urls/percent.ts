const alwaysSafe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'
const hex = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
const safeSets = new Map<string, Uint8Array>()
const escape = /%[0-9a-fA-F]{2}/g
const asciiRun = /[\x00-\x7f]+/g
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Which of the 256 bytes may stand as they are, made once for each set. */
function safeSet(safe: string): Uint8Array {
  let set = safeSets.get(safe)
  if (set === undefined) {
    set = new Uint8Array(256)
    for (const char of alwaysSafe + safe) set[char.charCodeAt(0)] = 1
    safeSets.set(safe, set)
  }
  return set
}

/**
 * Percent-encodes text (as UTF-8) or bytes.
 *
 * @param value - What to encode.
 * @param safe - ASCII characters that stay, besides letters, digits and `_.-~`. A few constant sets are expected.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function quote(value: string | Uint8Array, safe = '/'): string {
  const set = safeSet(safe)
  if (typeof value === 'string') {
    let at = 0
    while (at < value.length && set[value.charCodeAt(at)] === 1) at++
    if (at === value.length) return value
  }
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  let text = ''
  for (const byte of bytes) text += set[byte] === 1 ? String.fromCharCode(byte) : hex[byte]
  return text
}

/** The bytes of ASCII text whose valid escapes are resolved; escapes without two hex digits stay. */
function unescapeAscii(text: string): Buffer {
  const raw = text.replace(escape, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
  return Buffer.from(raw, 'latin1')
}

function decodeOrUndefined(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // The quick way knows only well-formed text; the callers have a slow way for the rest.
    return undefined
  }
}

/**
 * Resolves percent escapes into UTF-8 text. Invalid bytes become U+FFFD, malformed escapes stay.
 *
 * @param text - Percent-encoded text.
 */
export function unquote(text: string): string {
  if (!text.includes('%')) return text
  const quick = decodeOrUndefined(text)
  if (quick !== undefined) return quick
  return text.replace(asciiRun, (run) => unescapeAscii(run).toString('utf8'))
}

/**
 * Resolves percent escapes into bytes; characters that are not escaped give their UTF-8 bytes.
 *
 * @param text - Percent-encoded text.
 */
export function unquoteToBytes(text: string): Uint8Array {
  return unescapeAscii(Buffer.from(text).toString('latin1'))
}

/** How many bytes the well-formed UTF-8 character at `at` has, or 0. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let next = at + 2; next < at + length; next++) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

/**
 * Decodes UTF-8, with every byte that belongs to no character written as a percent escape.
 *
 * @param bytes - Any bytes.
 */
export function decodeUtf8Quoting(bytes: Uint8Array): string {
  const parts: string[] = []
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let start = 0
  let at = 0
  while (at < bytes.length) {
    const length = characterLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    parts.push(buffer.toString('utf8', start, at), hex[bytes[at]!]!)
    start = ++at
  }
  parts.push(buffer.toString('utf8', start))
  return parts.join('')
}

/**
 * Resolves percent escapes into UTF-8 text; the escapes of invalid bytes stay (written in upper case).
 *
 * @param text - Percent-encoded text.
 */
export function unquoteKeeping(text: string): string {
  if (!text.includes('%')) return text
  const quick = decodeOrUndefined(text)
  if (quick !== undefined) return quick
  return text.replace(asciiRun, (run) => decodeUtf8Quoting(unescapeAscii(run)))
}

/**
 * Resolves percent escapes in one of the character sets that a header parameter may name (RFC 2231).
 *
 * @param text - Percent-encoded text.
 * @param charset - In lower case.
 * @returns The text, or `undefined` for any other charset.
 */
export function decodeCharset(text: string, charset: string): string | undefined {
  if (charset === 'utf-8') return unquote(text)
  if (charset === 'iso-8859-1') {
    return text.replace(asciiRun, (run) => unescapeAscii(run).toString('latin1'))
  }
  if (charset !== 'ascii' && charset !== 'us-ascii') return undefined
  return text.replace(asciiRun, (run) =>
    unescapeAscii(run)
      .toString('latin1')
      .replace(/[\x80-\xff]/g, '\ufffd'),
  )
}

/**
 * Reads Latin-1 text, as header values come, as the UTF-8 bytes that it stands for.
 *
 * @param text - Text whose characters are bytes; text with other characters comes back as it is.
 * @returns The decoded text, or `undefined` if the bytes are not UTF-8.
 */
export function latin1ToUtf8(text: string): string | undefined {
  let at = 0
  while (at < text.length && text.charCodeAt(at) < 0x80) at++
  if (at === text.length) return text
  for (; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return text
  try {
    return strictUtf8.decode(Buffer.from(text, 'latin1'))
  } catch {
    // TextDecoder says no more than that the bytes are invalid, and so does this function.
    return undefined
  }
}

import { decodePunycode, encodePunycode } from './punycode.ts'

const ascii = /^[\x00-\x7f]*$/
const dots = /[.\u3002\uff0e\uff61]/
const prefix = 'xn--'
const longest = 63
/** Characters that name preparation maps to nothing (RFC 3454, table B.1). */
const ignorable = /\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]|[\u00ad\u1806\u200b-\u200d\u2060\ufeff]/g
/** Spaces and controls beyond ASCII, private use and other characters that no name may contain (RFC 3454, tables C). */
const prohibited =
  /(?![\x00-\x7f])[\p{Zs}\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u06dd\u070f\u180e\u200c-\u200f\u202a-\u202e\u2061-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufdd0-\ufdef\ufff9-\uffff\u{e0001}\u{e0020}-\u{e007f}]/u

/** A host name cannot be written in ASCII, or not be read back. */
export class IdnaError extends Error {
  override readonly name = 'IdnaError'

  constructor(label: string, reason: string, options?: ErrorOptions) {
    super(`the host name part ${JSON.stringify(label)} ${reason}`, options)
  }
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u
const leftToRight = /(?![\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}])\p{L}/u
const mark = /\p{Mn}/u

/** Folds case by way of the capitals, which also spells out 'ß' and the Greek letters with two capitals. */
function foldCase(label: string): string {
  // The dotless i is a letter of its own, and the final sigma is none.
  return label
    .split('ı')
    .map((part) => part.toUpperCase().toLowerCase())
    .join('ı')
    .replaceAll('ς', 'σ')
}

function isRightToLeft(char: string): boolean {
  return rightToLeft.test(char) && !mark.test(char)
}

/** RFC 3454, section 6: a name of right-to-left letters begins and ends with one, and has no others. */
function hasMixedDirections(label: string): boolean {
  const chars = [...label]
  if (!chars.some(isRightToLeft)) return false
  return leftToRight.test(label) || !isRightToLeft(chars[0]!) || !isRightToLeft(chars.at(-1)!)
}

function prepare(label: string): string {
  const folded = foldCase(label.replace(ignorable, ''))
  const prepared = foldCase(folded.normalize('NFKC')).normalize('NFKC')
  if (prohibited.test(prepared)) throw new IdnaError(label, 'contains a character that no host name may have')
  if (hasMixedDirections(prepared)) throw new IdnaError(label, 'mixes directions of writing')
  return prepared
}

function labelToAscii(label: string): string {
  let text = label
  if (!ascii.test(text)) {
    // Each character takes one at least, and counting is cheaper than encoding what cannot fit.
    text = text.length > 2 * longest ? text : prepare(text)
    if (!ascii.test(text) && text.length <= 2 * longest) {
      if (text.startsWith(prefix)) throw new IdnaError(label, `begins with ${prefix} but is not ASCII`)
      text = prefix + encodePunycode(text)
    }
  }
  if (text === '' || text.length > longest)
    throw new IdnaError(label, 'is empty or longer than 63 characters')
  return text
}

/**
 * Writes a host name in ASCII, as Python's `idna` codec does (IDNA 2003). ASCII names keep their case.
 *
 * @param host - A host name without a port; a dot at its end stays.
 * @throws IdnaError if a part is empty, too long, or contains what no name may.
 * @see https://www.rfc-editor.org/rfc/rfc3490#section-4.1
 */
export function encodeIdna(host: string): string {
  if (host === '') return ''
  const labels = ascii.test(host) ? host.split('.') : host.split(dots)
  const trailing = labels.length > 1 && labels.at(-1) === ''
  if (trailing) labels.pop()
  return labels.map(labelToAscii).join('.') + (trailing ? '.' : '')
}

function decodeLabel(label: string): string {
  try {
    return decodePunycode(label.slice(prefix.length))
  } catch (cause) {
    throw new IdnaError(label, 'cannot be decoded', { cause })
  }
}

function labelToUnicode(label: string): string {
  if (!label.toLowerCase().startsWith(prefix)) return label
  if (label.length > longest) throw new IdnaError(label, 'is longer than 63 characters')
  const decoded = decodeLabel(label)
  if (labelToAscii(decoded).toLowerCase() !== label.toLowerCase()) {
    throw new IdnaError(label, 'does not stand for itself when it is encoded again')
  }
  return decoded
}

/**
 * Reads a host name that was written in ASCII.
 *
 * @param host - A host name without a port. One that is not ASCII comes back as it is.
 * @throws IdnaError if a part that begins with `xn--` stands for no name.
 * @see https://www.rfc-editor.org/rfc/rfc3490#section-4.2
 */
export function decodeIdna(host: string): string {
  if (!ascii.test(host) || !host.toLowerCase().includes(prefix)) return host
  return host.split('.').map(labelToUnicode).join('.')
}

/**
 * The same as `decodeIdna` for hosts that a client sent: what cannot be read is shown as it was written.
 *
 * @param host - A host name without a port.
 */
export function displayIdna(host: string): string {
  try {
    return decodeIdna(host)
  } catch {
    // A client may write any name, and that must not fail the request.
    return host
  }
}

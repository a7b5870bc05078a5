import { BadData } from './errors.ts'

const MINUS = 0x2d
const UNDERSCORE = 0x5f
const PADDING = 0x3d
const MAX_UINT64 = (1n << 64n) - 1n

/** The value of each base64 digit of both alphabets by its byte; 64 for every other byte. */
const digitValues = makeDigitValues()

function makeDigitValues(): Uint8Array {
  const values = new Uint8Array(256).fill(64)
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (let i = 0; i < 64; i++) values[digits.charCodeAt(i)] = i
  values[MINUS] = 62
  values[UNDERSCORE] = 63
  return values
}

/**
 * The bytes of a value: text as UTF-8, bytes as they are.
 *
 * @param value - Text or bytes.
 */
export function wantBytes(value: string | Uint8Array): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

/**
 * Encodes bytes as URL-safe base64 without padding (RFC 4648, section 5).
 *
 * @param value - Bytes, or text that is taken as UTF-8.
 */
export function base64Encode(value: string | Uint8Array): string {
  return wantBytes(value).toString('base64url')
}

/** Whether text is URL-safe base64 in the form in which `base64Encode` writes it, spare bits aside. */
const plainBase64 = /^[A-Za-z0-9_-]*$/

/**
 * Decodes base64 as Python does: both alphabets, padding optional, bytes outside the alphabet skipped. Skipped
 * bytes still count when the missing padding is worked out.
 *
 * @param value - Text (characters outside ASCII are dropped) or bytes.
 * @throws {BadData} If the digits do not make whole bytes.
 */
export function base64Decode(value: string | Uint8Array): Buffer {
  const text = typeof value === 'string' ? value : wantBytes(value).toString('latin1')
  if (text.length % 4 !== 1 && plainBase64.test(text)) return Buffer.from(text, 'base64url')
  // Python drops what is not ASCII from text, but lets bytes through to be skipped later.
  const ascii = typeof value === 'string' ? text.replace(/[^\x00-\x7f]/g, '') : text
  return decodeLeniently(Buffer.from(ascii + '='.repeat((4 - (ascii.length % 4)) % 4), 'latin1'))
}

/**
 * Decodes padded base64 of the standard alphabet as Python's `b64decode` does: bytes outside the alphabet are
 * skipped, and nothing is read after the padding.
 *
 * @param text - ASCII text.
 * @throws {BadData} If the digits do not make whole bytes, or their padding is missing.
 */
export function standardBase64Decode(text: string): Buffer {
  if (/[^\x00-\x7f]/.test(text)) throw new BadData('Invalid base64-encoded data: it must be ASCII')
  return decodeLeniently(Buffer.from(text.replace(/[-_]/g, ''), 'latin1'))
}

function decodeLeniently(input: Buffer): Buffer {
  const output: number[] = []
  let inQuad = 0
  let pads = 0
  let left = 0
  for (const byte of input) {
    if (byte === PADDING) {
      // A complete padding ends the data, whatever follows it.
      if (inQuad >= 2 && inQuad + ++pads >= 4) return Buffer.from(output)
      continue
    }
    const digit = digitValues[byte]!
    if (digit === 64) continue
    pads = 0
    if (inQuad > 0) output.push((((left << 6) | digit) >> (6 - 2 * inQuad)) & 0xff)
    left = digit & ((1 << (6 - 2 * inQuad)) - 1)
    inQuad = (inQuad + 1) % 4
  }
  if (inQuad !== 0) throw new BadData('Invalid base64-encoded data: its digits do not make whole bytes')
  return Buffer.from(output)
}

/**
 * The shortest big-endian bytes of an unsigned integer; none for 0.
 *
 * @param value - 0 to 2^64 - 1.
 * @throws {RangeError} If the value is outside that range.
 */
export function intToBytes(value: number | bigint): Buffer {
  if (typeof value === 'number' && value > 0xffffff && value <= 0xffffffff) {
    // What every time of signing is until the year 2106.
    const four = Buffer.allocUnsafe(4)
    four.writeUInt32BE(value)
    return four
  }
  const number = BigInt(value)
  if (number < 0n || number > MAX_UINT64) {
    throw new RangeError(`intToBytes takes an integer from 0 to 2^64 - 1, not ${number}`)
  }
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(number)
  let zeros = 0
  while (zeros < 8 && bytes[zeros] === 0) zeros++
  return bytes.subarray(zeros)
}

/**
 * The unsigned integer of big-endian bytes; 0 for none.
 *
 * @param bytes - At most 8 bytes.
 * @throws {RangeError} If there are more.
 */
export function bytesToInt(bytes: Uint8Array): bigint {
  if (bytes.length > 8) throw new RangeError(`bytesToInt takes at most 8 bytes, not ${bytes.length}`)
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

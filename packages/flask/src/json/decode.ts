import { loadJson } from '@flask-ts/itsdangerous'

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0) return 'utf-32be'
  if (a === 0) return 'utf-16be'
  if (b === 0 && bytes.length >= 2) return bytes.length >= 4 && c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  return 'utf-8'
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  if (bytes.length % 4 !== 0) {
    throw new SyntaxError(`JSON in UTF-32 has ${bytes.length} bytes, which is no multiple of 4`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian)
    if (at > 0 || point !== 0xfeff) text += String.fromCodePoint(point)
  }
  return text
}

/** The text of JSON bytes: UTF-8, UTF-16 or UTF-32, with or without a byte order mark. */
function decodeJsonBytes(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le')
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

/**
 * The value of JSON text or bytes, as Python's `json.loads` reads it.
 *
 * @throws SyntaxError - if it is no JSON.
 * @throws TypeError - if the bytes are not valid in their encoding.
 */
export function decodeJson(source: string | Uint8Array): unknown {
  return loadJson(typeof source === 'string' ? source : decodeJsonBytes(source))
}

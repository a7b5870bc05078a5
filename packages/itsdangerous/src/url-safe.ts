import { deflateSync, inflateSync } from 'node:zlib'
import { base64Decode, base64Encode } from './encoding.ts'
import { BadPayload } from './errors.ts'
import { dumpJson } from './json/dump.ts'
import { loadJson } from './json/load.ts'
import type { Format } from './serializer.ts'

const COMPRESSED = 0x2e

/**
 * Up to this size in bytes, what does not repeat three bytes in a row cannot be deflated to less: the header of a
 * block's code, and six bytes around it, cost more than a code can save.
 */
const NEVER_SHORTER = 28

/** JSON without white space, with everything outside ASCII as it is. */
export const compactJson: Format = {
  dumps: (value, options) => dumpJson(value, { ensureAscii: false, separators: [',', ':'], ...options }),
  loads: loadJson,
}

/**
 * A payload as URL-safe text: base64, deflated with a leading dot where that is shorter by two bytes or more.
 */
export function encodePayload(json: Uint8Array): Buffer {
  if (json.length <= NEVER_SHORTER && !repeatsItself(json)) return Buffer.from(base64Encode(json), 'latin1')
  const compressed = deflateSync(json)
  const shorter = compressed.length < json.length - 1
  return Buffer.from(shorter ? `.${base64Encode(compressed)}` : base64Encode(json), 'latin1')
}

/**
 * The bytes of a payload that `encodePayload` made.
 *
 * @throws {BadPayload} If it is not base64, or does not inflate.
 */
export function decodePayload(payload: Uint8Array): Buffer {
  const compressed = payload[0] === COMPRESSED
  const bytes = decodeBase64(compressed ? payload.subarray(1) : payload)
  if (!compressed) return bytes
  try {
    return inflateSync(bytes)
  } catch (cause) {
    throw new BadPayload('Could not inflate the payload before decoding it', { cause })
  }
}

/** Whether three bytes in a row come again, so that deflating could refer to them. */
function repeatsItself(bytes: Uint8Array): boolean {
  for (let i = 0; i + 2 < bytes.length; i++) {
    for (let j = i + 1; j + 2 < bytes.length; j++) {
      if (bytes[i] === bytes[j] && bytes[i + 1] === bytes[j + 1] && bytes[i + 2] === bytes[j + 2]) return true
    }
  }
  return false
}

function decodeBase64(payload: Uint8Array): Buffer {
  try {
    return base64Decode(payload)
  } catch (cause) {
    throw new BadPayload('Could not base64 decode the payload', { cause })
  }
}

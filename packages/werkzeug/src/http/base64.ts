const dataCharacter = /[A-Za-z0-9+/]/
const beyondAscii = /[^\x00-\x7f]/

/**
 * Reads Base64 as leniently as Python's `b64decode`: other characters are skipped, and what follows the padding too.
 *
 * @param text - ASCII text; other characters make it unreadable.
 * @returns The bytes, or `undefined` if characters or padding are missing at the end.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (beyondAscii.test(text)) return undefined
  let data = ''
  let pads = 0
  for (const char of text) {
    if (char === '=') {
      const place = data.length % 4
      if (place >= 2 && place + ++pads >= 4) return Buffer.from(data, 'base64')
    } else if (dataCharacter.test(char)) {
      data += char
      pads = 0
    }
  }
  return data.length % 4 === 0 ? Buffer.from(data, 'base64') : undefined
}

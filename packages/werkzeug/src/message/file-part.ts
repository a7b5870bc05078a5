import { closeSync, openSync, readSync } from 'node:fs'
import type { FileBody } from '@flask-ts/wsgi'

/**
 * Reads a part of a file into memory. For tests and for frozen responses; a server sends the file itself.
 *
 * @returns The bytes: fewer than `length` if the file has become shorter.
 */
export function readFilePart(part: FileBody): Buffer {
  const bytes = Buffer.allocUnsafe(part.length)
  const descriptor = openSync(part.file, 'r')
  try {
    let done = 0
    while (done < part.length) {
      const read = readSync(descriptor, bytes, done, part.length - done, part.offset + done)
      if (read === 0) break
      done += read
    }
    return bytes.subarray(0, done)
  } finally {
    closeSync(descriptor)
  }
}

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FileStorage } from '@flask-ts/werkzeug/datastructures'
import { currentApp } from 'flask-ts'

const LARGEST = 2 * 1024 * 1024

/** How the files of each kind begin. No SVG: it may hold scripts. */
const SIGNATURES: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpg: /^\xff\xd8\xff/,
  webp: /^RIFF.{4}WEBP/s,
}

/** An upload is no picture that we take; the message is for the one who sent it. */
export class PictureError extends Error {
  override readonly name = 'PictureError'
}

/**
 * Stores an uploaded picture.
 *
 * @returns Its new name. The client's is not used: neither what it says nor how it ends can be relied on.
 * @throws PictureError - if it is too large, or not what it should be by its own bytes.
 */
export async function savePicture(file: FileStorage): Promise<string> {
  if (file.size > LARGEST) throw new PictureError('A picture may have at most 2 MB.')
  const start = file.read(16).toString('latin1')
  file.seek(0)
  const kind = Object.keys(SIGNATURES).find((name) => SIGNATURES[name]!.test(start))
  if (kind === undefined) throw new PictureError('This is no PNG, JPEG or WebP picture.')
  const name = `${randomUUID()}.${kind}`
  await file.saveAsync(join(currentApp.config.UPLOAD_FOLDER, name))
  return name
}

import { sep } from 'node:path'
import { stripEnd } from '../http/strip.ts'
import { isDeviceName } from './device-names.ts'

const beyondAscii = /[^\x00-\x7f]/g
const unwanted = /[^A-Za-z0-9_.-]/g
const space = /[\s\x1c-\x1f]+/

/**
 * A name under which an uploaded file can be stored: ASCII letters, digits, `_`, `.` and `-` only, never hidden and
 * never a path.
 *
 * @param filename - The name that the client gave.
 * @returns The safe name, which may be empty.
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.secure_filename
 */
export function secureFilename(filename: string): string {
  const plain = filename.normalize('NFKD').replace(beyondAscii, '').replaceAll('/', ' ')
  const words = (sep === '\\' ? plain.replaceAll('\\', ' ') : plain)
    .split(space)
    .filter((word) => word !== '')
  const name = stripEnd(
    words
      .join('_')
      .replace(unwanted, '')
      .replace(/^[._]+/, ''),
    '._',
  )
  return sep === '\\' && name !== '' && isDeviceName(name) ? `_${name}` : name
}

import { posix, sep } from 'node:path'
import { isDeviceName } from './device-names.ts'

const onWindows = sep === '\\'

function normalize(path: string): string {
  const normal = posix.normalize(path)
  // POSIX leaves two slashes in front alone, and Python follows it; Node's trailing slash has no counterpart.
  const trimmed = normal.length > 1 ? normal.replace(/\/+$/, '') : normal
  return trimmed === '' ? '/' : trimmed
}

function isUnsafe(part: string): boolean {
  if (part.startsWith('/') || part === '..' || part.startsWith('../')) return true
  return onWindows && (part.includes('\\') || /^[a-z]:/i.test(part) || part.split('/').some(isDeviceName))
}

/**
 * Joins paths that nobody has checked to a folder, without leaving it.
 *
 * @param directory - The trusted folder.
 * @param untrusted - Paths with slashes, each relative to what stands before it.
 * @returns The path, or `undefined` if it would lead out of the folder.
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.safe_join
 */
export function safeJoin(directory: string, ...untrusted: readonly string[]): string | undefined {
  let path = directory === '' ? '.' : directory
  for (const piece of untrusted) {
    if (piece === '') continue
    const part = normalize(piece)
    if (isUnsafe(part)) return undefined
    path = path.endsWith('/') ? path + part : `${path}/${part}`
  }
  return path
}

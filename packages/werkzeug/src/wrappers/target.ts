import { latin1ToUtf8, unquote } from '../urls/percent.ts'

const plainPath = /^[\x21-\x24\x26-\x7e]*$/
const wireByte = /[\x80-\xff]/g

/**
 * The path of a request target, decoded: escapes and raw bytes together are UTF-8, and what is not becomes U+FFFD.
 *
 * @param target - The request target as on the wire.
 */
export function targetPath(target: string): string {
  const query = target.indexOf('?')
  const raw = query === -1 ? target : target.slice(0, query)
  return plainPath.test(raw) ? raw : unquote(raw.replace(wireByte, escapeByte))
}

function escapeByte(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16)}`
}

/**
 * The query of a request target, still encoded; its raw bytes are read as UTF-8.
 *
 * @param target - The request target as on the wire.
 */
export function targetQuery(target: string): string {
  const query = target.indexOf('?')
  if (query === -1) return ''
  const raw = target.slice(query + 1)
  return latin1ToUtf8(raw) ?? Buffer.from(raw, 'latin1').toString('utf8')
}

/** The query as its bytes. */
export function targetQueryBytes(target: string): Uint8Array {
  const query = target.indexOf('?')
  const raw = query === -1 ? '' : target.slice(query + 1)
  return Buffer.from(raw, /[^\x00-\xff]/.test(raw) ? 'utf8' : 'latin1')
}

/**
 * Where in a request target the part behind the mount point begins.
 *
 * @param target - The request target as on the wire.
 * @param scriptName - The mount point, decoded.
 * @returns An index; 0 if the target is not below the mount point.
 */
export function mountEnd(target: string, scriptName: string): number {
  if (scriptName === '') return 0
  const query = target.indexOf('?')
  const end = query === -1 ? target.length : query
  let at = target.indexOf('/', 1)
  for (; at !== -1 && at < end; at = target.indexOf('/', at + 1)) {
    if (targetPath(target.slice(0, at)) === scriptName) return at
  }
  return targetPath(target) === scriptName ? end : 0
}

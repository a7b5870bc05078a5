import { parseListHeader } from './lists.ts'
import { parsePlainInt } from './plain-int.ts'

/**
 * The announced length of a body.
 *
 * @param contentLength - The `Content-Length` header. What is no number from 0 counts as 0.
 * @param transferEncoding - The `Transfer-Encoding` header; `chunked` overrides the length.
 * @returns Bytes, or `undefined` if the length is not known.
 * @see https://httpwg.org/specs/rfc9112.html#message.body.length
 */
export function getContentLength(
  contentLength: string | null | undefined,
  transferEncoding?: string | null,
): number | undefined {
  if (contentLength === null || contentLength === undefined) return undefined
  if (transferEncoding !== null && transferEncoding !== undefined) {
    if (parseListHeader(transferEncoding).some((item) => item.toLowerCase() === 'chunked')) return undefined
  }
  return Math.max(0, parsePlainInt(contentLength) ?? 0)
}

const entityHeaders = new Set([
  'allow',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
])
const hopByHopHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Something whose fields can be removed in place, as `Headers` can. */
export interface FieldList {
  retain(test: (name: string, value: string) => boolean): void
}

/** Whether a field describes the body. */
export function isEntityHeader(name: string): boolean {
  return entityHeaders.has(name.toLowerCase())
}

/**
 * Whether a field is for the next connection only.
 *
 * @see https://httpwg.org/specs/rfc9110.html#field.connection
 */
export function isHopByHopHeader(name: string): boolean {
  return hopByHopHeaders.has(name.toLowerCase())
}

/**
 * Removes the fields that describe a body, for answers that have none.
 *
 * @param headers - Changed in place.
 * @param allowed - Names of fields that stay nevertheless.
 */
export function removeEntityHeaders(
  headers: FieldList,
  allowed: readonly string[] = ['expires', 'content-location'],
): void {
  const kept = new Set(allowed.map((name) => name.toLowerCase()))
  headers.retain((name) => !isEntityHeader(name) || kept.has(name.toLowerCase()))
}

/**
 * Removes the fields that are for one connection only.
 *
 * @param headers - Changed in place.
 */
export function removeHopByHopHeaders(headers: FieldList): void {
  headers.retain((name) => !isHopByHopHeader(name))
}

import { createHash } from 'node:crypto'
import { strip } from './strip.ts'

/** An entity tag cannot contain a double quote. */
export class InvalidEtag extends Error {
  override readonly name = 'InvalidEtag'

  constructor(etag: string) {
    super(
      `the entity tag ${JSON.stringify(etag)} contains a double quote: leave it out, quoteEtag() adds the quotes`,
    )
  }
}

/**
 * Writes an entity tag.
 *
 * @param etag - The opaque tag without quotes.
 * @param weak - Whether it is a weak one.
 * @throws InvalidEtag if it contains a double quote.
 * @see https://httpwg.org/specs/rfc9110.html#field.etag
 */
export function quoteEtag(etag: string, weak = false): string {
  if (etag.includes('"')) throw new InvalidEtag(etag)
  return weak ? `W/"${etag}"` : `"${etag}"`
}

/**
 * Reads a single entity tag.
 *
 * @param etag - With or without quotes and `W/`.
 * @returns The opaque tag and whether it is weak; both `undefined` for nothing.
 */
export function unquoteEtag(
  etag: string | null | undefined,
): [etag: string, weak: boolean] | [etag: undefined, weak: undefined] {
  if (etag === null || etag === undefined || etag === '') return [undefined, undefined]
  let tag = strip(etag)
  const weak = tag.startsWith('W/') || tag.startsWith('w/')
  if (weak) tag = tag.slice(2)
  if (tag.startsWith('"') && tag.endsWith('"')) tag = tag.slice(1, -1)
  return [tag, weak]
}

/**
 * An entity tag for contents: their SHA3-256 in Base64 without padding, as Werkzeug makes it.
 *
 * @param data - Text counts as its UTF-8 bytes.
 */
export function generateEtag(data: string | Uint8Array): string {
  return createHash('sha3-256').update(data).digest('base64').replace(/=+$/, '')
}

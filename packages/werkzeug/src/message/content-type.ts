import { type HeaderPair, Headers } from '../datastructures/headers.ts'

/** Types that are text by their registration though their name does not say so. */
const textTypes = new Set([
  'application/ecmascript',
  'application/javascript',
  'application/sql',
  'application/xml',
  'application/xml-dtd',
  'application/xml-external-parsed-entity',
])

const utf8Fields = new Map<string, HeaderPair>()
const rememberedTypes = 256

/**
 * The `Content-Type` of a media type: text gets a `charset` parameter, everything else stays as it is.
 *
 * @param mimetype - Media type without parameters, such as `text/html`.
 */
export function getContentType(mimetype: string, charset = 'utf-8'): string {
  return isText(mimetype) ? `${mimetype}; charset=${charset}` : mimetype
}

/**
 * The `Content-Type` field of a media type, in UTF-8.
 *
 * @throws HeaderValueError if the type contains a line break.
 */
export function contentTypeField(mimetype: string): HeaderPair {
  // A program uses few types and every response needs one: each is put together once, and shared.
  let field = utf8Fields.get(mimetype)
  if (field === undefined) {
    field = new Headers([['Content-Type', getContentType(mimetype)]]).at(0)!
    if (utf8Fields.size < rememberedTypes) utf8Fields.set(mimetype, field)
  }
  return field
}

function isText(mimetype: string): boolean {
  return mimetype.startsWith('text/') || textTypes.has(mimetype) || mimetype.endsWith('+xml')
}

/** Whether a media type says JSON: `application/json` or `application/*+json`. */
export function isJsonType(mimetype: string): boolean {
  return (
    mimetype === 'application/json' || (mimetype.startsWith('application/') && mimetype.endsWith('+json'))
  )
}

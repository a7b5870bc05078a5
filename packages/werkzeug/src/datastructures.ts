/**
 * Data structures of requests and responses: multi dicts, headers, and one class for each structured header.
 * @module
 */

export { Accept, type AcceptItem } from './datastructures/accept.ts'
export { Authorization, type AuthParameters } from './datastructures/authorization.ts'
export { CacheControl, RequestCacheControl, ResponseCacheControl } from './datastructures/cache-control.ts'
export { CallbackDict, type DictData } from './datastructures/callback-dict.ts'
export { CharsetAccept } from './datastructures/charset-accept.ts'
export { CombinedMultiDict } from './datastructures/combined-multi-dict.ts'
export { ContentRange, InvalidRange } from './datastructures/content-range.ts'
export { ContentSecurityPolicy } from './datastructures/content-security-policy.ts'
export {
  ConversionError,
  type Converter,
  float,
  type GetOptions,
  int,
  type PlainDefault,
} from './datastructures/conversion.ts'
export { EnvironHeaders } from './datastructures/environ-headers.ts'
export { ETags, type ETagsOptions } from './datastructures/etags.ts'
export { type FileContent, MemoryContent } from './datastructures/file-content.ts'
export { FileMultiDict } from './datastructures/file-multi-dict.ts'
export { type ByteSink, FileStorage, type FileStorageOptions } from './datastructures/file-storage.ts'
export type { HeaderFields, HeaderPair } from './datastructures/header-fields.ts'
export { HeaderSet } from './datastructures/header-set.ts'
export {
  Headers,
  type HeadersData,
  type HeaderValue,
  HeaderValueError,
} from './datastructures/headers.ts'
export { IfRange } from './datastructures/if-range.ts'
export { ImmutableError } from './datastructures/immutable-error.ts'
export { ImmutableMultiDict } from './datastructures/immutable-multi-dict.ts'
export { LanguageAccept } from './datastructures/language-accept.ts'
export { InvalidMimetype, MIMEAccept } from './datastructures/mime-accept.ts'
export { MissingKey } from './datastructures/missing-key.ts'
export { iterMultiItems, MultiDict, type MultiDictData } from './datastructures/multi-dict.ts'
export { Range, type RangePart } from './datastructures/range.ts'
export { WWWAuthenticate } from './datastructures/www-authenticate.ts'

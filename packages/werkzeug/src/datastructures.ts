/**
 * Data structures of requests and responses: multi dicts, headers, and one class for each structured header.
 * @module
 */
export { CallbackDict, type DictData } from './datastructures/callback-dict.ts'
export { CombinedMultiDict } from './datastructures/combined-multi-dict.ts'
export { ConversionError, type Converter, float, type GetOptions, int } from './datastructures/conversion.ts'
export { EnvironHeaders } from './datastructures/environ-headers.ts'
export { type FileContent, MemoryContent } from './datastructures/file-content.ts'
export { FileMultiDict } from './datastructures/file-multi-dict.ts'
export { type ByteSink, FileStorage, type FileStorageOptions } from './datastructures/file-storage.ts'
export {
  type HeaderPair,
  Headers,
  type HeadersData,
  type HeaderValue,
  HeaderValueError,
} from './datastructures/headers.ts'
export { ImmutableError } from './datastructures/immutable-error.ts'
export { ImmutableMultiDict } from './datastructures/immutable-multi-dict.ts'
export { MissingKey } from './datastructures/missing-key.ts'
export { iterMultiItems, MultiDict, type MultiDictData } from './datastructures/multi-dict.ts'

/**
 * JSON as Flask writes and reads it.
 * @module
 */

export { JsonDepthError, type JsonOptions, JsonTypeError } from '@flask-ts/itsdangerous'
export { json, jsonify } from './api/json.ts'
export type { JsonValue } from './json/json-value.ts'
export { DefaultJSONProvider, defaultJsonValue, JSONProvider } from './json/provider.ts'
export { JSONTag } from './json/tag.ts'
export { TaggedJSONSerializer } from './json/tagged-serializer.ts'
export { UUID } from './json/uuid.ts'

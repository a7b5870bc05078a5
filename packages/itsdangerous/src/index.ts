/**
 * Signed values that can go through untrusted hands, byte for byte those of Python's ItsDangerous.
 * @module
 */
export { HMACAlgorithm, NoneAlgorithm, type SigningAlgorithm } from './algorithm.ts'
export {
  base64Decode,
  base64Encode,
  bytesToInt,
  intToBytes,
  standardBase64Decode,
  wantBytes,
} from './encoding.ts'
export {
  BadData,
  BadHeader,
  BadPayload,
  BadSignature,
  type BadSignatureOptions,
  BadTimeSignature,
  type BadTimeSignatureOptions,
  SignatureExpired,
} from './errors.ts'
export { dumpJson, type JsonOptions, jsonEncoder } from './json/dump.ts'
export { JsonDepthError, JsonTypeError } from './json/errors.ts'
export { loadJson } from './json/load.ts'
export { compareCodePoints, jsonNumber, quoteJson } from './json/text.ts'
export {
  type FallbackSigner,
  type Format,
  pythonJson,
  Serializer,
  type SerializerOptions,
  type SignerClass,
} from './serializer.ts'
export { type KeyDerivation, type SecretKey, Signer, type SignerOptions } from './signer.ts'
export { type TimedLoadOptions, TimedSerializer } from './timed-serializer.ts'
export { type AgeOptions, TimestampSigner, type UnsignOptions } from './timestamp-signer.ts'
export { compactJson } from './url-safe.ts'
export { URLSafeSerializer, URLSafeTimedSerializer } from './url-safe-serializer.ts'

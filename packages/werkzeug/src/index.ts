/**
 * The WSGI toolkit: request and response, and what makes them.
 *
 * Data structures, routing, exceptions, header functions, security, middleware and testing are entries of their own.
 * @module
 */
export { FormParseError } from './forms/errors.ts'
export {
  defaultStreamFactory,
  type FileInfo,
  type FileTarget,
  type StreamFactory,
} from './forms/file-target.ts'
export {
  FormDataParser,
  type FormParserOptions,
  type ParsedForm,
  parseFormData,
} from './forms/form-parser.ts'
export { MultipartDecoder, type MultipartLimits } from './forms/multipart-decoder.ts'
export { MultipartEncoder, MultipartOrderError } from './forms/multipart-encoder.ts'
export type {
  Data,
  Epilogue,
  Field,
  File,
  MultipartEvent,
  NeedData,
  Preamble,
} from './forms/multipart-events.ts'
export { RequestDict } from './forms/request-dict.ts'
export {
  BaseResponse,
  type CrossOriginEmbedderPolicy,
  type CrossOriginOpenerPolicy,
  type CrossOriginResourcePolicy,
} from './message/base-response.ts'
export type { BodyInput, BodyPart } from './message/body-kinds.ts'
export { getContentType } from './message/content-type.ts'
export type { HeaderSetInput } from './message/entity-headers.ts'
export { BodyNotSequenceError, EmptyStatusError } from './message/errors.ts'
export type { JsonModule } from './message/json-module.ts'
export { reasonPhrase } from './message/reason-phrases.ts'
export type { ResponseOptions } from './message/response-head.ts'
export { ClosedStreamError, ResponseStream } from './message/response-stream.ts'
export { urlJoin } from './message/url-join.ts'
export { FileNameMissingError } from './responses/errors.ts'
export { type GuessedType, guessType } from './responses/mime-types.ts'
export { appendSlashRedirect, type ResponseType, redirect } from './responses/redirect.ts'
export { type FileSource, type SendFileOptions, sendFile, sendFromDirectory } from './responses/send-file.ts'
export type { ConditionalOptions } from './wrappers/conditional.ts'
export { BodyNotLoadedError, ShallowRequestError } from './wrappers/errors.ts'
export { Request, type RequestOptions } from './wrappers/request.ts'
export type { GetDataOptions, GetJsonOptions } from './wrappers/request-body.ts'
export { RequestStream } from './wrappers/request-stream.ts'
export { Response } from './wrappers/response.ts'
export { mountEnd, targetPath, targetQuery } from './wrappers/target.ts'
export { UserAgent } from './wrappers/user-agent.ts'

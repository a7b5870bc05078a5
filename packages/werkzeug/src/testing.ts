/**
 * Testing applications without a server.
 * @module
 */
export { Client, type ClientOptions, type OpenOptions, type RequestTarget } from './testing/client.ts'
export { Cookie } from './testing/cookie.ts'
export { CookieJar, type CookiePlace, type JarCookieOptions } from './testing/cookie-jar.ts'
export { createEnviron, EnvironBuilder, type EnvironBuilderOptions } from './testing/environ-builder.ts'
export {
  BuilderConflictError,
  ClientRedirectError,
  CookiesDisabledError,
  RedirectNotFollowedError,
} from './testing/errors.ts'
export type { FileInput, FormContent, FormInput, TextInput } from './testing/form-data.ts'
export { type EnvironParts, makeEnviron } from './testing/make-environ.ts'
export { encodeMultipart } from './testing/multipart-body.ts'
export { type AppAnswer, runWsgiApp } from './testing/run-wsgi-app.ts'
export { TestResponse, type TestResponseOptions } from './testing/test-response.ts'

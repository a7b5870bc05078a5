/**
 * The development server.
 * @module
 */
export { ServerOptionError, ServerStartError } from './dev-server/errors.ts'
export { isRunningFromReloader } from './dev-server/reloader-link.ts'
export { type RunSimpleOptions, runSimple } from './dev-server/run-simple.ts'
export { type CertificatePair, makeSelfSignedCertificate } from './dev-server/self-signed.ts'

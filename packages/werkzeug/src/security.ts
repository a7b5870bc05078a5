/**
 * Passwords and paths that come from people.
 * @module
 */
export {
  checkPasswordHash,
  checkPasswordHashAsync,
  generatePasswordHash,
  generatePasswordHashAsync,
  InvalidSaltLength,
} from './security/password-hash.ts'
export { InvalidHashMethod } from './security/password-method.ts'
export { safeJoin } from './security/safe-join.ts'
export { secureFilename } from './security/secure-filename.ts'

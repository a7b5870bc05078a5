import { createHash, pbkdf2, pbkdf2Sync, randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import { InvalidHashMethod, type PasswordMethod, parsePasswordMethod } from './password-method.ts'

const scryptSize = 64

/** Node's names for digests whose Python names have underscores. */
function nodeDigest(name: string): string {
  if (name === 'blake2b') return 'blake2b512'
  if (name === 'blake2s') return 'blake2s256'
  return name.replace('_', '-')
}

/** PBKDF2 gives as many bytes as its digest has. */
function digestSize(method: Extract<PasswordMethod, { kind: 'pbkdf2' }>): number {
  try {
    return createHash(nodeDigest(method.digest)).digest().length
  } catch (cause) {
    throw new InvalidHashMethod(method.text, 'names an unknown digest', { cause })
  }
}

function scryptOptions(method: Extract<PasswordMethod, { kind: 'scrypt' }>): {
  cost: number
  blockSize: number
  parallelization: number
  maxmem: number
} {
  const { cost, blockSize, parallelism } = method
  // Werkzeug's formula: 128 would be enough but for what OpenSSL takes besides.
  return { cost, blockSize, parallelization: parallelism, maxmem: 132 * cost * blockSize * parallelism }
}

function hashSync(method: PasswordMethod, salt: string, password: string): Buffer {
  if (method.kind === 'scrypt') return scryptSync(password, salt, scryptSize, scryptOptions(method))
  const size = digestSize(method)
  return pbkdf2Sync(password, salt, method.iterations, size, nodeDigest(method.digest))
}

function hashAsync(method: PasswordMethod, salt: string, password: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const done = (error: Error | null, hash: Buffer): void => {
    if (error === null) resolve(hash)
    else reject(error)
  }
  if (method.kind === 'scrypt') scrypt(password, salt, scryptSize, scryptOptions(method), done)
  else {
    const digest = nodeDigest(method.digest)
    pbkdf2(password, salt, method.iterations, digestSize(method), digest, done)
  }
  return promise
}

/** The length of a new salt must be a positive number. */
export class InvalidSaltLength extends RangeError {
  override readonly name = 'InvalidSaltLength'

  constructor(length: number) {
    super(`a salt of ${length} bytes protects nothing: it needs at least 1, and 16 is usual`)
  }
}

/** Random bytes in the URL-safe Base64 that Python's `token_urlsafe` writes. */
function makeSalt(length: number): string {
  if (!(length >= 1)) throw new InvalidSaltLength(length)
  return randomBytes(Math.trunc(length)).toString('base64url')
}

/** The parts of a stored hash, `undefined` if it has fewer than three. */
function splitHash(stored: string): [method: string, salt: string, hash: string] | undefined {
  const first = stored.indexOf('$')
  const second = first === -1 ? -1 : stored.indexOf('$', first + 1)
  if (second === -1) return undefined
  return [stored.slice(0, first), stored.slice(first + 1, second), stored.slice(second + 1)]
}

function sameHash(actual: Buffer, stored: string): boolean {
  const one = Buffer.from(actual.toString('hex'))
  const other = Buffer.from(stored)
  return one.length === other.length && timingSafeEqual(one, other)
}

/**
 * Hashes a password for storage, in the format that Werkzeug's `check_password_hash` reads.
 *
 * It takes a while on purpose, and everything else waits; see `generatePasswordHashAsync`.
 *
 * @param password - The password.
 * @param method - `scrypt` (with `:n:r:p`) or `pbkdf2` (with `:digest:iterations`).
 * @param saltLength - Random bytes in the salt.
 * @throws InvalidHashMethod
 * @throws InvalidSaltLength
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.security.generate_password_hash
 */
export function generatePasswordHash(password: string, method = 'scrypt', saltLength = 16): string {
  const salt = makeSalt(saltLength)
  const parsed = parsePasswordMethod(method)
  return `${parsed.text}$${salt}$${hashSync(parsed, salt, password).toString('hex')}`
}

/** The same as `generatePasswordHash`, while other requests go on. */
export async function generatePasswordHashAsync(
  password: string,
  method = 'scrypt',
  saltLength = 16,
): Promise<string> {
  const salt = makeSalt(saltLength)
  const parsed = parsePasswordMethod(method)
  return `${parsed.text}$${salt}$${(await hashAsync(parsed, salt, password)).toString('hex')}`
}

/**
 * Whether a password is the one that was hashed. Hashes of Werkzeug's `generate_password_hash` are read as well.
 *
 * It takes a while on purpose, and everything else waits; see `checkPasswordHashAsync`.
 *
 * @param stored - The stored hash, `method$salt$hash`; what has fewer parts fits no password.
 * @param password - The password to check.
 * @throws InvalidHashMethod if the stored hash names a method or parameters that cannot be used.
 */
export function checkPasswordHash(stored: string, password: string): boolean {
  const parts = splitHash(stored)
  if (parts === undefined) return false
  const [method, salt, hash] = parts
  return sameHash(hashSync(parsePasswordMethod(method), salt, password), hash)
}

/** The same as `checkPasswordHash`, while other requests go on. */
export async function checkPasswordHashAsync(stored: string, password: string): Promise<boolean> {
  const parts = splitHash(stored)
  if (parts === undefined) return false
  const [method, salt, hash] = parts
  return sameHash(await hashAsync(parsePasswordMethod(method), salt, password), hash)
}

import { createHash, createHmac } from 'node:crypto'
import { HMACAlgorithm, type SigningAlgorithm } from './algorithm.ts'
import { base64Decode, base64Encode, wantBytes } from './encoding.ts'
import { BadData, BadSignature } from './errors.ts'

/** How the signing key is made from the secret and the salt. */
export type KeyDerivation = 'concat' | 'django-concat' | 'hmac' | 'none'

/** A secret, or several from the oldest to the newest: all verify, the newest signs. */
export type SecretKey = string | Uint8Array | readonly (string | Uint8Array)[]

/** The options of a signer. */
export interface SignerOptions {
  /** Tells signatures of different uses of one secret apart. Default `itsdangerous.Signer`. */
  readonly salt?: string | Uint8Array | null | undefined
  /** What stands between a value and its signature. Default `.`. */
  readonly sep?: string | Uint8Array | undefined
  /** Default `django-concat`. */
  readonly keyDerivation?: KeyDerivation | undefined
  /** The hash of key derivation and HMAC by its name in `node:crypto`. Default `sha1`. */
  readonly digestMethod?: string | undefined
  /** Default an HMAC with `digestMethod`. */
  readonly algorithm?: SigningAlgorithm | undefined
}

const base64Alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_='

/** The salt of a signer that is given none. */
export const DEFAULT_SALT = 'itsdangerous.Signer'

/** The list of keys that a secret stands for, oldest first. */
export function secretKeys(secretKey: SecretKey): Buffer[] {
  if (typeof secretKey === 'string' || secretKey instanceof Uint8Array) return [wantBytes(secretKey)]
  return secretKey.map((key) => wantBytes(key))
}

/** Text for text, bytes for bytes: a result in the form in which its value came. */
export function inFormOf<Value extends string | Uint8Array>(value: Value, bytes: Buffer): Value
export function inFormOf(value: string | Uint8Array, bytes: Buffer): string | Uint8Array {
  return typeof value === 'string' ? bytes.toString('utf8') : bytes
}

/**
 * Signs values and tests their signatures.
 *
 * Text gives text and bytes give bytes. See https://itsdangerous.palletsprojects.com/en/stable/signer/.
 */
export class Signer {
  /** The keys, oldest first. */
  readonly secretKeys: readonly Buffer[]
  readonly salt: Buffer
  readonly sep: Buffer
  readonly keyDerivation: KeyDerivation
  readonly digestMethod: string
  readonly algorithm: SigningAlgorithm
  #derived: (Buffer | undefined)[] = []

  /**
   * @param secretKey - The secret, or a list of them from the oldest to the newest.
   * @throws {RangeError} If the separator could be part of a signature.
   */
  constructor(secretKey: SecretKey, options: SignerOptions = {}) {
    this.secretKeys = secretKeys(secretKey)
    if (this.secretKeys.length === 0) throw new RangeError('A signer needs at least one secret key')
    this.sep = wantBytes(options.sep ?? '.')
    if (base64Alphabet.includes(this.sep.toString('latin1'))) {
      throw new RangeError(
        `The separator ${JSON.stringify(this.sep.toString('latin1'))} cannot be used because it may be part of ` +
          "the signature: take one with a character other than ASCII letters, digits and '-_='",
      )
    }
    this.salt = wantBytes(options.salt ?? DEFAULT_SALT)
    this.keyDerivation = options.keyDerivation ?? 'django-concat'
    this.digestMethod = options.digestMethod ?? 'sha1'
    this.algorithm = options.algorithm ?? new HMACAlgorithm(this.digestMethod)
  }

  /** The key that signs: the newest. */
  get secretKey(): Buffer {
    return this.secretKeys[this.secretKeys.length - 1]!
  }

  /**
   * The key of the algorithm.
   *
   * @param secretKey - The secret to derive it from. Default the newest.
   * @throws {TypeError} If `keyDerivation` is not known.
   */
  deriveKey(secretKey: string | Uint8Array = this.secretKey): Buffer {
    const secret = wantBytes(secretKey)
    switch (this.keyDerivation) {
      case 'concat':
        return createHash(this.digestMethod).update(this.salt).update(secret).digest()
      case 'django-concat':
        return createHash(this.digestMethod).update(this.salt).update('signer').update(secret).digest()
      case 'hmac':
        return createHmac(this.digestMethod, secret).update(this.salt).digest()
      case 'none':
        return secret
      default:
        throw new TypeError(
          `Unknown key derivation ${JSON.stringify(this.keyDerivation)}: ` +
            "use 'concat', 'django-concat', 'hmac' or 'none'",
        )
    }
  }

  /** The signature of a value in URL-safe base64. */
  getSignature(value: string | Uint8Array): string {
    return base64Encode(this.algorithm.getSignature(this.#key(this.secretKeys.length - 1), wantBytes(value)))
  }

  /** The value, the separator and the signature. */
  sign<Value extends string | Uint8Array>(value: Value): Value {
    const bytes = wantBytes(value)
    return inFormOf(value, Buffer.concat([bytes, this.sep, Buffer.from(this.getSignature(bytes), 'latin1')]))
  }

  /** Whether a signature is that of a value under any of the keys, the newest first. */
  verifySignature(value: string | Uint8Array, signature: string | Uint8Array): boolean {
    let raw: Buffer
    try {
      raw = base64Decode(signature)
    } catch (error) {
      if (error instanceof BadData) return false
      throw error
    }
    const bytes = wantBytes(value)
    for (let i = this.secretKeys.length - 1; i >= 0; i--) {
      if (this.algorithm.verifySignature(this.#key(i), bytes, raw)) return true
    }
    return false
  }

  /**
   * The value of a signed value.
   *
   * @throws {BadSignature} If there is no signature, or not that of the value.
   */
  unsign<Value extends string | Uint8Array>(signedValue: Value): Value {
    const signed = wantBytes(signedValue)
    const at = signed.lastIndexOf(this.sep)
    if (at < 0) throw new BadSignature(`No ${JSON.stringify(this.sep.toString())} found in value`)
    const value = signed.subarray(0, at)
    const signature = signed.subarray(at + this.sep.length)
    if (this.verifySignature(value, signature)) return inFormOf(signedValue, value)
    throw new BadSignature(`Signature ${JSON.stringify(signature.toString('latin1'))} does not match`, {
      payload: inFormOf<string | Uint8Array>(signedValue, value),
    })
  }

  /** Whether a signed value has a good signature. */
  validate(signedValue: string | Uint8Array): boolean {
    try {
      this.unsign(signedValue)
      return true
    } catch (error) {
      if (error instanceof BadSignature) return false
      throw error
    }
  }

  /** The derived key at an index: derived once, since signers are kept for many requests. */
  #key(index: number): Buffer {
    return (this.#derived[index] ??= this.deriveKey(this.secretKeys[index]))
  }
}

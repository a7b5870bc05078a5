import { createHmac, timingSafeEqual } from 'node:crypto'

/** Makes and tests the raw signature of a value. */
export interface SigningAlgorithm {
  /** The signature of a value under a key. */
  getSignature(key: Uint8Array, value: Uint8Array): Buffer
  /** Whether a signature is that of a value, in time that does not depend on where they differ. */
  verifySignature(key: Uint8Array, value: Uint8Array, signature: Uint8Array): boolean
}

/** Signs nothing: the signature is empty. */
export class NoneAlgorithm implements SigningAlgorithm {
  getSignature(): Buffer {
    return Buffer.alloc(0)
  }

  verifySignature(_key: Uint8Array, _value: Uint8Array, signature: Uint8Array): boolean {
    return signature.length === 0
  }
}

/** Signs with an HMAC (RFC 2104). */
export class HMACAlgorithm implements SigningAlgorithm {
  /** The name of the hash as `node:crypto` knows it. */
  readonly digestMethod: string

  constructor(digestMethod = 'sha1') {
    this.digestMethod = digestMethod
  }

  getSignature(key: Uint8Array, value: Uint8Array): Buffer {
    return createHmac(this.digestMethod, key).update(value).digest()
  }

  /** Compares with `crypto.timingSafeEqual`; the length of a signature is no secret. */
  verifySignature(key: Uint8Array, value: Uint8Array, signature: Uint8Array): boolean {
    const expected = this.getSignature(key, value)
    return expected.length === signature.length && timingSafeEqual(expected, signature)
  }
}

import { createHmac, hash, timingSafeEqual } from 'node:crypto'

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

/** A key as the inner and the outer hash of an HMAC begin with it. */
interface PaddedKey {
  readonly inner: Uint8Array
  readonly outer: Uint8Array
}

/**
 * The block sizes in bytes of the usual hashes. For these the two hashes of an HMAC are made one by one, which costs a
 * fraction of `createHmac`; others go through that.
 */
const blockSizes: Readonly<Record<string, number>> = {
  sha1: 64,
  sha224: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
}

const scratch = Buffer.alloc(4096)

/** Signs with an HMAC (RFC 2104). */
export class HMACAlgorithm implements SigningAlgorithm {
  /** The name of the hash as `node:crypto` knows it. */
  readonly digestMethod: string
  readonly #keys = new WeakMap<Uint8Array, PaddedKey>()

  constructor(digestMethod = 'sha1') {
    this.digestMethod = digestMethod
  }

  getSignature(key: Uint8Array, value: Uint8Array): Buffer {
    const blockSize = blockSizes[this.digestMethod]
    if (blockSize === undefined) return createHmac(this.digestMethod, key).update(value).digest()
    const { inner, outer } = this.#padded(key, blockSize)
    return this.#hashOf(outer, this.#hashOf(inner, value))
  }

  #hashOf(block: Uint8Array, value: Uint8Array): Buffer {
    const size = block.length + value.length
    // Signing is synchronous, so that one buffer serves every value that fits.
    const bytes = size <= scratch.length ? scratch.subarray(0, size) : Buffer.allocUnsafe(size)
    bytes.set(block)
    bytes.set(value, block.length)
    return hash(this.digestMethod, bytes, 'buffer')
  }

  /** The key in the two forms that RFC 2104 hashes, kept because signers use few keys many times. */
  #padded(key: Uint8Array, blockSize: number): PaddedKey {
    let padded = this.#keys.get(key)
    if (padded === undefined) {
      const short = key.length > blockSize ? hash(this.digestMethod, key, 'buffer') : key
      const block = Buffer.alloc(blockSize)
      block.set(short)
      padded = { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) }
      this.#keys.set(key, padded)
    }
    return padded
  }

  /** Compares with `crypto.timingSafeEqual`; the length of a signature is no secret. */
  verifySignature(key: Uint8Array, value: Uint8Array, signature: Uint8Array): boolean {
    const expected = this.getSignature(key, value)
    return expected.length === signature.length && timingSafeEqual(expected, signature)
  }
}

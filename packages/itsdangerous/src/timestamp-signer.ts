import { base64Decode, base64Encode, bytesToInt, intToBytes, wantBytes } from './encoding.ts'
import { BadSignature, BadTimeSignature, SignatureExpired } from './errors.ts'
import { inFormOf, Signer } from './signer.ts'

/** How old a signed value may be. */
export interface AgeOptions {
  /** The largest age in seconds that is still good. Default any. */
  readonly maxAge?: number | undefined
}

/** How a time-based value is unsigned. */
export interface UnsignOptions extends AgeOptions {
  /** Whether the time of signing is returned beside the value. */
  readonly returnTimestamp?: boolean | undefined
}

/** The last second that Python's dates reach: the end of the year 9999. */
const LAST_SECOND = 253402300799n

/**
 * Signs values together with the time of signing.
 *
 * See https://itsdangerous.palletsprojects.com/en/stable/timed/.
 */
export class TimestampSigner extends Signer {
  /** The present time in whole seconds since 1970 UTC. */
  getTimestamp(): number {
    return Math.floor(Date.now() / 1000)
  }

  /**
   * The date of a timestamp.
   *
   * @param timestamp - Seconds since 1970 UTC.
   * @throws {RangeError} If it lies beyond the year 9999.
   */
  timestampToDatetime(timestamp: number | bigint): Date {
    if (BigInt(timestamp) > LAST_SECOND) {
      throw new RangeError(`Timestamp ${timestamp} lies beyond the year 9999`)
    }
    return new Date(Number(timestamp) * 1000)
  }

  /** The value, its time and the signature of both, with separators between them. */
  override sign<Value extends string | Uint8Array>(value: Value): Value {
    const timestamp = Buffer.from(base64Encode(intToBytes(this.getTimestamp())), 'latin1')
    const stamped = Buffer.concat([wantBytes(value), this.sep, timestamp])
    return inFormOf(value, super.sign<Uint8Array>(stamped) as Buffer)
  }

  /**
   * The value of a signed value.
   *
   * @returns The value, or the value and the time of signing if `returnTimestamp` is set.
   * @throws {SignatureExpired} If it is older than `maxAge` seconds, or has a limit and is from the future.
   * @throws {BadTimeSignature} If the signature does not match or the time cannot be read.
   * @throws {BadSignature} If there is no signature.
   */
  override unsign<Value extends string | Uint8Array>(
    signedValue: Value,
    options: UnsignOptions & { readonly returnTimestamp: true },
  ): [value: Value, dateSigned: Date]
  override unsign<Value extends string | Uint8Array>(signedValue: Value, options?: AgeOptions): Value
  override unsign(
    signedValue: string | Uint8Array,
    options: UnsignOptions = {},
  ): string | Uint8Array | [string | Uint8Array, Date] {
    const signed = wantBytes(signedValue)
    const { result, error } = this.#unsignPlain(signed)
    const at = result.lastIndexOf(this.sep)
    if (at < 0) {
      throw error ?? new BadTimeSignature('timestamp missing', { payload: inFormOf(signedValue, result) })
    }
    const payload = inFormOf<string | Uint8Array>(signedValue, result.subarray(0, at))
    const timestamp = readTimestamp(result.subarray(at + this.sep.length))
    if (error !== undefined) throw this.#badSignature(error, payload, timestamp)
    if (timestamp === undefined) throw new BadTimeSignature('Malformed timestamp', { payload })
    this.#checkAge(timestamp, payload, options.maxAge)
    return options.returnTimestamp ? [payload, this.timestampToDatetime(timestamp)] : payload
  }

  /** Whether a signed value has a good signature and is not older than `maxAge` seconds. */
  override validate(signedValue: string | Uint8Array, options: AgeOptions = {}): boolean {
    try {
      this.unsign(signedValue, options)
      return true
    } catch (error) {
      if (error instanceof BadSignature) return false
      throw error
    }
  }

  /** The stamped value even if its signature is bad: the error is then told with the time that it claims. */
  #unsignPlain(signed: Buffer): { result: Buffer; error?: BadSignature } {
    try {
      return { result: super.unsign<Uint8Array>(signed) as Buffer }
    } catch (error) {
      if (!(error instanceof BadSignature)) throw error
      return { result: wantBytes(error.payload ?? ''), error }
    }
  }

  #badSignature(
    cause: BadSignature,
    payload: string | Uint8Array,
    timestamp: bigint | undefined,
  ): BadSignature {
    if (timestamp === undefined) return new BadTimeSignature(cause.message, { payload, cause })
    if (timestamp > LAST_SECOND) return new BadTimeSignature('Malformed timestamp', { payload, cause })
    const dateSigned = this.timestampToDatetime(timestamp)
    return new BadTimeSignature(cause.message, { payload, dateSigned, cause })
  }

  #checkAge(timestamp: bigint, payload: string | Uint8Array, maxAge: number | undefined): void {
    if (maxAge === undefined) return
    const age = BigInt(this.getTimestamp()) - timestamp
    const problem = age > maxAge ? `${age} > ${maxAge}` : age < 0n ? `${age} < 0` : undefined
    if (problem === undefined) return
    throw new SignatureExpired(`Signature age ${problem} seconds`, {
      payload,
      dateSigned: this.timestampToDatetime(timestamp),
    })
  }
}

function readTimestamp(text: Buffer): bigint | undefined {
  try {
    return bytesToInt(base64Decode(text))
  } catch {
    // Any malformed time is the same to the caller, which reports it.
    return undefined
  }
}

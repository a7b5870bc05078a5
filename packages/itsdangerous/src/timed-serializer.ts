import { wantBytes } from './encoding.ts'
import { SignatureExpired } from './errors.ts'
import { Serializer, type SignerClass } from './serializer.ts'
import { type AgeOptions, TimestampSigner } from './timestamp-signer.ts'

/** How a timed value is loaded. */
export interface TimedLoadOptions extends AgeOptions {
  /** In place of the serializer's own salt. */
  readonly salt?: string | Uint8Array | undefined
  /** Whether the time of signing is returned beside the value. */
  readonly returnTimestamp?: boolean | undefined
}

/**
 * Signs values together with the time of signing.
 *
 * See https://itsdangerous.palletsprojects.com/en/stable/timed/.
 */
export class TimedSerializer<
  Output extends string | Uint8Array = string,
  Made extends TimestampSigner = TimestampSigner,
> extends Serializer<Output, Made> {
  protected override defaultSigner(): SignerClass<Made> {
    return TimestampSigner as SignerClass<TimestampSigner> as SignerClass<Made>
  }

  /**
   * The value of what `dumps` made, or value and time of signing if `returnTimestamp` is set.
   *
   * @throws {SignatureExpired} If it is older than `maxAge` seconds; no fallback signer is tried then.
   * @throws {BadSignature} If no signer accepts the signature.
   * @throws {BadPayload} If the signature is good and the payload is not.
   */
  override loads(
    signed: string | Uint8Array,
    options: TimedLoadOptions & { readonly returnTimestamp: true },
  ): [value: unknown, dateSigned: Date]
  override loads(signed: string | Uint8Array, options?: TimedLoadOptions): unknown
  override loads(signed: string | Uint8Array, options: TimedLoadOptions = {}): unknown {
    const bytes = wantBytes(signed)
    const attempt = (signer: Made): unknown => {
      const [payload, dateSigned] = signer.unsign<Uint8Array>(bytes, {
        maxAge: options.maxAge,
        returnTimestamp: true,
      })
      const value = this.loadPayload(payload)
      return options.returnTimestamp ? [value, dateSigned] : value
    }
    return this.firstGood(options.salt, attempt, (error) => error instanceof SignatureExpired)
  }

  override loadsUnsafe(
    signed: string | Uint8Array,
    options: Omit<TimedLoadOptions, 'returnTimestamp'> = {},
  ): [valid: boolean, value: unknown] {
    return this.unsafely(() => this.loads(wantBytes(signed), options))
  }
}

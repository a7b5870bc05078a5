import { wantBytes } from './encoding.ts'
import { BadPayload, BadSignature } from './errors.ts'
import { dumpJson, type JsonOptions } from './json/dump.ts'
import { loadJson } from './json/load.ts'
import { DEFAULT_SALT, type SecretKey, Signer, type SignerOptions, secretKeys } from './signer.ts'

/**
 * A format: turns values to text or bytes and back. `JSON` itself does not write what Python writes; the
 * default format does.
 */
export interface Format<Output extends string | Uint8Array = string> {
  dumps(value: unknown, options?: JsonOptions): Output
  loads(payload: Output): unknown
}

/** A class of signers. */
export type SignerClass<Made extends Signer = Signer> = new (
  secretKey: SecretKey,
  options?: SignerOptions,
) => Made

/** A signer that still verifies: options for the main class, a class, or both. */
export type FallbackSigner<Made extends Signer = Signer> =
  | SignerOptions
  | SignerClass<Made>
  | readonly [SignerClass<Made>, SignerOptions]

/** The options of a serializer. */
export interface SerializerOptions<
  Output extends string | Uint8Array = string,
  Made extends Signer = Signer,
> {
  /** Tells signatures of different uses of one secret apart. Default `itsdangerous`; `null` takes the signer's own. */
  readonly salt?: string | Uint8Array | null | undefined
  /** The format of the payload. Default JSON as Python's `json` writes it. */
  readonly serializer?: Format<Output> | undefined
  /** Passed to the format's `dumps`. */
  readonly serializerOptions?: JsonOptions | undefined
  readonly signer?: SignerClass<Made> | undefined
  readonly signerOptions?: SignerOptions | undefined
  /** Signers that are tried after the main one, with each key from the oldest. */
  readonly fallbackSigners?: readonly FallbackSigner<Made>[] | undefined
}

/** JSON as Python's `json` module writes it: `, ` and `: `, everything outside ASCII escaped. */
export const pythonJson: Format = { dumps: dumpJson, loads: loadJson }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Signs values of any shape, as text in the chosen format.
 *
 * See https://itsdangerous.palletsprojects.com/en/stable/serializer/.
 */
export class Serializer<Output extends string | Uint8Array = string, Made extends Signer = Signer> {
  /** The keys, oldest first. */
  readonly secretKeys: readonly Buffer[]
  readonly salt: string | Uint8Array
  readonly serializer: Format<Output>
  readonly serializerOptions: JsonOptions
  readonly signer: SignerClass<Made>
  readonly signerOptions: SignerOptions
  readonly fallbackSigners: readonly FallbackSigner<Made>[]
  /** Whether the format gives text, as JSON does. */
  readonly isTextSerializer: boolean
  #unsigners = new Map<string, Made[]>()

  constructor(secretKey: SecretKey, options: SerializerOptions<Output, Made> = {}) {
    this.secretKeys = secretKeys(secretKey)
    this.salt = options.salt === undefined ? 'itsdangerous' : (options.salt ?? DEFAULT_SALT)
    this.serializer = options.serializer ?? this.defaultSerializer()
    this.serializerOptions = options.serializerOptions ?? {}
    this.isTextSerializer = typeof this.serializer.dumps({}, this.serializerOptions) === 'string'
    this.signer = options.signer ?? this.defaultSigner()
    this.signerOptions = options.signerOptions ?? {}
    this.fallbackSigners = options.fallbackSigners ?? []
  }

  /** The key that signs: the newest. */
  get secretKey(): Buffer {
    return this.secretKeys[this.secretKeys.length - 1]!
  }

  /** The format where none is given. */
  protected defaultSerializer(): Format<Output> {
    return pythonJson as Format<string> as Format<Output>
  }

  /** The class of signers where none is given. */
  protected defaultSigner(): SignerClass<Made> {
    return Signer as SignerClass<Signer> as SignerClass<Made>
  }

  /**
   * The value of a payload.
   *
   * @param payload - The bytes between the signature's marks.
   * @throws {BadPayload} If the format cannot read it; `cause` has the format's error.
   */
  loadPayload(payload: Uint8Array): unknown {
    try {
      const input = this.isTextSerializer ? decoder.decode(payload) : payload
      return this.serializer.loads(input as Output)
    } catch (cause) {
      throw new BadPayload('Could not load the payload because unserializing it failed', { cause })
    }
  }

  /** The payload of a value as bytes. */
  dumpPayload(value: unknown): Buffer {
    return wantBytes(this.serializer.dumps(value, this.serializerOptions))
  }

  /** A signer with the keys and options of this serializer. */
  makeSigner(salt: string | Uint8Array = this.salt): Made {
    return new this.signer(this.secretKeys, { ...this.signerOptions, salt })
  }

  /** The signers to try in turn, kept because deriving keys costs more than signing. */
  unsigners(salt: string | Uint8Array = this.salt): readonly Made[] {
    const name = typeof salt === 'string' ? salt : `bytes ${Buffer.from(salt).toString('hex')}`
    let made = this.#unsigners.get(name)
    if (made === undefined) {
      made = [this.makeSigner(salt), ...this.fallbackSigners.flatMap((entry) => this.#fallback(entry, salt))]
      this.#unsigners.set(name, made)
    }
    return made
  }

  #fallback(entry: FallbackSigner<Made>, salt: string | Uint8Array): Made[] {
    const [signerClass, options] = Array.isArray(entry)
      ? (entry as readonly [SignerClass<Made>, SignerOptions])
      : typeof entry === 'function'
        ? [entry, this.signerOptions]
        : [this.signer, entry as SignerOptions]
    return this.secretKeys.map((key) => new signerClass(key, { ...options, salt }))
  }

  /**
   * Serializes and signs a value.
   *
   * @param salt - In place of the serializer's own.
   */
  dumps(value: unknown, salt?: string | Uint8Array): Output {
    const signed = this.unsigners(salt)[0]!.sign<Uint8Array>(this.dumpPayload(value)) as Buffer
    return (this.isTextSerializer ? signed.toString('utf8') : signed) as Output
  }

  /**
   * The value of what `dumps` made.
   *
   * @param salt - In place of the serializer's own.
   * @throws {BadSignature} If no signer accepts the signature.
   * @throws {BadPayload} If the signature is good and the payload is not.
   */
  loads(
    signed: string | Uint8Array,
    options: { readonly salt?: string | Uint8Array | undefined } = {},
  ): unknown {
    const bytes = wantBytes(signed)
    return this.firstGood(options.salt, (signer) => this.loadPayload(signer.unsign<Uint8Array>(bytes)))
  }

  /**
   * The value of what `dumps` made, and whether its signature is good. The value of a bad signature must not be
   * trusted; it is `null` where it cannot be read.
   *
   * @throws {BadPayload} If the signature is good and the payload is not.
   */
  loadsUnsafe(
    signed: string | Uint8Array,
    options: { readonly salt?: string | Uint8Array | undefined } = {},
  ): [valid: boolean, value: unknown] {
    return this.unsafely(() => this.loads(wantBytes(signed), options))
  }

  /** What the first signer that accepts gives; the last error if none does. */
  protected firstGood<Result>(
    salt: string | Uint8Array | undefined,
    attempt: (signer: Made) => Result,
    isFinal: (error: BadSignature) => boolean = () => false,
  ): Result {
    let last: BadSignature | undefined
    for (const signer of this.unsigners(salt)) {
      try {
        return attempt(signer)
      } catch (error) {
        if (!(error instanceof BadSignature) || isFinal(error)) throw error
        last = error
      }
    }
    throw last
  }

  /** Runs a load and keeps the payload of a bad signature. */
  protected unsafely(load: () => unknown): [valid: boolean, value: unknown] {
    try {
      return [true, load()]
    } catch (error) {
      if (!(error instanceof BadSignature)) throw error
      return [false, error.payload === undefined ? null : this.#loadOrNull(wantBytes(error.payload))]
    }
  }

  #loadOrNull(payload: Buffer): unknown {
    try {
      return this.loadPayload(payload)
    } catch (error) {
      if (error instanceof BadPayload) return null
      throw error
    }
  }
}

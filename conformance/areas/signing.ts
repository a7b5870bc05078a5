/** Runs `signing*.jsonl`: see `signing.md` for the format. */
import * as its from '@flask-ts/itsdangerous'
import { type CaseRunner, type CorpusLine, compare, type Verdict } from '../case.ts'
import { atTime } from '../clock.ts'

type Json = Record<string, unknown>
type Raw = string | { readonly base64: string }
type AnySigner = its.Signer
type AnySerializer = its.Serializer | its.TimedSerializer

const signers = { Signer: its.Signer, TimestampSigner: its.TimestampSigner }
const serializers = {
  Serializer: its.Serializer,
  URLSafeSerializer: its.URLSafeSerializer,
  TimedSerializer: its.TimedSerializer,
  URLSafeTimedSerializer: its.URLSafeTimedSerializer,
}

function raw(value: Raw): string | Uint8Array {
  return typeof value === 'string' ? value : Buffer.from(value.base64, 'base64')
}

function key(value: Raw | readonly Raw[]): its.SecretKey {
  return Array.isArray(value) ? value.map(raw) : raw(value as Raw)
}

/** A result in the form in which the corpus writes it: text where the bytes are UTF-8. */
function written(value: string | Uint8Array): unknown {
  const bytes = Buffer.from(value as Uint8Array)
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64: bytes.toString('base64') }
}

function signerOptions(args: Json): its.SignerOptions {
  const digest = args.digest as string | undefined
  const algorithm = args.algorithm as string | undefined
  return {
    salt: args.salt === undefined || args.salt === null ? undefined : raw(args.salt as Raw),
    sep: args.sep === undefined ? undefined : raw(args.sep as Raw),
    keyDerivation: args.key_derivation as its.KeyDerivation | undefined,
    digestMethod: digest,
    algorithm:
      algorithm === undefined
        ? undefined
        : algorithm === 'none'
          ? new its.NoneAlgorithm()
          : new its.HMACAlgorithm(algorithm),
  }
}

function fallbackSigner(entry: unknown): its.FallbackSigner<never> {
  if (typeof entry === 'string') return signers[entry as 'Signer'] as its.SignerClass<never>
  const { signer, kwargs } = entry as { signer?: 'Signer'; kwargs: Json }
  const options = signerOptions(kwargs)
  return signer === undefined ? options : [signers[signer] as its.SignerClass<never>, options]
}

function makeSerializer(line: CorpusLine): AnySerializer {
  const args = line.args as Json
  const kwargs = (args.serializer_kwargs ?? {}) as Json
  const options = {
    salt:
      args.salt === undefined || args.salt === null ? (args.salt as null | undefined) : raw(args.salt as Raw),
    serializerOptions:
      args.serializer_kwargs === undefined
        ? undefined
        : {
            ...(kwargs.sort_keys === undefined ? {} : { sortKeys: kwargs.sort_keys as boolean }),
            ...(kwargs.indent === undefined ? {} : { indent: kwargs.indent as number }),
            ...(kwargs.ensure_ascii === undefined ? {} : { ensureAscii: kwargs.ensure_ascii as boolean }),
            ...(kwargs.separators === undefined ? {} : { separators: kwargs.separators as [string, string] }),
          },
    signerOptions: args.signer_kwargs === undefined ? undefined : signerOptions(args.signer_kwargs as Json),
    fallbackSigners: (args.fallback_signers as unknown[] | undefined)?.map(fallbackSigner),
  }
  return new serializers[line.class as 'Serializer'](key(args.secret_key as Raw), options as object)
}

function makeSigner(line: CorpusLine): AnySigner {
  const args = line.args as Json
  return new signers[line.class as 'Signer'](key(args.secret_key as Raw), signerOptions(args))
}

function iso(date: Date): string {
  return date.toISOString().replace('.000Z', '+00:00')
}

function withTimestamp(result: unknown, asked: boolean, write: (value: unknown) => unknown): Json {
  if (!asked) return { value: write(result) }
  const [value, timestamp] = result as [unknown, Date]
  return { value: write(value), timestamp: iso(timestamp) }
}

function isSerializer(line: CorpusLine): boolean {
  return typeof line.class === 'string' && line.class.endsWith('Serializer')
}

function helper(line: CorpusLine): Json | undefined {
  const value = (line.call as Json).value as Raw
  switch (line.op) {
    case 'base64_encode':
      return { value: its.base64Encode(raw(value)) }
    case 'base64_decode':
      return { value: written(its.base64Decode(raw(value))) }
    case 'want_bytes':
      return { value: { base64: its.wantBytes(raw(value)).toString('base64') } }
    case 'int_to_bytes':
      return { value: { base64: its.intToBytes(BigInt(value as string)).toString('base64') } }
    case 'bytes_to_int':
      return { value: String(its.bytesToInt(its.wantBytes(raw(value)))) }
  }
  return undefined
}

function signerCall(line: CorpusLine): Json {
  const signer = makeSigner(line)
  const call = line.call as Json
  const maxAge = (call.max_age ?? undefined) as number | undefined
  switch (line.op) {
    case 'construct':
      return { value: true }
    case 'derive_key':
      return { value: { base64: signer.deriveKey().toString('base64') } }
    case 'get_signature':
      return { value: written(signer.getSignature(raw(call.value as Raw))) }
    case 'sign':
      return { value: written(signer.sign(raw(call.value as Raw))) }
    case 'verify_signature':
      return { value: signer.verifySignature(raw(call.value as Raw), raw(call.signature as Raw)) }
    case 'validate':
      return { value: (signer as its.TimestampSigner).validate(raw(call.signed as Raw), { maxAge }) }
    case 'unsign': {
      const returnTimestamp = call.return_timestamp === true
      const result = (signer as its.TimestampSigner).unsign(its.wantBytes(raw(call.signed as Raw)), {
        maxAge,
        returnTimestamp: returnTimestamp as true,
      })
      return withTimestamp(result, returnTimestamp, (value) => written(value as Uint8Array))
    }
  }
  throw new Error(`unknown operation ${line.op}`)
}

function serializerCall(line: CorpusLine): Json {
  const serializer = makeSerializer(line) as its.TimedSerializer
  const call = line.call as Json
  const salt = call.salt === undefined || call.salt === null ? undefined : raw(call.salt as Raw)
  const maxAge = (call.max_age ?? undefined) as number | undefined
  switch (line.op) {
    case 'dumps':
      return { value: serializer.dumps(call.obj, salt) }
    case 'loads': {
      const returnTimestamp = call.return_timestamp === true
      const options = { salt, maxAge, returnTimestamp: returnTimestamp as true }
      return withTimestamp(
        serializer.loads(raw(call.signed as Raw), options),
        returnTimestamp,
        (value) => value,
      )
    }
    case 'loads_unsafe': {
      const [valid, value] = serializer.loadsUnsafe(raw(call.signed as Raw), { salt, maxAge })
      return { valid, value }
    }
  }
  throw new Error(`unknown operation ${line.op}`)
}

function outcome(line: CorpusLine): Json {
  try {
    return helper(line) ?? (isSerializer(line) ? serializerCall(line) : signerCall(line))
  } catch (error) {
    if (!(error instanceof its.BadData)) return { error: 'any', thrown: error }
    const told: Json = { error: error.name }
    if (error instanceof its.BadSignature && error.payload !== undefined)
      told.payload = written(error.payload)
    if (error instanceof its.BadTimeSignature && error.dateSigned !== undefined) {
      told.date_signed = iso(error.dateSigned)
    }
    return told
  }
}

/** A deflated value may have other bytes: it passes if it verifies and its payload is the expected text. */
function compareDeflated(line: CorpusLine, expected: Json, actual: Json): Verdict {
  const serializer = makeSerializer(line)
  const salt = (line.call as Json).salt
  const signer = serializer.makeSigner(salt === undefined || salt === null ? undefined : raw(salt as Raw))
  const payload = signer.unsign(its.wantBytes(actual.value as string))
  const inside = new its.URLSafeSerializer('', { serializer: { dumps: String, loads: (text) => text } })
  return compare(expected.payload_text, inside.loadPayload(payload))
}

function judge(line: CorpusLine, actual: Json): Verdict {
  const { message: _message, kind: _kind, payload_text, compressed, ...expected } = line.expect as Json
  if (expected.error === 'any') return compare('any', actual.error)
  if (payload_text !== undefined && expected.value !== actual.value && actual.error === undefined) {
    if (compressed === true || String(actual.value).length < String(expected.value).length) {
      return compareDeflated(line, { ...expected, payload_text }, actual)
    }
  }
  if ('value' in expected && typeof expected.value === 'object' && 'base64' in actual)
    return compare(expected, actual)
  return compare(normal(expected), normal(actual))
}

/** Byte results are written as text where they are UTF-8, whatever the operation. */
function normal(result: Json): Json {
  const { value } = result
  if ('error' in result) return { payload: null, date_signed: null, ...result }
  if (value === null || typeof value !== 'object' || !('base64' in value)) return result
  return { ...result, value: written(Buffer.from(String(value.base64), 'base64')) }
}

export const runCase: CaseRunner = (line) =>
  atTime((line.call as Json).now as number | undefined, () => judge(line, outcome(line)))

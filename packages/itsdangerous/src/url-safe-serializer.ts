import { type Format, Serializer } from './serializer.ts'
import { TimedSerializer } from './timed-serializer.ts'
import { compactJson, decodePayload, encodePayload } from './url-safe.ts'

/**
 * A serializer whose text can stand in a URL or a cookie: base64 with `.`, `-` and `_`.
 *
 * See https://itsdangerous.palletsprojects.com/en/stable/url_safe/.
 */
export class URLSafeSerializer extends Serializer {
  protected override defaultSerializer(): Format {
    return compactJson
  }

  override loadPayload(payload: Uint8Array): unknown {
    return super.loadPayload(decodePayload(payload))
  }

  override dumpPayload(value: unknown): Buffer {
    return encodePayload(super.dumpPayload(value))
  }
}

/** A serializer whose text can stand in a URL or a cookie and carries the time of signing. */
export class URLSafeTimedSerializer extends TimedSerializer {
  protected override defaultSerializer(): Format {
    return compactJson
  }

  override loadPayload(payload: Uint8Array): unknown {
    return super.loadPayload(decodePayload(payload))
  }

  override dumpPayload(value: unknown): Buffer {
    return encodePayload(super.dumpPayload(value))
  }
}

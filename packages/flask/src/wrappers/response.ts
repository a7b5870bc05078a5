import { Response as WerkzeugResponse } from '@flask-ts/werkzeug'
import { decodeJson } from '../json/decode.ts'

/**
 * The response that views make and hooks get: Werkzeug's, with HTML as the type unless another is given.
 *
 * @see https://flask.palletsprojects.com/api/#flask.Response
 */
export class Response extends WerkzeugResponse {
  static override readonly defaultMimetype: string | null = 'text/html'

  override get jsonModule(): { loads(source: string | Uint8Array): unknown } {
    return JSON_MODULE
  }
}

const JSON_MODULE = { loads: decodeJson }

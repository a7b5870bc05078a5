import { EnvironBuilder, type EnvironBuilderOptions } from '@flask-ts/werkzeug/testing'
import { SetupValueError } from '../errors.ts'

/** What a test request takes beside what Werkzeug's does. */
export interface FlaskEnvironOptions extends EnvironBuilderOptions {
  /** Stands before `SERVER_NAME`. */
  readonly subdomain?: string | undefined
  /** In place of `PREFERRED_URL_SCHEME`. */
  readonly urlScheme?: string | undefined
}

/** What test requests read of the application. */
export interface EnvironHost {
  readonly config: {
    readonly SERVER_NAME: string | null
    readonly APPLICATION_ROOT: string
    readonly PREFERRED_URL_SCHEME: string
  }
  readonly json: { dumps(value: unknown): string }
}

const ABSOLUTE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i

function placed(
  host: EnvironHost,
  path: string,
  options: FlaskEnvironOptions,
): [path: string, baseUrl: string] {
  const { baseUrl, subdomain, urlScheme } = options
  if (baseUrl !== undefined) {
    if (subdomain === undefined && urlScheme === undefined) return [path, baseUrl]
    throw new SetupValueError(
      `'baseUrl' ${baseUrl} already says what 'subdomain' and 'urlScheme' would. Leave one out.`,
    )
  }
  const [, scheme, netloc, rest] = ABSOLUTE.exec(path) ?? []
  const { SERVER_NAME, APPLICATION_ROOT, PREFERRED_URL_SCHEME } = host.config
  const ownHost = SERVER_NAME || 'localhost'
  const target = netloc || (subdomain ? `${subdomain}.${ownHost}` : ownHost)
  const root = APPLICATION_ROOT.replace(/^\/+/, '')
  return [
    rest === undefined ? path : rest || '/',
    `${scheme ?? urlScheme ?? PREFERRED_URL_SCHEME}://${target}/${root}`,
  ]
}

/** Makes test requests with the application's host, root, scheme and JSON. */
export class FlaskEnvironBuilder extends EnvironBuilder {
  constructor(host: EnvironHost, path = '/', options: FlaskEnvironOptions = {}) {
    const { subdomain: _subdomain, urlScheme: _urlScheme, json, ...rest } = options
    const [target, baseUrl] = placed(host, path, options)
    // The base class writes JSON while it is constructed, when nothing of this class is there yet.
    const body = json === undefined ? rest : { ...rest, data: host.json.dumps(json), ...jsonType(options) }
    super(target, { ...body, baseUrl })
  }
}

function jsonType(options: FlaskEnvironOptions): { readonly contentType: string } {
  return { contentType: options.contentType ?? 'application/json' }
}

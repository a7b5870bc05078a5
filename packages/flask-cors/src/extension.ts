import type { Environ, WsgiResponse } from '@flask-ts/wsgi'
import { type Blueprint, request as currentRequest, Flask, type Request, type Response } from 'flask-ts'
import { configuredOptions } from './config.ts'
import { ALLOW_ORIGIN, type CrossOriginRequest, corsHeaders, type HeaderLine } from './decide.ts'
import { isEvaluated } from './evaluated.ts'
import { explainRefusal } from './explain.ts'
import { mergeOptions, optionNames } from './options.ts'
import { type AppCorsOptions, parseResources, type Resource } from './resources.ts'

declare module 'flask-ts' {
  interface Config {
    /** Whether a refused cross-origin request is explained in the log. Default: in debug mode. */
    CORS_EXPLAIN?: boolean | null
  }
}

/**
 * Lets scripts of other origins use an application: `new CORS(app)`.
 *
 * Options given here win over the application's `CORS_*` configuration, those of a resource over both. On an
 * application the headers are added outermost of all, so that error pages and the answers of middleware carry them.
 *
 * @see https://flask-cors.readthedocs.io/en/latest/api.html#extension
 */
export class CORS {
  readonly #options: AppCorsOptions

  /**
   * @param app - The application or blueprint; leave it out to call `initApp` later.
   * @throws {CorsConfigError} If options contradict each other.
   */
  constructor(app?: Flask | Blueprint, options: AppCorsOptions = {}) {
    this.#options = options
    if (app !== undefined) this.initApp(app)
  }

  /**
   * Adds the headers to an application or blueprint.
   *
   * @param options - Win over those of the constructor.
   * @throws {CorsConfigError} If options contradict each other.
   */
  initApp(app: Flask | Blueprint, options: AppCorsOptions = {}): void {
    const isApp = app instanceof Flask
    const given = mergeOptions(configuredOptions(isApp ? app.config : undefined), this.#options, options)
    const resources = parseResources(given)
    const policy = new Policy(resources, isApp ? app : undefined)
    if (isApp) {
      warnOfUnknown(app, given)
      app.wrapOutermost((inner) => (environ) => addOutermost(policy, environ, inner(environ)))
    }
    app.afterRequest((response) => policy.apply(response, currentRequest.getCurrentObject()))
  }
}

function warnOfUnknown(app: Flask, options: AppCorsOptions): void {
  for (const name of Object.keys(options)) {
    if (!optionNames.includes(name)) {
      app.logger.warn(`Unknown option passed to CORS: ${name}. It knows ${optionNames.join(', ')}.`)
    }
  }
}

/** The resources of an application, and what to do about a response. */
class Policy {
  readonly #resources: readonly Resource[]
  readonly #app: Flask | undefined
  /** Responses whose headers this policy has decided. */
  readonly #decided = new WeakSet<object>()

  constructor(resources: readonly Resource[], app: Flask | undefined) {
    this.#resources = resources
    this.#app = app
  }

  /** Adds the headers to the response of a view or handler. */
  apply(response: Response, request: Request): Response {
    this.#decided.add(response)
    if (isEvaluated(response) || response.headers.get(ALLOW_ORIGIN)) return response
    for (const [name, value] of this.decide(request.path, new EnvironFacts(request.environ))) {
      response.headers.add(name, value)
    }
    return response
  }

  /** Whether a hook has seen this answer already. */
  hasDecided(response: WsgiResponse): boolean {
    return this.#decided.has(response)
  }

  decide(path: string, request: CrossOriginRequest): readonly HeaderLine[] {
    const unquoted = unquote(path)
    const options = this.#resources.find((resource) => resource.matches(unquoted))?.options
    const app = this.#app
    if (app !== undefined && (app.config.CORS_EXPLAIN ?? app.debug)) {
      const explanation = explainRefusal(options, request, path)
      if (explanation !== undefined) app.logger.warn(explanation)
    }
    return options === undefined ? [] : corsHeaders(options, request)
  }
}

/** What a decision looks at, read from the server's side of a request. */
class EnvironFacts implements CrossOriginRequest {
  readonly #environ: Environ

  constructor(environ: Environ) {
    this.#environ = environ
  }

  get method(): string {
    return this.#environ.method
  }

  header(name: string): string | undefined {
    return this.#environ.headers.get(name)
  }
}

type Answer = WsgiResponse | Promise<WsgiResponse>

function addOutermost(policy: Policy, environ: Environ, answer: Answer): Answer {
  return answer instanceof Promise
    ? answer.then((response) => withHeaders(policy, environ, response))
    : withHeaders(policy, environ, answer)
}

/** Adds the headers to what no hook of the application has seen. */
function withHeaders(policy: Policy, environ: Environ, response: WsgiResponse): WsgiResponse {
  if (policy.hasDecided(response) || isEvaluated(response) || isEvaluated(environ)) return response
  const headers = [...response.headers]
  if (headers.some(([name, value]) => value !== '' && name.toLowerCase() === 'access-control-allow-origin')) {
    return response
  }
  const query = environ.target.indexOf('?')
  const path = query < 0 ? environ.target : environ.target.slice(0, query)
  const added = policy.decide(path.slice(environ.scriptName.length), new EnvironFacts(environ))
  if (added.length === 0) return response
  const { status, reason, body } = response
  return { status, reason, headers: [...headers, ...added], body, close: () => response.close?.() }
}

/** Text with its percent escapes decoded; what is not UTF-8 becomes U+FFFD. */
function unquote(path: string): string {
  if (!path.includes('%')) return path
  return path.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}

/** Runs `cors*.jsonl`: see `cors.md` for the format. */
import { type AppCorsOptions, CORS, type CorsOptions, crossOrigin } from '@flask-ts/flask-cors'
import { EnvironBuilder, runWsgiApp } from '@flask-ts/werkzeug/testing'
import { type AppContext, abort, Blueprint, Flask, makeResponse } from 'flask-ts'
import { type CaseRunner, type CorpusLine, compare } from '../case.ts'

type Json = Record<string, unknown>

interface Route {
  readonly path: string
  readonly methods?: readonly string[]
  readonly status?: number
  readonly headers?: unknown
  readonly raises?: number | 'error' | 'custom'
}

interface AppSpec {
  readonly config?: Json
  readonly cors?: Json | null
  readonly decorators?: Readonly<Record<string, Json>>
  readonly blueprints?: readonly {
    readonly name: string
    readonly url_prefix: string
    readonly cors?: Json | null
    readonly routes: readonly Route[]
    readonly decorators?: Readonly<Record<string, Json>>
  }[]
  readonly after_request?: {
    readonly registered: 'before' | 'after'
    readonly headers: readonly (readonly ['add' | 'set', string, string])[]
  }
  readonly handler?: number
}

/**
 * The pair that the corpus was recorded with does not fit together: in that Flask `make_default_options_response` has
 * a parameter that Flask-CORS does not pass, so that OPTIONS at a decorated view ends as 500. Here an application has
 * the parameter as well; that of `Flask` itself is optional, and the decorator works.
 */
class RecordedFlask extends Flask {
  override makeDefaultOptionsResponse(context?: AppContext) {
    if (context === undefined)
      throw new TypeError("makeDefaultOptionsResponse() misses its argument 'context'")
    return super.makeDefaultOptionsResponse(context)
  }
}

class CustomError extends Error {
  override name = 'CustomError'
}

/** A value of the corpus as the option that it stands for. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (value === null || typeof value !== 'object') return value
  if ('$regex' in value) return new RegExp(String(value.$regex), String((value as Json).flags ?? ''))
  if ('$seconds' in value) return { seconds: value.$seconds }
  if ('$pairs' in value) {
    return new Map((value.$pairs as [unknown, Json][]).map(([key, own]) => [revive(key), options(own)]))
  }
  return value
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function options(given: Json): CorsOptions & AppCorsOptions {
  const entries = Object.entries(given).map(([name, value]) => {
    const isMapping =
      name === 'resources' && value !== null && typeof value === 'object' && !Array.isArray(value)
    const revived = isMapping && !isTyped(value) ? resources(value as Record<string, Json>) : revive(value)
    return [camelCase(name), revived]
  })
  return Object.fromEntries(entries)
}

function isTyped(value: object): boolean {
  return ['$regex', '$seconds', '$pairs'].some((key) => key in value)
}

function resources(given: Record<string, Json>): Record<string, CorsOptions> {
  return Object.fromEntries(Object.entries(given).map(([pattern, own]) => [pattern, options(own)]))
}

function pairs(headers: unknown): [string, string][] {
  return (Array.isArray(headers) ? headers : Object.entries((headers ?? {}) as Json)) as [string, string][]
}

function makeView(route: Route): () => unknown {
  return () => {
    if (route.raises === 'error') throw new Error('unhandled')
    if (route.raises === 'custom') throw new CustomError('custom')
    if (route.raises !== undefined) return abort(route.raises)
    const response = makeResponse('ok')
    if (route.status !== undefined) response.status = route.status
    for (const [name, value] of pairs(route.headers)) response.headers.add(name, value)
    return response
  }
}

function addRoutes(
  target: Flask | Blueprint,
  routes: readonly Route[],
  decorators: Readonly<Record<string, Json>> = {},
): void {
  for (const [index, route] of routes.entries()) {
    const own = decorators[route.path]
    const view = own === undefined ? makeView(route) : crossOrigin(options(own))(makeView(route))
    target.addUrlRule(route.path, {
      endpoint: `view${index}`,
      viewFunc: view,
      methods: route.methods ?? ['GET'],
    })
  }
}

function addHook(app: Flask, spec: AppSpec, when: 'before' | 'after'): void {
  const hook = spec.after_request
  if (hook === undefined || hook.registered !== when) return
  app.afterRequest((response) => {
    for (const [how, name, value] of hook.headers) response.headers[how](name, value)
    return response
  })
}

function makeApp(spec: AppSpec, routes: readonly Route[]): Flask {
  const app = new RecordedFlask('cors')
  app.logger.level = 'silent'
  for (const [key, value] of Object.entries(spec.config ?? {})) {
    const isMapping = key === 'CORS_RESOURCES' && value !== null && typeof value === 'object'
    const revived =
      isMapping && !Array.isArray(value) && !isTyped(value)
        ? resources(value as Record<string, Json>)
        : revive(value)
    ;(app.config as unknown as Json)[key] = revived
  }
  addHook(app, spec, 'before')
  if (spec.cors !== null && spec.cors !== undefined) new CORS(app, options(spec.cors))
  addHook(app, spec, 'after')
  addRoutes(app, routes, spec.decorators)
  for (const part of spec.blueprints ?? []) {
    const blueprint = new Blueprint(part.name, 'cors', { urlPrefix: part.url_prefix })
    if (part.cors !== null && part.cors !== undefined) new CORS(blueprint, options(part.cors))
    addRoutes(blueprint, part.routes, part.decorators)
    app.registerBlueprint(blueprint)
  }
  if (spec.handler !== undefined) {
    const status = spec.handler
    app.errorHandler(CustomError, () => {
      const response = makeResponse('handled')
      response.status = status
      return response
    })
  }
  return app
}

/** The headers that the corpus lists, one entry a line; `Allow` is a set. */
function listed(headers: Iterable<readonly [string, string]>): Json {
  const found: Record<string, string[]> = {}
  for (const [name, value] of headers) {
    if (!/^(access-control-.*|vary|allow)$/i.test(name)) continue
    const key = name.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
    const text = key === 'Allow' ? value.split(', ').sort().join(', ') : value
    found[key] = [...(found[key] ?? []), text]
  }
  return found
}

interface CorsRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly expect: { readonly status: number; readonly headers: Json }
}

async function ask(app: Flask, { method, path, headers }: CorsRequest): Promise<CorsRequest['expect']> {
  const environ = new EnvironBuilder(path, { method, headers: headers as [string, string][] }).getEnviron()
  const response = await runWsgiApp(app.wsgiApp, environ)
  return { status: response.status, headers: listed(response.headers) }
}

export const runCase: CaseRunner = async (line: CorpusLine) => {
  const routes = line.routes as readonly Route[]
  if (line.error !== undefined) {
    try {
      makeApp(line.app as AppSpec, routes)
    } catch {
      return { pass: true }
    }
    return { pass: false, expected: line.error, actual: 'the application was made' }
  }
  const app = makeApp(line.app as AppSpec, routes)
  const expected: unknown[] = []
  const actual: unknown[] = []
  for (const request of line.requests as readonly CorsRequest[]) {
    expected.push(request.expect)
    actual.push(await ask(app, request))
  }
  return compare(expected, actual)
}

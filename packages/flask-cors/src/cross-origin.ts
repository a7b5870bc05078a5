import { currentApp, type Flask, makeResponse, type Response, request } from 'flask-ts'
import { configuredOptions } from './config.ts'
import { type CrossOriginRequest, corsHeaders } from './decide.ts'
import { markEvaluated } from './evaluated.ts'
import { type CorsOptions, mergeOptions, type ResolvedOptions, resolveOptions } from './options.ts'

/** A view with parameters of any kind. */
type AnyView = (...args: never[]) => unknown

/**
 * Lets scripts of other origins use one view: `app.get('/data', crossOrigin({ origins })(getData))`.
 *
 * Its answer is final: the extension on the application adds nothing to it. It goes directly around the view.
 *
 * @param options - Win over the application's `CORS_*` configuration.
 * @see https://flask-cors.readthedocs.io/en/latest/api.html#decorator
 */
export function crossOrigin(options: CorsOptions = {}): <View extends AnyView>(view: View) => View {
  return (view) => {
    const resolved = new WeakMap<Flask, ResolvedOptions>()
    const wrapped = (...args: never[]): unknown => {
      const app = currentApp.getCurrentObject()
      const settings = settingsOf(resolved, app, options)
      const value =
        settings.automaticOptions && request.method === 'OPTIONS'
          ? app.makeDefaultOptionsResponse()
          : view(...args)
      return isThenable(value) ? value.then((made) => finish(made, settings)) : finish(value, settings)
    }
    Object.defineProperty(wrapped, 'name', { value: view.name })
    if (options.automaticOptions ?? true) {
      Object.assign(wrapped, { requiredMethods: ['OPTIONS'], provideAutomaticOptions: false })
    }
    return wrapped as never
  }
}

/** Options are worked out at the first request of each application, when its configuration is known. */
function settingsOf(
  known: WeakMap<Flask, ResolvedOptions>,
  app: Flask,
  options: CorsOptions,
): ResolvedOptions {
  let settings = known.get(app)
  if (settings === undefined) {
    settings = resolveOptions(mergeOptions(configuredOptions(app.config), options))
    known.set(app, settings)
  }
  return settings
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === 'function'
}

const requestFacts: CrossOriginRequest = {
  get method() {
    return request.method
  },
  header: (name) => request.environ.headers.get(name),
}

function finish(value: unknown, settings: ResolvedOptions): Response {
  const response = makeResponse(value)
  for (const [name, header] of corsHeaders(settings, requestFacts)) response.headers.add(name, header)
  markEvaluated(response)
  markEvaluated(request.environ)
  return response
}

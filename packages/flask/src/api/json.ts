import { dumpJson, type JsonOptions } from '@flask-ts/itsdangerous'
import type { Flask } from '../app/app.ts'
import { currentContext } from '../context/app-context.ts'
import { requireContext } from '../context/require.ts'
import { decodeJson } from '../json/decode.ts'
import { defaultJsonValue } from '../json/provider.ts'
import type { Response } from '../wrappers/response.ts'

function currentProvider(): Flask['json'] | undefined {
  return (currentContext()?.app as Flask | undefined)?.json
}

/** A value as JSON text, by the current application's provider where there is one. */
function dumps(value: unknown, options: JsonOptions = {}): string {
  const provider = currentProvider()
  if (provider !== undefined) return provider.dumps(value, options)
  return dumpJson(value, { default: defaultJsonValue, ...options })
}

/** The value of JSON text or bytes, by the current application's provider where there is one. */
function loads(source: string | Uint8Array): unknown {
  const provider = currentProvider()
  return provider === undefined ? decodeJson(source) : provider.loads(source)
}

/**
 * A response with the JSON of its argument; several arguments stand for a list of them.
 *
 * @throws OutsideContextError - without an application.
 * @see https://flask.palletsprojects.com/api/#flask.json.jsonify
 */
export function jsonify(...args: readonly unknown[]): Response {
  return (requireContext().app as Flask).json.response(...args)
}

/** Flask's `json` module. */
export const json = { dumps, loads, jsonify } as const

import { MissingKey } from '@flask-ts/werkzeug/datastructures'
import { UntrustedHost } from '@flask-ts/werkzeug/http'

/** A runner met something that its format does not know: never an answer of the library. */
export class UnknownInCorpus extends Error {
  override readonly name = 'UnknownInCorpus'
}

/**
 * Werkzeug's names of errors whose counterparts below the request are plain: the request turns them into 400 answers.
 */
const ownErrors: ReadonlyMap<string, new (text: string) => Error> = new Map<
  string,
  new (
    text: string,
  ) => Error
>([
  ['BadRequestKeyError', MissingKey],
  ['SecurityError', UntrustedHost],
])

/**
 * A result in the terms of the corpora: `undefined` is null, dates are seconds, iterables lists, maps objects.
 *
 * @param value - What the library returned.
 */
export function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (value instanceof Date) return value.getTime() / 1000
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, item]) => [key, plain(item)]))
  if (value instanceof Set) return [...value].sort()
  if (typeof value !== 'object') return value
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, plain)
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

/**
 * Runs a call of a corpus.
 *
 * @param call - What to run.
 * @param expected - What the corpus expects; `{ error }` names the class that must be thrown.
 * @returns The plain result, or `expected` itself where the right error was thrown.
 * @throws UnknownInCorpus if the call is not known, and what the call throws where no error was expected.
 */
export function outcome(call: () => unknown, expected: unknown): unknown {
  const wanted = expectedError(expected)
  try {
    return plain(call())
  } catch (error) {
    if (wanted === undefined || error instanceof UnknownInCorpus) throw error
    const own = ownErrors.get(wanted)
    return own === undefined || error instanceof own ? expected : { error: (error as Error).name }
  }
}

/** The name of the error that an expectation asks for. */
function expectedError(expected: unknown): string | undefined {
  if (typeof expected !== 'object' || expected === null || !('error' in expected)) return undefined
  return Object.keys(expected).length === 1 ? String(expected.error) : undefined
}

/** A Python name in camelCase. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Where the corpora have a boolean or null and Python makes text of it, the text is Python's. */
export function pythonText<T>(value: T): T | string {
  if (value === null) return 'None'
  return value === true ? 'True' : value === false ? 'False' : value
}

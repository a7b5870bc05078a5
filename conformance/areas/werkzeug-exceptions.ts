import { WWWAuthenticate } from '@flask-ts/werkzeug/datastructures'
import * as exceptions from '@flask-ts/werkzeug/exceptions'
import { RequestRedirect } from '@flask-ts/werkzeug/routing'
import { makeEnviron } from '@flask-ts/werkzeug/testing'
import { type CorpusLine, compare, type Verdict } from '../case.ts'

interface ExceptionCase extends CorpusLine {
  readonly kind: 'exception' | 'abort'
  readonly class?: string
  readonly code?: number
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly show_exception?: boolean
  readonly expect?: unknown
  readonly error?: string
}

type AnyClass = new (...args: readonly unknown[]) => exceptions.HTTPException

const environ = makeEnviron()

function option(name: string, value: unknown): [name: string, value: unknown] {
  const camelCase = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  if (name === 'www_authenticate') {
    const challenges = value as [type: string, parameters: Record<string, string>][]
    return [camelCase, challenges.map(([type, parameters]) => new WWWAuthenticate(type, parameters))]
  }
  if (name === 'retry_after' && typeof value === 'object' && value !== null) {
    return [camelCase, new Date((value as { epoch: number }).epoch * 1000)]
  }
  return [camelCase, value]
}

function make(line: ExceptionCase): exceptions.HTTPException {
  const options = Object.fromEntries(Object.entries(line.kwargs).map(([name, value]) => option(name, value)))
  const args = line.args.length > 0 && Object.keys(options).length === 0 ? line.args : [...line.args, options]
  if (line.kind === 'exception') {
    const classes = { ...exceptions, RequestRedirect } as unknown as Readonly<Record<string, AnyClass>>
    return new classes[line.class!]!(...args)
  }
  try {
    exceptions.abort(line.code!, ...args)
  } catch (error) {
    if (error instanceof exceptions.HTTPException) return error
    throw error
  }
}

function described(error: exceptions.HTTPException): unknown {
  const response = error.getResponse(environ)
  return {
    class: error.constructor.name,
    code: error.code,
    name: error.name,
    description: error.description,
    str: String(error),
    repr: error.repr(),
    status: response.statusLine,
    body: response.text,
    headers: [...response.headers].map(([name, value]) => [name, value]),
  }
}

/** Runs one line of a `werkzeug-exceptions` corpus. */
export function runCase(line: CorpusLine): Verdict {
  const one = line as ExceptionCase
  let error: exceptions.HTTPException
  try {
    error = make(one)
  } catch (thrown) {
    return one.error === undefined ? { pass: false, expected: one.expect, actual: thrown } : { pass: true }
  }
  if (one.error !== undefined) return { pass: false, expected: one.error, actual: error }
  if (one.show_exception === true) (error as exceptions.BadRequestKeyError).showException = true
  return compare(one.expect, described(error))
}

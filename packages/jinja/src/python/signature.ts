import { type Callable, Kwargs, takesKwargs } from './call.ts'

/** What a filter, test or function gets before the arguments of the template. */
export type PassedArgument = 'context' | 'evalContext' | 'environment'

const PASSED: unique symbol = Symbol('passed argument')

function pass<F extends object>(fn: F, what: PassedArgument): F {
  Object.defineProperty(fn, PASSED, { value: what })
  return fn
}

/** Makes a function get the context of the rendering as its first argument. */
export function passContext<F extends object>(fn: F): F {
  return pass(fn, 'context')
}

/** Makes a function get the evaluation context (its `autoescape`) as its first argument. */
export function passEvalContext<F extends object>(fn: F): F {
  return pass(fn, 'evalContext')
}

/** Makes a function get the environment as its first argument. */
export function passEnvironment<F extends object>(fn: F): F {
  return pass(fn, 'environment')
}

/** What a function wants to get first, if anything. */
export function passedArgument(fn: unknown): PassedArgument | undefined {
  return typeof fn === 'function' ? (fn as { [PASSED]?: PassedArgument })[PASSED] : undefined
}

/** One parameter of a signature. */
interface Parameter {
  readonly name: string
  readonly kind: 'positional' | 'normal' | 'args' | 'keyword' | 'kwargs'
  readonly required: boolean
}

/** A parsed signature. */
interface Signature {
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** Whether there are only parameters that can be given by position. */
  readonly plain: boolean
  readonly least: number
  readonly most: number
}

function parseSignature(text: string): Signature {
  const open = text.indexOf('(')
  const parameters: Parameter[] = []
  let keywordOnly = false
  for (const part of text
    .slice(open + 1, -1)
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)) {
    if (part === '/') {
      for (const [index, parameter] of parameters.entries())
        parameters[index] = { ...parameter, kind: 'positional' }
    } else if (part.startsWith('**')) {
      parameters.push({ name: part.slice(2), kind: 'kwargs', required: false })
    } else if (part.startsWith('*')) {
      keywordOnly = true
      if (part !== '*') parameters.push({ name: part.slice(1), kind: 'args', required: false })
    } else {
      const required = !part.endsWith('?')
      const name = required ? part : part.slice(0, -1)
      parameters.push({ name, kind: keywordOnly ? 'keyword' : 'normal', required })
    }
  }
  const byPosition = parameters.filter(({ kind }) => kind === 'normal' || kind === 'positional')
  return {
    name: text.slice(0, open),
    parameters,
    plain: byPosition.length === parameters.length,
    least: byPosition.filter(({ required }) => required).length,
    most: byPosition.length,
  }
}

/**
 * Gives a function a Python signature, so that templates can call it with positional and named arguments.
 *
 * @param signature Its name and parameters, such as `'join(value, d?, attribute?)'`: `?` marks what may be
 *   left out (the function then gets `undefined`), `/` ends those that have no name outside, `*args` and
 *   `**kwargs` collect the rest into an array and an object, and what follows `*args` is given by name only.
 * @param fn Gets the arguments in the order of the signature, after `leading` ones that are not in it.
 * @param leading How many arguments come before those of the signature, such as the context.
 * @throws TypeError when called with arguments that do not fit.
 */
export function defineFunction(signature: string, fn: (...args: never[]) => unknown, leading = 0): Callable {
  const target = fn as Callable
  let parsed: Signature | null = null
  const bound: Callable = (...args) => {
    parsed ??= parseSignature(signature)
    const count = args.length - leading
    if (
      parsed.plain &&
      count >= parsed.least &&
      count <= parsed.most &&
      !(args[args.length - 1] instanceof Kwargs)
    ) {
      return target(...args)
    }
    return target(...args.slice(0, leading), ...bindArguments(parsed, args.slice(leading)))
  }
  Object.defineProperty(bound, 'name', { value: signature.slice(0, signature.indexOf('(')) })
  return takesKwargs(bound)
}

/** What a filter or test can ask for beside its arguments. */
export interface FilterOptions {
  readonly pass?: PassedArgument
}

/** Gives a filter or a test its signature, the value included; see {@link defineFunction}. */
export function defineFilter(
  signature: string,
  fn: (...args: never[]) => unknown,
  options?: FilterOptions,
): Callable {
  const passed = options?.pass
  const filter = defineFunction(signature, fn, passed === undefined ? 0 : 1)
  return passed === undefined ? filter : pass(filter, passed)
}

function bindArguments(signature: Signature, args: unknown[]): unknown[] {
  const last = args[args.length - 1]
  const named: Record<string, unknown> = last instanceof Kwargs ? { ...last.values } : {}
  const given = last instanceof Kwargs ? args.slice(0, -1) : args
  const missing: string[] = []
  let at = 0
  const out = signature.parameters.map(({ name, kind, required }) => {
    if (kind === 'args') {
      const rest = given.slice(at)
      at = given.length
      return rest
    }
    if (kind === 'kwargs') return named
    const byName = kind !== 'positional' && Object.hasOwn(named, name)
    if (kind !== 'keyword' && at < given.length) {
      if (byName) throw new TypeError(`${signature.name}() got multiple values for argument '${name}'`)
      return given[at++]
    }
    if (byName) return take(named, name)
    if (required) missing.push(`'${name}'`)
    return undefined
  })
  refuseRest(signature, given, at, named)
  if (missing.length > 0) throw missingError(signature, missing)
  return out
}

function take(named: Record<string, unknown>, name: string): unknown {
  const value = named[name]
  delete named[name]
  return value
}

function refuseRest(
  signature: Signature,
  given: unknown[],
  used: number,
  named: Record<string, unknown>,
): void {
  const { name, least, most, parameters } = signature
  if (used < given.length) {
    const takes = least === most ? `${most}` : `from ${least} to ${most}`
    const noun = most === 1 ? 'argument' : 'arguments'
    const were = given.length === 1 ? 'was' : 'were'
    throw new TypeError(`${name}() takes ${takes} positional ${noun} but ${given.length} ${were} given`)
  }
  if (parameters.some(({ kind }) => kind === 'kwargs')) return
  const [unexpected] = Object.keys(named)
  if (unexpected !== undefined) {
    throw new TypeError(`${name}() got an unexpected keyword argument '${unexpected}'`)
  }
}

function missingError(signature: Signature, missing: readonly string[]): TypeError {
  const noun = missing.length === 1 ? 'argument' : 'arguments'
  const list = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`
  return new TypeError(`${signature.name}() missing ${missing.length} required positional ${noun}: ${list}`)
}

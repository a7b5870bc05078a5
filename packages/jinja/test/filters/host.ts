import type { FilterContext, FilterEnvironment } from '../../src/filters/host.ts'
import { FILTERS } from '../../src/filters/registry.ts'
import { DEFAULT_POLICIES } from '../../src/options.ts'
import { passedArgument } from '../../src/python/signature.ts'
import { getItem } from '../../src/runtime/lookup.ts'
import { TESTS } from '../../src/tests/registry.ts'
import { Undefined } from '../../src/undefined/undefined.ts'

/** Calls filters and tests as an environment would. */
export function makeFilters(options: { autoescape?: boolean; isAsync?: boolean } = {}): {
  filter(name: string, value: unknown, ...args: unknown[]): unknown
  test(name: string, value: unknown, ...args: unknown[]): unknown
} {
  const call = (table: typeof FILTERS, name: string, value: unknown, args: readonly unknown[]): unknown => {
    const fn = table[name]
    if (fn === undefined) throw new Error(`there is no ${name}`)
    switch (passedArgument(fn)) {
      case 'context':
        return fn(context, value, ...args)
      case 'evalContext':
        return fn(context.evalCtx, value, ...args)
      case 'environment':
        return fn(environment, value, ...args)
      default:
        return fn(value, ...args)
    }
  }
  const environment: FilterEnvironment = {
    policies: DEFAULT_POLICIES,
    filters: FILTERS,
    tests: TESTS,
    newlineSequence: '\n',
    isAsync: options.isAsync ?? false,
    undefined: Undefined,
    getItem: (value, key) => getItem({ undefined: Undefined, alternateName: null }, value, key),
    callFilter: (name, value, args) => call(FILTERS, name, value, args),
    callTest: (name, value, args) => call(TESTS, name, value, args),
  }
  const context: FilterContext = {
    environment,
    evalCtx: { autoescape: options.autoescape ?? false, environment },
  }
  return {
    filter: (name, value, ...args) => call(FILTERS, name, value, args),
    test: (name, value, ...args) => call(TESTS, name, value, args),
  }
}

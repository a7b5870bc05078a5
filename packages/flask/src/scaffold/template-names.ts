import { SetupValueError } from '../errors.ts'

/** A function that templates call: a filter, a test or a global. */
export type TemplateFunction = (...args: never[]) => unknown

/** Name and function, from `(function)`, `(name, function)`. */
export function namedFunction(
  first: string | TemplateFunction,
  second?: TemplateFunction,
): [string, TemplateFunction] {
  const run = typeof first === 'function' ? first : second
  const name = typeof first === 'string' ? first : first.name
  if (run === undefined || name === '') {
    throw new SetupValueError(
      `A function for templates needs a name: give it before the function, such as templateFilter('money', ...).`,
    )
  }
  return [name, run]
}

import { Markup } from '@flask-ts/markupsafe'
import { print } from '../python/print.ts'

/** A value as text: markup stays markup. */
export function softText(value: unknown): string | Markup {
  if (typeof value === 'string' || value instanceof Markup) return value
  return print(value)
}

/** Applies an operation to the text of a value, whose result is markup if the value was. */
export function onText(value: unknown, operation: (text: string) => string): string | Markup {
  if (typeof value === 'string') return operation(value)
  return value instanceof Markup ? new Markup(operation(value.toString())) : operation(print(value))
}

/** Why a format string could not be applied, by the name of the error that Python raises. */
export type FormatFailure = 'ValueError' | 'TypeError' | 'KeyError' | 'IndexError' | 'OverflowError'

/** What formatting needs to know of the values: how they print, and what a field may reach. */
export interface FormatHost {
  /** The value as text for people (`%s`, `{}`). */
  print(value: unknown): string
  /** The value as text for programmers (`%r`, `{!r}`). */
  repr(value: unknown): string
  /** The text of a string value, be it plain or markup; null for anything else. */
  asText(value: unknown): string | null
  /** The name of the value's type, for messages. */
  typeName(value: unknown): string
  /** The value behind a field's dot. */
  getAttribute(value: unknown, name: string): unknown
  /** The value behind a field's bracket or a `%(key)s`; integers come as numbers. Throws if there is none. */
  getItem(value: unknown, key: string | number): unknown
  /** The positional values if this is Python's tuple, else null. */
  asTuple(value: unknown): readonly unknown[] | null
  /** Whether the value is a container that `%(key)s` can look into. */
  isMapping(value: unknown): boolean
  /** The error to throw. */
  fail(failure: FormatFailure, message: string): Error
  /** Replaces what {@link formatValue} makes of a value and its specification, as escaping formatters do. */
  formatField?(value: unknown, spec: string): string
  /** Throws the error of a value that refuses to become a number, if it has one of its own. */
  refuseNumber?(value: unknown): void
  /** Passes or throws for a width or precision, counted in characters. */
  checkWidth?(width: number): void
}

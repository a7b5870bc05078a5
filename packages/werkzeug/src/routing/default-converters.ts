import type { ConverterClass } from './converter.ts'
import { FloatConverter, IntegerConverter } from './number-converters.ts'
import { AnyConverter, PathConverter, UnicodeConverter, UUIDConverter } from './text-converters.ts'

/** The converters that every map has, by the name that rules use. */
export const DEFAULT_CONVERTERS: Readonly<Record<string, ConverterClass>> = Object.freeze({
  default: UnicodeConverter,
  string: UnicodeConverter,
  any: AnyConverter,
  path: PathConverter,
  int: IntegerConverter,
  float: FloatConverter,
  uuid: UUIDConverter,
})

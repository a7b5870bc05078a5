import { deserialize, serialize } from 'node:v8'
import {
  BigIntegerType,
  BigIntType,
  FloatType,
  IntegerType,
  NumericAsNumberType,
  NumericType,
  SmallIntegerType,
} from './numeric-types.ts'
import {
  ArrayType,
  BooleanType,
  DecoratedType,
  EnumType,
  JsonType,
  LargeBinaryType,
  type TypeConversion,
  UuidType,
} from './other-types.ts'
import { DateTimeType, DateType, IntervalType, TimeType } from './temporal-types.ts'
import { CharType, StringType, TextType } from './text-types.ts'
import type { TypeEngine, TypeLike } from './type-engine.ts'

/** Whole numbers of 32 bits. */
export function Integer(): TypeEngine<number> {
  return new IntegerType()
}

/** Whole numbers of 16 bits. */
export function SmallInteger(): TypeEngine<number> {
  return new SmallIntegerType()
}

/** Whole numbers of 64 bits, as `number` unless `asBigInt` asks for `bigint`. */
export function BigInteger(options: { asBigInt: true }): TypeEngine<bigint>
export function BigInteger(): TypeEngine<number>
export function BigInteger(options?: { asBigInt?: boolean }): TypeEngine<number> | TypeEngine<bigint> {
  return options?.asBigInt ? new BigIntType() : new BigIntegerType()
}

/** Text of at most `length` characters. */
export function StringOf(length?: number, options: { collation?: string } = {}): TypeEngine<string> {
  return new StringType(length, options.collation)
}

/** Text of exactly `length` characters. */
export function CHAR(length?: number): TypeEngine<string> {
  return new CharType(length)
}

/** Text of any length. */
export function Text(length?: number): TypeEngine<string> {
  return new TextType(length)
}

/** True or false. */
export function BooleanOf(): TypeEngine<boolean> {
  return new BooleanType()
}

/** Binary floating point. */
export function Float(precision?: number): TypeEngine<number> {
  return new FloatType(precision)
}

/** Decimal numbers: exact text, or numbers with `{ asDecimal: false }`. */
export function Numeric(
  precision: number | undefined,
  scale: number | undefined,
  options: { asDecimal: false },
): TypeEngine<number>
export function Numeric(precision?: number, scale?: number): TypeEngine<string>
export function Numeric(
  precision?: number,
  scale?: number,
  options?: { asDecimal?: boolean },
): TypeEngine<number> | TypeEngine<string> {
  return options?.asDecimal === false
    ? new NumericAsNumberType(precision, scale)
    : new NumericType(precision, scale)
}

/** A calendar date as `'YYYY-MM-DD'`. */
export function DateOf(): TypeEngine<string> {
  return new DateType()
}

/** A point in time as `Date`, stored as UTC. */
export function DateTime(options: { timezone?: boolean } = {}): TypeEngine<Date> {
  return new DateTimeType(options.timezone ?? false)
}

/** A time of day as `'HH:MM:SS[.ffffff]'`. */
export function Time(): TypeEngine<string> {
  return new TimeType()
}

/** A span of time in milliseconds. */
export function Interval(): TypeEngine<number> {
  return new IntervalType()
}

/** Any JSON value; name its TypeScript type as `JSON<Settings>()`. */
export function JsonOf<V = unknown>(options: { noneAsNull?: boolean } = {}): TypeEngine<V> {
  return new JsonType<V>(options.noneAsNull ?? false)
}

/** PostgreSQL's binary JSON; plain JSON elsewhere. */
export function JSONB<V = unknown>(options: { noneAsNull?: boolean } = {}): TypeEngine<V> {
  return new JsonType<V>(options.noneAsNull ?? false, true)
}

/** Bytes. */
export function LargeBinary(): TypeEngine<Uint8Array> {
  return new LargeBinaryType()
}

/** A UUID as text with dashes. */
export function Uuid(): TypeEngine<string> {
  return new UuidType()
}

/**
 * One of a list of texts.
 * @param values the allowed values
 * @param options `name` of the native type (PostgreSQL needs one; the column's name serves otherwise), `native: false` for VARCHAR
 */
export function Enum<const V extends string>(
  values: readonly V[],
  options: { name?: string; native?: boolean } = {},
): TypeEngine<V> {
  return new EnumType<V>(values, options.name, options.native ?? true)
}

/** PostgreSQL's array of another type. */
export function ARRAY<V>(item: TypeLike<V>): TypeEngine<V[]> {
  return new ArrayType(item)
}

/**
 * A custom type: another type with a conversion.
 * @param impl how the database stores it
 * @param conversion `dump` to the stored value and `load` back
 */
export function typeDecorator<V, S>(impl: TypeLike<S>, conversion: TypeConversion<V, S>): TypeEngine<V> {
  return new DecoratedType(impl, conversion)
}

/** Any value that V8's structured clone can carry, as bytes (the place of `PickleType`). */
export function PickleType<V = unknown>(): TypeEngine<V> {
  return typeDecorator<V, Uint8Array>(LargeBinary, {
    dump: (value) => serialize(value),
    load: (value) => deserialize(value) as V,
    repr: 'PickleType()',
  })
}

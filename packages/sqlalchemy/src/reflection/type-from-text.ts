import {
  BigIntegerType,
  FloatType,
  IntegerType,
  NumericType,
  SmallIntegerType,
} from '../types/numeric-types.ts'
import {
  ArrayType,
  BooleanType,
  EnumType,
  JsonType,
  LargeBinaryType,
  RawType,
  UuidType,
} from '../types/other-types.ts'
import { DateTimeType, DateType, IntervalType, TimeType } from '../types/temporal-types.ts'
import { CharType, StringType, TextType } from '../types/text-types.ts'
import { nullType, type TypeEngine } from '../types/type-engine.ts'

type Maker = (args: readonly number[], text: string) => TypeEngine

const floating: Maker = () => new FloatType()
const bytes: Maker = () => new LargeBinaryType()
const longText: Maker = () => new TextType()
const stamp: Maker = (_, text) => new DateTimeType(/with time zone|timestamptz/i.test(text))

const makers: Record<string, Maker> = {
  INT: () => new IntegerType(),
  INTEGER: () => new IntegerType(),
  MEDIUMINT: () => new IntegerType(),
  SERIAL: () => new IntegerType(),
  SMALLINT: () => new SmallIntegerType(),
  BIGINT: () => new BigIntegerType(),
  BIGSERIAL: () => new BigIntegerType(),
  TINYINT: ([width]) => (width === 1 ? new BooleanType() : new SmallIntegerType()),
  BOOL: () => new BooleanType(),
  BOOLEAN: () => new BooleanType(),
  VARCHAR: ([length]) => new StringType(length),
  NVARCHAR: ([length]) => new StringType(length),
  'CHARACTER VARYING': ([length]) => new StringType(length),
  CHAR: ([length]) => new CharType(length),
  CHARACTER: ([length]) => new CharType(length),
  BPCHAR: ([length]) => new CharType(length),
  TEXT: longText,
  TINYTEXT: longText,
  MEDIUMTEXT: longText,
  LONGTEXT: longText,
  CLOB: longText,
  FLOAT: floating,
  REAL: floating,
  DOUBLE: floating,
  'DOUBLE PRECISION': floating,
  NUMERIC: ([precision, scale]) => new NumericType(precision, scale),
  DECIMAL: ([precision, scale]) => new NumericType(precision, scale),
  DATE: () => new DateType(),
  DATETIME: () => new DateTimeType(false),
  TIMESTAMP: stamp,
  'TIMESTAMP WITHOUT TIME ZONE': stamp,
  'TIMESTAMP WITH TIME ZONE': stamp,
  TIME: () => new TimeType(),
  'TIME WITHOUT TIME ZONE': () => new TimeType(),
  INTERVAL: () => new IntervalType(),
  JSON: () => new JsonType(),
  JSONB: () => new JsonType(false, true),
  BLOB: bytes,
  TINYBLOB: bytes,
  MEDIUMBLOB: bytes,
  LONGBLOB: bytes,
  BINARY: bytes,
  VARBINARY: bytes,
  BYTEA: bytes,
  UUID: () => new UuidType(),
}

function enumValues(text: string): string[] {
  return Array.from(text.matchAll(/'((?:[^']|'')*)'/g), ([, value = '']) => value.replaceAll("''", "'"))
}

/** The type that a database's words stand for; unknown words keep their text. */
export function typeFromText(text: string): TypeEngine {
  if (text.trim() === '') return nullType
  if (/^enum\s*\(/i.test(text)) return new EnumType(enumValues(text))
  if (text.endsWith('[]')) return new ArrayType(typeFromText(text.slice(0, -2)))
  const args = /\(([^)]*)\)/.exec(text)?.[1]
  const numbers = args ? args.split(',').map(Number) : []
  const words = text
    .replace(/\([^)]*\)/, ' ')
    .toUpperCase()
    .replace(/\b(?:UNSIGNED|ZEROFILL|SIGNED)\b/g, '')
    .trim()
    .split(/\s+/)
  const maker = makers[words.join(' ')] ?? makers[words[0] ?? '']
  return maker ? maker(numbers, text) : new RawType(text)
}

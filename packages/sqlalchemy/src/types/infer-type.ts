import { BigIntType, FloatType, IntegerType } from './numeric-types.ts'
import { BooleanType, LargeBinaryType } from './other-types.ts'
import { DateTimeType } from './temporal-types.ts'
import { StringType } from './text-types.ts'
import { nullType, type TypeEngine } from './type-engine.ts'

/** The shared type of whole numbers. */
export const integerType = new IntegerType()
/** The shared type of conditions. */
export const booleanType = new BooleanType()
/** The shared type of text without a length. */
export const stringType = new StringType()
/** The shared type of doubles. */
export const floatType = new FloatType()
const bigIntType = new BigIntType()
const dateTimeType = new DateTimeType(false)
const binaryType = new LargeBinaryType()

/** The column type that a plain TypeScript value stands for; the null type when there is none. */
export function inferType(value: unknown): TypeEngine {
  switch (typeof value) {
    case 'string':
      return stringType
    case 'number':
      return Number.isInteger(value) ? integerType : floatType
    case 'boolean':
      return booleanType
    case 'bigint':
      return bigIntType
    default:
      if (value instanceof Date) return dateTimeType
      return value instanceof Uint8Array ? binaryType : nullType
  }
}

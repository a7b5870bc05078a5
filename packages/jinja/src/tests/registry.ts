import { mod } from '../python/arithmetic.ts'
import { type Callable, isCallable } from '../python/call.ts'
import { equal, greaterEqual, greaterThan, lessEqual, lessThan } from '../python/compare.ts'
import { contains } from '../python/contains.ts'
import { defineFilter } from '../python/signature.ts'
import * as types from './types.ts'

const WITH_ENVIRONMENT = { pass: 'environment' } as const

const eq = defineFilter('eq(a, b, /)', equal)
const ne = defineFilter('ne(a, b, /)', (left: unknown, right: unknown) => !equal(left, right))
const gt = defineFilter('gt(a, b, /)', greaterThan)
const ge = defineFilter('ge(a, b, /)', greaterEqual)
const lt = defineFilter('lt(a, b, /)', lessThan)
const le = defineFilter('le(a, b, /)', lessEqual)

/** Jinja's tests by their names; every environment starts with a copy. */
export const TESTS: Readonly<Record<string, Callable>> = Object.freeze({
  odd: defineFilter('test_odd(value)', (value: unknown) => equal(mod(value, 2), 1)),
  even: defineFilter('test_even(value)', (value: unknown) => equal(mod(value, 2), 0)),
  divisibleby: defineFilter('test_divisibleby(value, num)', (value: unknown, number: unknown) =>
    equal(mod(value, number), 0),
  ),
  defined: defineFilter('test_defined(value)', (value: unknown) => !types.isUndefinedValue(value)),
  undefined: defineFilter('test_undefined(value)', types.isUndefinedValue),
  filter: defineFilter('test_filter(value)', types.isFilter, WITH_ENVIRONMENT),
  test: defineFilter('test_test(value)', types.isTest, WITH_ENVIRONMENT),
  none: defineFilter('test_none(value)', (value: unknown) => value === null || value === undefined),
  boolean: defineFilter('test_boolean(value)', (value: unknown) => typeof value === 'boolean'),
  false: defineFilter('test_false(value)', (value: unknown) => value === false),
  true: defineFilter('test_true(value)', (value: unknown) => value === true),
  integer: defineFilter('test_integer(value)', types.isIntegerValue),
  float: defineFilter('test_float(value)', types.isFloatValue),
  lower: defineFilter('test_lower(value)', types.isLowerText),
  upper: defineFilter('test_upper(value)', types.isUpperText),
  string: defineFilter('test_string(value)', types.isString),
  mapping: defineFilter('test_mapping(value)', types.isMapping),
  number: defineFilter('test_number(value)', types.isNumberValue),
  sequence: defineFilter('test_sequence(value)', types.isSequence),
  iterable: defineFilter('test_iterable(value)', types.isIterable),
  callable: defineFilter(
    'callable(obj, /)',
    (value: unknown) => isCallable(value) || types.isUndefinedValue(value),
  ),
  sameas: defineFilter('test_sameas(value, other)', types.isSame),
  escaped: defineFilter('test_escaped(value)', types.isEscaped),
  in: defineFilter('test_in(value, seq)', (value: unknown, container: unknown) => contains(container, value)),
  '==': eq,
  eq,
  equalto: eq,
  '!=': ne,
  ne,
  '>': gt,
  gt,
  greaterthan: gt,
  ge,
  '>=': ge,
  '<': lt,
  lt,
  lessthan: lt,
  '<=': le,
  le,
})

/** How a value of ours answers Python's questions; every method may be absent. */
export const PY_STR: unique symbol = Symbol('str')
export const PY_REPR: unique symbol = Symbol('repr')
export const PY_BOOL: unique symbol = Symbol('bool')
export const PY_EQ: unique symbol = Symbol('eq')
export const PY_HASH: unique symbol = Symbol('hash')
export const PY_LEN: unique symbol = Symbol('len')
export const PY_CONTAINS: unique symbol = Symbol('contains')
export const PY_GETITEM: unique symbol = Symbol('getitem')
export const PY_TYPE: unique symbol = Symbol('type')
/** Throws: the value takes part in no operation. */
export const PY_FAIL: unique symbol = Symbol('fail')

/** The answers a value may give to `str()`, `repr()`, `bool()`, `==`, `hash()`, `len()`, `in` and `[]`. */
export interface PythonValue {
  readonly [PY_STR]?: () => string
  readonly [PY_REPR]?: () => string
  readonly [PY_BOOL]?: () => boolean
  readonly [PY_EQ]?: (other: unknown) => boolean
  readonly [PY_HASH]?: () => unknown
  readonly [PY_LEN]?: () => number
  readonly [PY_CONTAINS]?: (item: unknown) => boolean
  /** The item, or {@link MISSING}. */
  readonly [PY_GETITEM]?: (key: unknown) => unknown
  readonly [PY_TYPE]?: string
  readonly [PY_FAIL]?: () => never
}

/** What a failed lookup gives, where `null` and `undefined` are values. */
export const MISSING: unique symbol = Symbol('missing')

/** Throws the error of an undefined operand, if one of both is. */
export function refuseUndefined(left: unknown, right?: unknown): void {
  if (typeof left === 'object' && left !== null) (left as PythonValue)[PY_FAIL]?.()
  if (typeof right === 'object' && right !== null) (right as PythonValue)[PY_FAIL]?.()
}

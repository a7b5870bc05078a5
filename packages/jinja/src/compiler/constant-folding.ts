import { add, div, floordiv, mod, mul, neg, pos, pow, sub } from '../python/arithmetic.ts'
import { equal, greaterEqual, greaterThan, lessEqual, lessThan } from '../python/compare.ts'
import { contains } from '../python/contains.ts'
import { print } from '../python/print.ts'
import { isTrue } from '../python/truth.ts'
import type { BinaryType, ComparisonOperator, Const, Expression } from '../syntax/nodes.ts'
import type { CompilerHost } from './compilation.ts'

type Constant = Const['value']

/** Stands for an expression whose value only the run can tell. */
const unknown: unique symbol = Symbol('unknown')

const binary: Readonly<Record<string, (left: unknown, right: unknown) => unknown>> = {
  Add: add,
  Sub: sub,
  Mul: mul,
  Div: div,
  FloorDiv: floordiv,
  Mod: mod,
  Pow: pow,
}

const comparisons: Readonly<Record<ComparisonOperator, (left: unknown, right: unknown) => boolean>> = {
  eq: equal,
  ne: (left, right) => !equal(left, right),
  lt: lessThan,
  lteq: lessEqual,
  gt: greaterThan,
  gteq: greaterEqual,
  in: (item, container) => contains(container, item),
  notin: (item, container) => !contains(container, item),
}

/** The spelling of the operators that a sandbox can intercept. */
export const BINARY_SPELLING: Readonly<Partial<Record<BinaryType, string>>> = {
  Add: '+',
  Sub: '-',
  Mul: '*',
  Div: '/',
  FloorDiv: '//',
  Mod: '%',
  Pow: '**',
}

/** How long a text may get by folding, so that `'a' * 1000000000` is left to the run. */
const MAX_TEXT = 1000

function foldBinary(
  host: CompilerHost,
  type: BinaryType,
  leftNode: Expression,
  rightNode: Expression,
): unknown {
  // The right side first: in a long chain the left side is the long one.
  const right = evaluate(host, rightNode)
  if (right === unknown) return unknown
  const left = evaluate(host, leftNode)
  if (left === unknown) return unknown
  if (type === 'And') return isTrue(left) ? right : left
  if (type === 'Or') return isTrue(left) ? left : right
  if (host.interceptedBinops.has(BINARY_SPELLING[type] as string)) return unknown
  if (typeof left === 'string' || typeof right === 'string') {
    if (type !== 'Add' && type !== 'Mod') return unknown
  }
  return (binary[type] as (left: unknown, right: unknown) => unknown)(left, right)
}

function evaluate(host: CompilerHost, node: Expression): unknown {
  switch (node.type) {
    case 'Const':
      return node.value
    case 'Not':
    case 'Neg':
    case 'Pos': {
      const value = evaluate(host, node.node)
      if (value === unknown) return unknown
      if (node.type === 'Not') return !isTrue(value)
      if (host.interceptedUnops.has(node.type === 'Neg' ? '-' : '+')) return unknown
      return node.type === 'Neg' ? neg(value) : pos(value)
    }
    case 'Concat': {
      const values = node.nodes.map((part) => evaluate(host, part))
      return values.includes(unknown) ? unknown : values.map(print).join('')
    }
    case 'CondExpr': {
      if (node.otherwise === null) return unknown
      const test = evaluate(host, node.test)
      if (test === unknown) return unknown
      return evaluate(host, isTrue(test) ? node.then : node.otherwise)
    }
    case 'Compare': {
      let left = evaluate(host, node.expr)
      for (const { op, expr } of node.ops) {
        if (left === unknown) return unknown
        const right = evaluate(host, expr)
        if (right === unknown) return unknown
        if (!comparisons[op](left, right)) return false
        left = right
      }
      return true
    }
    default:
      return 'left' in node ? foldBinary(host, node.type, node.left, node.right) : unknown
  }
}

/**
 * The value of an expression, if it is made of constants only.
 *
 * @returns The value in an object, or null. An expression that would fail is not constant: it fails when it runs.
 */
export function constantValue(host: CompilerHost, node: Expression): { readonly value: Constant } | null {
  if (node.type === 'Const') return { value: node.value }
  if (!host.optimized) return null
  let value: unknown
  try {
    value = evaluate(host, node)
  } catch {
    // What fails is left to the run, where its error belongs.
    return null
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return { value }
  return typeof value === 'string' && value.length <= MAX_TEXT ? { value } : null
}

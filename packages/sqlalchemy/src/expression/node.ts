import type { TypeEngine } from '../types/type-engine.ts'

/** What a column needs to know of the FROM element that it belongs to. */
export interface FromElement {
  /** Which of the FROM classes it is; the compiler dispatches on it. */
  readonly fromKind: string
  /** Name or alias, or null for a name that the compiler makes. */
  readonly name: string | null
}

/** Anything with rows that an expression can hold: SELECT, compound SELECT. */
export interface QueryElement {
  readonly statementKind: string
}

/** Window frame of an OVER clause: offsets in rows, null for unbounded. */
export type FrameBounds = readonly [start: number | null, end: number | null]

/** The syntax tree of scalar SQL: plain data, one kind each, which the compiler alone interprets. */
export type ExpressionNode =
  | { readonly kind: 'column'; from: FromElement | null; name: string }
  | { readonly kind: 'bind'; readonly value: unknown; readonly type: TypeEngine; readonly key: string | null }
  | { readonly kind: 'inlist'; readonly values: readonly unknown[]; readonly type: TypeEngine }
  | { readonly kind: 'null' }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly binds: ReadonlyMap<string, ExpressionNode> }
  | {
      readonly kind: 'binary'
      readonly op: string
      readonly left: ExpressionNode
      readonly right: ExpressionNode
      readonly escape?: string
    }
  | {
      readonly kind: 'unary'
      readonly op: string
      readonly operand: ExpressionNode
      readonly after?: boolean
    }
  | { readonly kind: 'boolean'; readonly op: 'and' | 'or'; readonly items: readonly ExpressionNode[] }
  | {
      readonly kind: 'between'
      readonly operand: ExpressionNode
      readonly low: ExpressionNode
      readonly high: ExpressionNode
      readonly negated: boolean
    }
  | {
      readonly kind: 'function'
      readonly name: string
      readonly args: readonly ExpressionNode[]
      readonly distinct?: boolean
      readonly filter?: ExpressionNode
      readonly orderBy?: readonly ExpressionNode[]
    }
  | {
      readonly kind: 'over'
      readonly element: ExpressionNode
      readonly partitionBy: readonly ExpressionNode[]
      readonly orderBy: readonly ExpressionNode[]
      readonly rows?: FrameBounds
      readonly range?: FrameBounds
    }
  | { readonly kind: 'cast'; readonly operand: ExpressionNode; readonly type: TypeEngine }
  | {
      readonly kind: 'case'
      readonly whens: readonly (readonly [ExpressionNode, ExpressionNode])[]
      readonly otherwise: ExpressionNode | null
      readonly value: ExpressionNode | null
    }
  | { readonly kind: 'label'; readonly element: ExpressionNode; readonly name: string }
  | { readonly kind: 'tuple'; readonly items: readonly ExpressionNode[] }
  | { readonly kind: 'collate'; readonly operand: ExpressionNode; readonly collation: string }
  | { readonly kind: 'extract'; readonly field: string; readonly operand: ExpressionNode }
  | {
      readonly kind: 'json'
      readonly operand: ExpressionNode
      readonly path: readonly (string | number)[]
      readonly as: 'json' | 'text' | 'integer' | 'float' | 'boolean'
    }
  | {
      readonly kind: 'match'
      readonly operand: ExpressionNode
      readonly pattern: ExpressionNode
      readonly negated: boolean
    }
  | { readonly kind: 'scalar'; readonly query: QueryElement }
  | { readonly kind: 'exists'; readonly query: QueryElement }
  | { readonly kind: 'star'; readonly from: FromElement | null }
  | { readonly kind: 'excluded'; readonly name: string }

/** The shared node of SQL NULL. */
export const nullNode: ExpressionNode = { kind: 'null' }

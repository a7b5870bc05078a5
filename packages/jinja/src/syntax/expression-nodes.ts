/** What every node has: the line in the template, from 1. */
export interface Base {
  lineno: number
}

/** Whether a name is read, assigned, or a parameter. */
export type NameContext = 'load' | 'store' | 'param'

export interface Name extends Base {
  type: 'Name'
  name: string
  ctx: NameContext
}

/** An attribute of a namespace as the target of an assignment. */
export interface NamespaceRef extends Base {
  type: 'NSRef'
  name: string
  attr: string
}

export interface Const extends Base {
  type: 'Const'
  value: string | number | boolean | null
}

export interface TemplateData extends Base {
  type: 'TemplateData'
  data: string
}

export interface TupleNode extends Base {
  type: 'Tuple'
  items: Expression[]
  ctx: NameContext
}

export interface List extends Base {
  type: 'List'
  items: Expression[]
}

export interface Dict extends Base {
  type: 'Dict'
  items: Pair[]
}

export interface Pair extends Base {
  type: 'Pair'
  key: Expression
  value: Expression
}

export interface Keyword extends Base {
  type: 'Keyword'
  key: string
  value: Expression
}

export interface Conditional extends Base {
  type: 'CondExpr'
  test: Expression
  then: Expression
  otherwise: Expression | null
}

/** The arguments of a call, filter or test. */
export interface Arguments {
  args: Expression[]
  kwargs: Keyword[]
  dynArgs: Expression | null
  dynKwargs: Expression | null
}

/** A filter; `node` is null where it applies to the content of a block. */
export interface Filter extends Base, Arguments {
  type: 'Filter'
  node: Expression | null
  name: string
}

export interface Test extends Base, Arguments {
  type: 'Test'
  node: Expression
  name: string
}

export interface Call extends Base, Arguments {
  type: 'Call'
  node: Expression
}

export interface Getitem extends Base {
  type: 'Getitem'
  node: Expression
  arg: Expression
}

export interface Getattr extends Base {
  type: 'Getattr'
  node: Expression
  attr: string
}

export interface Slice extends Base {
  type: 'Slice'
  start: Expression | null
  stop: Expression | null
  step: Expression | null
}

export interface Concat extends Base {
  type: 'Concat'
  nodes: Expression[]
}

export interface Compare extends Base {
  type: 'Compare'
  expr: Expression
  ops: Operand[]
}

export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'lteq' | 'gt' | 'gteq' | 'in' | 'notin'

export interface Operand extends Base {
  type: 'Operand'
  op: ComparisonOperator
  expr: Expression
}

export type BinaryType = 'Mul' | 'Div' | 'FloorDiv' | 'Add' | 'Sub' | 'Mod' | 'Pow' | 'And' | 'Or'

export interface Binary extends Base {
  type: BinaryType
  left: Expression
  right: Expression
}

export interface Unary extends Base {
  type: 'Not' | 'Neg' | 'Pos'
  node: Expression
}

// Expressions that only extensions make

/** A property of the environment, such as a callback that an extension left there. */
export interface EnvironmentAttribute extends Base {
  type: 'EnvironmentAttribute'
  name: string
}

/** A property of an extension of the environment. */
export interface ExtensionAttribute extends Base {
  type: 'ExtensionAttribute'
  identifier: string
  name: string
}

/** A variable that templates cannot name; the parser's `freeIdentifier` makes it. */
export interface InternalName extends Base {
  type: 'InternalName'
  name: string
}

export interface MarkSafe extends Base {
  type: 'MarkSafe'
  expr: Expression
}

export interface MarkSafeIfAutoescape extends Base {
  type: 'MarkSafeIfAutoescape'
  expr: Expression
}

/** The context of the template. */
export interface ContextReference extends Base {
  type: 'ContextReference'
}

/** The context of the template with the local variables of this place. */
export interface DerivedContextReference extends Base {
  type: 'DerivedContextReference'
}

export type Expression =
  | Name
  | NamespaceRef
  | Const
  | TemplateData
  | TupleNode
  | List
  | Dict
  | Conditional
  | Filter
  | Test
  | Call
  | Getitem
  | Getattr
  | Slice
  | Concat
  | Compare
  | Binary
  | Unary
  | EnvironmentAttribute
  | ExtensionAttribute
  | InternalName
  | MarkSafe
  | MarkSafeIfAutoescape
  | ContextReference
  | DerivedContextReference

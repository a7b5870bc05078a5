/** What every node has: the line in the template, from 1. */
interface Base {
  lineno: number
}

/** Whether a name is read, assigned, or a parameter. */
export type NameContext = 'load' | 'store' | 'param'

export interface Template extends Base {
  type: 'Template'
  body: Statement[]
}

// Statements

export interface Output extends Base {
  type: 'Output'
  nodes: Expression[]
}

export interface Extends extends Base {
  type: 'Extends'
  template: Expression
}

export interface For extends Base {
  type: 'For'
  target: Expression
  iter: Expression
  body: Statement[]
  elseBody: Statement[]
  test: Expression | null
  recursive: boolean
}

export interface If extends Base {
  type: 'If'
  test: Expression
  body: Statement[]
  elifs: If[]
  elseBody: Statement[]
}

export interface Macro extends Base {
  type: 'Macro'
  name: string
  args: Name[]
  defaults: Expression[]
  body: Statement[]
}

export interface CallBlock extends Base {
  type: 'CallBlock'
  call: Call
  args: Name[]
  defaults: Expression[]
  body: Statement[]
}

export interface FilterBlock extends Base {
  type: 'FilterBlock'
  body: Statement[]
  filter: Filter
}

export interface With extends Base {
  type: 'With'
  targets: Expression[]
  values: Expression[]
  body: Statement[]
}

export interface Block extends Base {
  type: 'Block'
  name: string
  body: Statement[]
  scoped: boolean
  required: boolean
}

export interface Include extends Base {
  type: 'Include'
  template: Expression
  withContext: boolean
  ignoreMissing: boolean
}

export interface Import extends Base {
  type: 'Import'
  template: Expression
  target: string
  withContext: boolean
}

export interface FromImport extends Base {
  type: 'FromImport'
  template: Expression
  names: { name: string; alias: string }[]
  withContext: boolean
}

export interface ExpressionStatement extends Base {
  type: 'ExprStmt'
  node: Expression
}

export interface Assign extends Base {
  type: 'Assign'
  target: Expression
  node: Expression
}

export interface AssignBlock extends Base {
  type: 'AssignBlock'
  target: Expression
  filter: Filter | null
  body: Statement[]
}

export interface Break extends Base {
  type: 'Break'
}

export interface Continue extends Base {
  type: 'Continue'
}

export interface Scope extends Base {
  type: 'Scope'
  body: Statement[]
}

/** A scope whose variables come from the mapping that `context` gives. */
export interface OverlayScope extends Base {
  type: 'OverlayScope'
  context: Expression
  body: Statement[]
}

export interface EvalContextModifier extends Base {
  type: 'EvalContextModifier'
  options: Keyword[]
}

export interface ScopedEvalContextModifier extends Base {
  type: 'ScopedEvalContextModifier'
  options: Keyword[]
  body: Statement[]
}

// Expressions

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

export type Statement =
  | Output
  | Extends
  | For
  | If
  | Macro
  | CallBlock
  | FilterBlock
  | With
  | Block
  | Include
  | Import
  | FromImport
  | ExpressionStatement
  | Assign
  | AssignBlock
  | Break
  | Continue
  | Scope
  | OverlayScope
  | EvalContextModifier
  | ScopedEvalContextModifier

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

/** Any node of a template's syntax tree, told apart by `type`. */
export type Node = Template | Statement | Expression | Pair | Keyword | Operand

import type { Base, Call, Expression, Filter, Keyword, Name, Operand, Pair } from './expression-nodes.ts'

export type {
  Arguments,
  Binary,
  BinaryType,
  Call,
  Compare,
  ComparisonOperator,
  Concat,
  Conditional,
  Const,
  ContextReference,
  DerivedContextReference,
  Dict,
  EnvironmentAttribute,
  Expression,
  ExtensionAttribute,
  Filter,
  Getattr,
  Getitem,
  InternalName,
  Keyword,
  List,
  MarkSafe,
  MarkSafeIfAutoescape,
  Name,
  NameContext,
  NamespaceRef,
  Operand,
  Pair,
  Slice,
  TemplateData,
  Test,
  TupleNode,
  Unary,
} from './expression-nodes.ts'

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

/** Any node of a template's syntax tree, told apart by `type`. */
export type Node = Template | Statement | Expression | Pair | Keyword | Operand

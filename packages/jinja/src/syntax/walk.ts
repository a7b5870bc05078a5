import type { Expression, NameContext, Node } from './nodes.ts'

const calls = ['node', 'args', 'kwargs', 'dynArgs', 'dynKwargs']
const binary = ['left', 'right']

/** The fields of each type of node that hold nodes, in the order of evaluation of Jinja's visitors. */
const childFields: Readonly<Record<Node['type'], readonly string[]>> = {
  Template: ['body'],
  Output: ['nodes'],
  Extends: ['template'],
  For: ['target', 'iter', 'body', 'elseBody', 'test'],
  If: ['test', 'body', 'elifs', 'elseBody'],
  Macro: ['args', 'defaults', 'body'],
  CallBlock: ['call', 'args', 'defaults', 'body'],
  FilterBlock: ['body', 'filter'],
  With: ['targets', 'values', 'body'],
  Block: ['body'],
  Include: ['template'],
  Import: ['template'],
  FromImport: ['template'],
  ExprStmt: ['node'],
  Assign: ['target', 'node'],
  AssignBlock: ['target', 'filter', 'body'],
  Break: [],
  Continue: [],
  Scope: ['body'],
  OverlayScope: ['context', 'body'],
  EvalContextModifier: ['options'],
  ScopedEvalContextModifier: ['options', 'body'],
  Name: [],
  NSRef: [],
  Const: [],
  TemplateData: [],
  Tuple: ['items'],
  List: ['items'],
  Dict: ['items'],
  Pair: ['key', 'value'],
  Keyword: ['value'],
  CondExpr: ['test', 'then', 'otherwise'],
  Filter: calls,
  Test: calls,
  Call: calls,
  Getitem: ['node', 'arg'],
  Getattr: ['node'],
  Slice: ['start', 'stop', 'step'],
  Concat: ['nodes'],
  Compare: ['expr', 'ops'],
  Operand: ['expr'],
  Mul: binary,
  Div: binary,
  FloorDiv: binary,
  Add: binary,
  Sub: binary,
  Mod: binary,
  Pow: binary,
  And: binary,
  Or: binary,
  Not: ['node'],
  Neg: ['node'],
  Pos: ['node'],
  EnvironmentAttribute: [],
  ExtensionAttribute: [],
  InternalName: [],
  MarkSafe: ['expr'],
  MarkSafeIfAutoescape: ['expr'],
  ContextReference: [],
  DerivedContextReference: [],
}

/** Calls `visit` with each direct child of a node, except those in the fields `except`. */
export function eachChild(node: Node, visit: (child: Node) => void, except?: string): void {
  const fields = node as unknown as Record<string, Node | readonly Node[] | null>
  for (const field of childFields[node.type]) {
    if (field === except) continue
    const value = fields[field]
    if (value === null || value === undefined) continue
    if (Array.isArray(value)) for (const child of value as readonly Node[]) visit(child)
    else visit(value as Node)
  }
}

/** All nodes of some types below a node, outer ones first. */
export function findAll<Type extends Node['type']>(
  node: Node,
  ...types: readonly Type[]
): Extract<Node, { type: Type }>[] {
  const found: Node[] = []
  const search = (child: Node): void => {
    if ((types as readonly string[]).includes(child.type)) found.push(child)
    eachChild(child, search)
  }
  eachChild(node, search)
  return found as Extract<Node, { type: Type }>[]
}

/** Gives a name, or all names of a tuple, a context; returns the node. */
export function setNameContext<N extends Expression>(node: N, context: NameContext): N {
  if (node.type === 'Name' || node.type === 'Tuple') node.ctx = context
  eachChild(node, (child) => setNameContext(child as Expression, context))
  return node
}

/** Gives all nodes below and including this one a line; returns the node. */
export function setLine<N extends Node>(node: N, lineno: number): N {
  node.lineno = lineno
  eachChild(node, (child) => setLine(child, lineno))
  return node
}

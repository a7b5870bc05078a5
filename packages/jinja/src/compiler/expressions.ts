import { DICT_METHODS } from '../python/dict-methods.ts'
import type * as nodes from '../syntax/nodes.ts'
import { call, filter, filterOrTest, loopAttribute, record } from './calls.ts'
import { type Compilation, literal } from './compilation.ts'
import { BINARY_SPELLING, constantValue } from './constant-folding.ts'
import type { Frame } from './frame.ts'

const operators: Readonly<Partial<Record<nodes.BinaryType, string>>> = {
  Add: 'add',
  Sub: 'sub',
  Mul: 'mul',
  Div: 'div',
  FloorDiv: 'floordiv',
  Mod: 'mod',
  Pow: 'pow',
}

const comparisons: Readonly<Record<nodes.ComparisonOperator, (left: string, right: string) => string>> = {
  eq: (left, right) => `equal(${left}, ${right})`,
  ne: (left, right) => `!equal(${left}, ${right})`,
  lt: (left, right) => `lessThan(${left}, ${right})`,
  lteq: (left, right) => `lessEqual(${left}, ${right})`,
  gt: (left, right) => `greaterThan(${left}, ${right})`,
  gteq: (left, right) => `greaterEqual(${left}, ${right})`,
  in: (left, right) => `isIn(${left}, ${right})`,
  notin: (left, right) => `!isIn(${left}, ${right})`,
}

/** A constant as JavaScript source. */
function constantCode(value: nodes.Const['value']): string {
  if (typeof value === 'string') return literal(value)
  if (typeof value !== 'number') return String(value)
  return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? '-0' : value})` : String(value)
}

function name(unit: Compilation, node: nodes.Name, frame: Frame): string {
  const ref = frame.symbols.ref(node.name)
  if (node.name === 'super') unit.usesSuper = true
  if (node.ctx !== 'load') return ref
  if (frame.symbols.isFromContext(ref)) unit.uses.push({ name: node.name, lineno: node.lineno })
  const unset = unit.unsetParameters.at(-1)?.has(ref) ?? false
  const known = frame.symbols.findLoad(ref)?.from === 'parameter' && !unset
  if (known && frame.symbols.loopRef() === ref) return ref
  return unit.await(
    known
      ? ref
      : `(${ref} === undefined ? ${unit.runtime('undefinedName')}(env, ${literal(node.name)}) : ${ref})`,
  )
}

function binaryOperation(unit: Compilation, node: nodes.Binary, frame: Frame): string {
  const left = unit.expression(node.left, frame)
  const right = unit.expression(node.right, frame)
  const spelling = BINARY_SPELLING[node.type] as string
  if (unit.host.interceptedBinops.has(spelling)) {
    return `env.callBinop(ctx, ${literal(spelling)}, ${left}, ${right})`
  }
  return `${unit.runtime(operators[node.type] as string)}(${left}, ${right})`
}

/** `and` and `or` give one of their operands. */
function logical(unit: Compilation, node: nodes.Binary, frame: Frame): string {
  const left = unit.expression(node.left, frame)
  const temporary = unit.temporary()
  const right = unit.expression(node.right, frame)
  const [then, otherwise] = node.type === 'And' ? [right, temporary] : [temporary, right]
  return `(${unit.runtime('isTrue')}(${temporary} = ${left}) ? ${then} : ${otherwise})`
}

function sign(unit: Compilation, node: nodes.Unary, frame: Frame): string {
  const spelling = node.type === 'Neg' ? '-' : '+'
  const value = unit.expression(node.node, frame)
  if (unit.host.interceptedUnops.has(spelling)) return `env.callUnop(ctx, ${literal(spelling)}, ${value})`
  return `${unit.runtime(node.type === 'Neg' ? 'neg' : 'pos')}(${value})`
}

function comparison(unit: Compilation, op: nodes.ComparisonOperator, left: string, right: string): string {
  const code = comparisons[op](left, right)
  unit.runtime(code.slice(code.startsWith('!') ? 1 : 0, code.indexOf('(')))
  return code
}

function compare(unit: Compilation, node: nodes.Compare, frame: Frame): string {
  let left = unit.expression(node.expr, frame)
  const parts = node.ops.map(({ op, expr }, index) => {
    const right = unit.expression(expr, frame)
    if (index === node.ops.length - 1) return comparison(unit, op, left, right)
    const temporary = unit.temporary()
    const code = comparison(unit, op, left, `${temporary} = ${right}`)
    left = temporary
    return code
  })
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' && ')})`
}

function concat(unit: Compilation, node: nodes.Concat, frame: Frame): string {
  const parts = node.nodes.map((part) => unit.expression(part, frame))
  const { autoescape, volatile } = frame.evalContext
  return `${unit.runtime(autoescape && !volatile ? 'markupJoin' : 'textJoin')}([${parts.join(', ')}])`
}

/** A property of an object literal read without a detour; null where the general way must be taken. */
function ownProperty(
  unit: Compilation,
  attr: string,
  general: string,
  except: (attr: string) => boolean,
): string | null {
  if (unit.host.sandboxed || attr in Object.prototype || except(attr)) return null
  const key = literal(attr)
  return unit.constant(
    'get',
    `(o) => { if (typeof o === "object" && o !== null && o.constructor === Object) ` +
      `{ const v = o[${key}]; if (v !== undefined) return v } return ${unit.runtime(general)}(env, o, ${key}) }`,
  )
}

function attribute(unit: Compilation, node: nodes.Getattr, frame: Frame): string {
  const ofLoop = loopAttribute(node.node, node.attr, frame)
  if (ofLoop !== null) return unit.await(ofLoop)
  const target = unit.expression(node.node, frame)
  const getter = ownProperty(unit, node.attr, 'getAttribute', (attr) => attr in DICT_METHODS)
  if (getter !== null) return unit.await(`${getter}(${target})`)
  return unit.await(
    `${unit.runtime(sandboxName(unit, 'getAttribute'))}(env, ${target}, ${literal(node.attr)})`,
  )
}

const sandboxName = (unit: Compilation, general: string): string =>
  unit.host.sandboxed ? `${general}Sandboxed` : general

function slicePart(unit: Compilation, node: nodes.Expression | null, frame: Frame): string {
  return node === null ? 'null' : unit.expression(node, frame)
}

function item(unit: Compilation, node: nodes.Getitem, frame: Frame): string {
  const target = unit.expression(node.node, frame)
  if (node.arg.type === 'Slice') {
    const { start, stop, step } = node.arg
    const parts = [start, stop, step].map((part) => slicePart(unit, part, frame))
    return `${unit.runtime('sliceValue')}(${target}, ${parts.join(', ')})`
  }
  if (node.arg.type === 'Const' && typeof node.arg.value === 'string') {
    const getter = ownProperty(unit, node.arg.value, 'getItem', () => false)
    if (getter !== null) return unit.await(`${getter}(${target})`)
  }
  const key = unit.expression(node.arg, frame)
  return unit.await(`${unit.runtime(sandboxName(unit, 'getItem'))}(env, ${target}, ${key})`)
}

function conditional(unit: Compilation, node: nodes.Conditional, frame: Frame): string {
  const soft = frame.soft()
  const then = unit.expression(node.then, soft)
  const test = unit.condition(node.test, soft)
  const otherwise = (): string => {
    if (node.otherwise !== null) return unit.expression(node.otherwise, soft)
    const hint =
      `the inline if-expression on ${unit.position(node)} evaluated to false and no else section was ` +
      'defined.'
    return `${unit.runtime('missingElse')}(${literal(hint)})`
  }
  return `(${test} ? ${then} : ${otherwise()})`
}

/** The local variables of a place as an object literal, for contexts made from it. */
export function localContext(unit: Compilation, frame: Frame): string {
  const stores = frame.symbols.dumpStores()
  if (stores.has('super')) unit.usesSuper = true
  return record(stores)
}

/** A context with the local variables of a place. */
export function derivedContext(unit: Compilation, frame: Frame): string {
  return `${unit.context}.derived(${localContext(unit, frame)})`
}

function list(unit: Compilation, items: readonly nodes.Expression[], frame: Frame): string {
  return items.map((part) => unit.expression(part, frame)).join(', ')
}

function dict(unit: Compilation, node: nodes.Dict, frame: Frame): string {
  const pairs = node.items.map(
    ({ key, value }) => `[${unit.expression(key, frame)}, ${unit.expression(value, frame)}]`,
  )
  return `${unit.runtime('dictFrom')}([${pairs.join(', ')}])`
}

/** The JavaScript of an expression. */
export function expression(unit: Compilation, node: nodes.Expression, frame: Frame): string {
  const constant = constantValue(unit.host, node)
  if (constant !== null) return constantCode(constant.value)
  switch (node.type) {
    case 'Name':
      return name(unit, node, frame)
    case 'TemplateData':
      if (frame.evalContext.volatile) {
        return `${unit.runtime('markupIf')}(ctx.evalCtx.autoescape, ${literal(node.data)})`
      }
      return frame.evalContext.autoescape
        ? `new ${unit.runtime('Markup')}(${literal(node.data)})`
        : literal(node.data)
    case 'Tuple':
      return `${unit.runtime('tuple')}(${list(unit, node.items, frame)})`
    case 'List':
      return `[${list(unit, node.items, frame)}]`
    case 'Dict':
      return dict(unit, node, frame)
    case 'And':
    case 'Or':
      return logical(unit, node, frame)
    case 'Not':
      return `!${condition(unit, node.node, frame)}`
    case 'Neg':
    case 'Pos':
      return sign(unit, node, frame)
    case 'Compare':
      return compare(unit, node, frame)
    case 'Concat':
      return concat(unit, node, frame)
    case 'CondExpr':
      return conditional(unit, node, frame)
    case 'Filter':
      return filter(unit, node, frame)
    case 'Test':
      return test(unit, node, frame)
    case 'Call':
      return call(unit, node, frame)
    case 'Getattr':
      return attribute(unit, node, frame)
    case 'Getitem':
      return item(unit, node, frame)
    default:
      return 'left' in node ? binaryOperation(unit, node, frame) : special(unit, node, frame)
  }
}

type SpecialNode = Exclude<nodes.Expression, nodes.Binary | nodes.Name | nodes.Call>

function special(unit: Compilation, node: SpecialNode, frame: Frame): string {
  switch (node.type) {
    case 'Slice': {
      const parts = [node.start, node.stop, node.step].map((part) => slicePart(unit, part, frame))
      return `new ${unit.runtime('Slice')}(${parts.join(', ')})`
    }
    case 'MarkSafe':
      return `${unit.runtime('markSafe')}(${unit.expression(node.expr, frame)})`
    case 'MarkSafeIfAutoescape':
      return `${unit.runtime('markSafeIf')}(ctx.evalCtx.autoescape, ${unit.expression(node.expr, frame)})`
    case 'EnvironmentAttribute':
      return `env[${literal(node.name)}]`
    case 'ExtensionAttribute':
      return `${unit.runtime('extensionAttribute')}(env, ${literal(node.identifier)}, ${literal(node.name)})`
    case 'InternalName':
      return `i_${node.name}`
    case 'ContextReference':
      return 'ctx'
    case 'DerivedContextReference':
      return derivedContext(unit, frame)
    default:
      return unit.fail(`an expression of type ${node.type} cannot stand here`, node.lineno)
  }
}

function test(unit: Compilation, node: nodes.Test, frame: Frame): string {
  // Tests may answer with any value; their truth is taken where it is needed.
  return filterOrTest(unit, node, frame, () => unit.expression(node.node, frame))
}

/** The JavaScript of an expression's truth, without making its value where that is not needed. */
export function condition(unit: Compilation, node: nodes.Expression, frame: Frame): string {
  const constant = constantValue(unit.host, node)
  if (constant === null) {
    if (node.type === 'Not') return `!${condition(unit, node.node, frame)}`
    if (node.type === 'Compare') return compare(unit, node, frame)
    if (node.type === 'And' || node.type === 'Or') {
      const operator = node.type === 'And' ? '&&' : '||'
      return `(${condition(unit, node.left, frame)} ${operator} ${condition(unit, node.right, frame)})`
    }
  }
  return `${unit.runtime('isTrue')}(${expression(unit, node, frame)})`
}

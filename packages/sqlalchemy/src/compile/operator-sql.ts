import { CompileError } from '../errors/base-errors.ts'
import type { ExpressionNode } from '../expression/node.ts'
import { inferType } from '../types/infer-type.ts'
import { nullType } from '../types/type-engine.ts'
import type { Compilation } from './compilation.ts'
import { quoteText } from './literal-sql.ts'

type Kind<K extends ExpressionNode['kind']> = Extract<ExpressionNode, { kind: K }>

const strength: Record<string, number> = { '*': 8, '/': 8, '%': 8, '+': 7, '-': 7, '||': 6 }
const comparison = 5
const custom = 5.5

function strengthOf(op: string): number {
  return strength[op] ?? (/^[A-Z!<>=]/.test(op) ? comparison : custom)
}

/** How tightly a node holds together; atoms hold most. */
function precedence(node: ExpressionNode): number {
  switch (node.kind) {
    case 'binary':
      return strengthOf(node.op)
    case 'between':
    case 'match':
      return comparison
    case 'boolean':
      return node.op === 'and' ? 3 : 2
    case 'unary':
      return node.op === 'NOT' ? 4 : node.after ? 1 : 9
    case 'text':
      return 0
    default:
      return 10
  }
}

/** Writes an operand, in brackets when it holds less tightly than what is around it. */
export function operand(
  compilation: Compilation,
  node: ExpressionNode,
  around: number,
  tight = false,
): string {
  const text = compilation.node(node.kind === 'label' ? node.element : node)
  const own = precedence(node.kind === 'label' ? node.element : node)
  return own < around || (tight && own === around) ? `(${text})` : text
}

/**
 * Writes an operand whose type nothing around it tells: PostgreSQL would take a bare parameter for text.
 */
export function typedOperand(compilation: Compilation, node: ExpressionNode): string {
  const bare = node.kind === 'label' ? node.element : node
  if (bare.kind !== 'bind' || compilation.traits.name !== 'postgresql' || compilation.literalBinds) {
    return operand(compilation, node, 1)
  }
  const type = bare.type === nullType ? inferType(bare.value) : bare.type
  const sql = compilation.node(bare)
  return type === nullType ? sql : `CAST(${sql} AS ${type.castName('postgresql')})`
}

function membership(compilation: Compilation, node: Kind<'binary'>): string {
  const left = operand(compilation, node.left, comparison, true)
  const { right } = node
  if (right.kind !== 'inlist') return `${left} ${node.op} ${compilation.node(right)}`
  if (right.values.length === 0) return node.op === 'IN' ? '1 != 1' : '1 = 1'
  const items = right.values.map((value) => {
    if (!Array.isArray(value)) return value === null ? 'NULL' : compilation.bind(value, right.type, null)
    return `(${value.map((part) => compilation.bind(part, right.type, null)).join(', ')})`
  })
  const sqliteRows = compilation.traits.name === 'sqlite' && Array.isArray(right.values[0])
  return `${left} ${node.op} (${sqliteRows ? 'VALUES ' : ''}${items.join(', ')})`
}

function likeEscape(compilation: Compilation, mark: string | undefined): string {
  return mark === undefined ? '' : ` ESCAPE ${quoteText(mark, compilation.traits)}`
}

function distinctness(compilation: Compilation, node: Kind<'binary'>): string {
  const left = operand(compilation, node.left, comparison, true)
  const right = operand(compilation, node.right, comparison, true)
  const different = node.op === 'IS DISTINCT FROM'
  switch (compilation.traits.name) {
    case 'sqlite':
      return `${left} ${different ? 'IS NOT' : 'IS'} ${right}`
    case 'mysql':
      return different ? `NOT (${left} <=> ${right})` : `${left} <=> ${right}`
    default:
      return `${left} ${node.op} ${right}`
  }
}

/** Writes an expression of two operands. */
export function binarySql(compilation: Compilation, node: Kind<'binary'>): string {
  const { op } = node
  if (op === 'IN' || op === 'NOT IN') return membership(compilation, node)
  if (op === 'IS DISTINCT FROM' || op === 'IS NOT DISTINCT FROM') return distinctness(compilation, node)
  const around = strengthOf(op)
  const plain = node.left.kind === 'bind' ? typedOperand(compilation, node.left) : null
  const left = plain ?? operand(compilation, node.left, around, around === comparison)
  if ((op === 'ILIKE' || op === 'NOT ILIKE') && compilation.traits.name !== 'postgresql') {
    const right = compilation.node(node.right)
    return `lower(${left}) ${op.replace('ILIKE', 'LIKE')} lower(${right})${likeEscape(compilation, node.escape)}`
  }
  const right = operand(compilation, node.right, around, true)
  if (op === '||' && compilation.traits.name === 'mysql') return `concat(${left}, ${right})`
  return `${left} ${op} ${right}${likeEscape(compilation, node.escape)}`
}

/** Writes a match with a regular expression. */
export function matchSql(compilation: Compilation, node: Kind<'match'>): string {
  const value = operand(compilation, node.operand, comparison, true)
  const pattern = compilation.node(node.pattern)
  if (compilation.traits.name === 'postgresql') return `${value} ${node.negated ? '!~' : '~'} ${pattern}`
  return `${value} ${node.negated ? 'NOT REGEXP' : 'REGEXP'} ${pattern}`
}

function nullsOrder(compilation: Compilation, node: Kind<'unary'>): string {
  const { operand: inner } = node
  const bare = inner.kind === 'unary' && inner.after ? inner.operand : inner
  const test = node.op === 'NULLS FIRST' ? 'IS NOT NULL' : 'IS NULL'
  return `${compilation.node(bare)} ${test}, ${orderSql(compilation, inner)}`
}

/** Writes an item of ORDER BY: a label that is selected goes by its name. */
export function orderSql(compilation: Compilation, node: ExpressionNode): string {
  if (node.kind === 'label') {
    return compilation.labels.has(node.name) ? compilation.quote(node.name) : compilation.node(node.element)
  }
  if (node.kind !== 'unary' || !node.after) return compilation.node(node)
  const nulls = node.op.startsWith('NULLS')
  if (nulls && compilation.traits.name === 'mysql') return nullsOrder(compilation, node)
  return `${orderSql(compilation, node.operand)} ${node.op}`
}

/** Writes an operator before or after its operand. */
export function unarySql(compilation: Compilation, node: Kind<'unary'>): string {
  if (node.after) return orderSql(compilation, node)
  const text = operand(compilation, node.operand, node.op === 'NOT' ? 4 : 9)
  return /^[a-z]/i.test(node.op) ? `${node.op} ${text}` : `${node.op}${text}`
}

/** Writes conditions joined by AND or OR. */
export function booleanSql(compilation: Compilation, node: Kind<'boolean'>): string {
  const around = node.op === 'and' ? 3 : 2
  return node.items
    .map((item) => operand(compilation, item, around))
    .join(node.op === 'and' ? ' AND ' : ' OR ')
}

/** Writes a JSON member by its path. */
export function jsonSql(compilation: Compilation, node: Kind<'json'>): string {
  const { traits } = compilation
  if (traits.name === 'postgresql') return postgresJson(compilation, node)
  const path = node.path.map((part) =>
    typeof part === 'number' ? `[${part}]` : `."${part.replaceAll('"', '\\"')}"`,
  )
  const member = `JSON_EXTRACT(${compilation.node(node.operand)}, ${quoteText(`$${path.join('')}`, traits)})`
  if (traits.name === 'sqlite') return node.as === 'json' ? `JSON_QUOTE(${member})` : member
  switch (node.as) {
    case 'json':
      return member
    case 'integer':
      return `CAST(${member} AS SIGNED INTEGER)`
    case 'float':
      return `CAST(${member} AS DOUBLE)`
    case 'boolean':
      return `${member} = true`
    default:
      return `JSON_UNQUOTE(${member})`
  }
}

function postgresJson(compilation: Compilation, node: Kind<'json'>): string {
  if (node.path.length === 0)
    throw new CompileError('A JSON member needs at least one key: column.get("key")')
  const parts = node.path.map((part) =>
    typeof part === 'number' ? String(part) : quoteText(part, compilation.traits),
  )
  const last = parts.pop() as string
  const inner = [operand(compilation, node.operand, 9), ...parts].join(' -> ')
  if (node.as === 'json') return `(${inner} -> ${last})`
  const text = `(${inner} ->> ${last})`
  if (node.as === 'text') return text
  return `CAST(${text} AS ${{ integer: 'INTEGER', float: 'DOUBLE PRECISION', boolean: 'BOOLEAN' }[node.as]})`
}

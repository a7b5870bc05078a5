import { ArgumentError, CompileError } from '../errors/base-errors.ts'
import type { ExpressionNode, FrameBounds } from '../expression/node.ts'
import { splitText } from '../expression/text-clause.ts'
import type { Compilation } from './compilation.ts'
import {
  binarySql,
  booleanSql,
  jsonSql,
  matchSql,
  operand,
  orderSql,
  typedOperand,
  unarySql,
} from './operator-sql.ts'

type Kind<K extends ExpressionNode['kind']> = Extract<ExpressionNode, { kind: K }>

const strftime: Record<string, string> = {
  month: '%m',
  day: '%d',
  year: '%Y',
  second: '%S',
  hour: '%H',
  doy: '%j',
  minute: '%M',
  epoch: '%s',
  dow: '%w',
  week: '%W',
}

const bareFunctions = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'current_user',
  'localtime',
  'localtimestamp',
  'session_user',
])

/** Functions that read nothing but their arguments. */
const harmless = new Set(
  `abs avg ceil ceiling char_length coalesce concat count dense_rank first_value floor greatest group_concat ifnull lag
last_value lead least length lower ltrim max min mod now ntile nullif rank replace round row_number rtrim string_agg
strftime substr substring sum total trim upper`.split(/\s+/),
)

function columnSql(compilation: Compilation, node: Kind<'column'>): string {
  const name = compilation.quote(node.name)
  return compilation.qualify && node.from ? `${compilation.nameOf(node.from)}.${name}` : name
}

function functionName(compilation: Compilation, name: string): string {
  if (compilation.traits.name === 'sqlite') {
    if (name === 'char_length') return 'length'
    if (name === 'greatest') return 'max'
    if (name === 'least') return 'min'
  }
  if (compilation.traits.name === 'mysql' && name === 'random') return 'rand'
  return name
}

function functionSql(compilation: Compilation, node: Kind<'function'>): string {
  const { name } = node
  if (bareFunctions.has(name) && node.args.length === 0) return name.toUpperCase()
  if (name === 'now' && compilation.traits.name === 'sqlite') return 'CURRENT_TIMESTAMP'
  if (!harmless.has(name)) compilation.pure = false
  const args = node.args.map((arg) => typedOperand(compilation, arg)).join(', ')
  const order = node.orderBy?.length ? ` ORDER BY ${list(compilation, node.orderBy)}` : ''
  let sql = `${functionName(compilation, name)}(${node.distinct ? 'DISTINCT ' : ''}${args}${order})`
  if (node.filter) sql += ` FILTER (WHERE ${compilation.node(node.filter)})`
  return sql
}

function list(compilation: Compilation, nodes: readonly ExpressionNode[]): string {
  return nodes.map((node) => orderSql(compilation, node)).join(', ')
}

function bound(offset: number | null, start: boolean): string {
  if (offset === null) return start ? 'UNBOUNDED PRECEDING' : 'UNBOUNDED FOLLOWING'
  if (!Number.isSafeInteger(offset))
    throw new ArgumentError(`A window frame takes whole numbers, not ${offset}`)
  if (offset === 0) return 'CURRENT ROW'
  return offset < 0 ? `${-offset} PRECEDING` : `${offset} FOLLOWING`
}

function frame(word: string, bounds: FrameBounds): string {
  return `${word} BETWEEN ${bound(bounds[0], true)} AND ${bound(bounds[1], false)}`
}

function overSql(compilation: Compilation, node: Kind<'over'>): string {
  const parts: string[] = []
  const element = compilation.node(node.element)
  if (node.partitionBy.length) {
    parts.push(`PARTITION BY ${node.partitionBy.map((item) => compilation.node(item)).join(', ')}`)
  }
  if (node.orderBy.length) parts.push(`ORDER BY ${list(compilation, node.orderBy)}`)
  if (node.rows) parts.push(frame('ROWS', node.rows))
  if (node.range) parts.push(frame('RANGE', node.range))
  return `${element} OVER (${parts.join(' ')})`
}

function caseSql(compilation: Compilation, node: Kind<'case'>): string {
  const value = node.value ? ` ${compilation.node(node.value)}` : ''
  const whens = node.whens.map(
    ([when, result]) => ` WHEN ${operand(compilation, when, 1)} THEN ${typedOperand(compilation, result)}`,
  )
  const otherwise = node.otherwise ? ` ELSE ${typedOperand(compilation, node.otherwise)}` : ''
  return `CASE${value}${whens.join('')}${otherwise} END`
}

function extractSql(compilation: Compilation, node: Kind<'extract'>): string {
  const value = typedOperand(compilation, node.operand)
  if (compilation.traits.name !== 'sqlite') return `EXTRACT(${node.field} FROM ${value})`
  const format = strftime[node.field]
  if (!format) throw new CompileError(`${node.field} is not a valid extract argument on SQLite.`)
  return `CAST(STRFTIME('${format}', ${value}) AS INTEGER)`
}

function textSql(compilation: Compilation, node: Kind<'text'>): string {
  compilation.pure = false
  const parts = splitText(node.text).map((part) => {
    if (typeof part === 'string') return part
    const bind = node.binds.get(part.name)
    return compilation.node(bind as ExpressionNode)
  })
  return parts.join('')
}

function betweenSql(compilation: Compilation, node: Kind<'between'>): string {
  const value = operand(compilation, node.operand, 5, true)
  const low = operand(compilation, node.low, 5, true)
  const high = operand(compilation, node.high, 5, true)
  return `${value} ${node.negated ? 'NOT ' : ''}BETWEEN ${low} AND ${high}`
}

function constantSql(compilation: Compilation, value: boolean): string {
  if (compilation.traits.name === 'sqlite') return value ? '1' : '0'
  return value ? 'true' : 'false'
}

function excludedSql(compilation: Compilation, name: string): string {
  const quoted = compilation.quote(name)
  return compilation.traits.name === 'mysql' ? `VALUES(${quoted})` : `excluded.${quoted}`
}

/** Writes an expression. */
export function expressionSql(compilation: Compilation, node: ExpressionNode): string {
  switch (node.kind) {
    case 'column':
      return columnSql(compilation, node)
    case 'bind':
      return compilation.bind(node.value, node.type, node.key)
    case 'binary':
      return binarySql(compilation, node)
    case 'boolean':
      return booleanSql(compilation, node)
    case 'function':
      return functionSql(compilation, node)
    case 'label':
      return compilation.node(node.element)
    case 'unary':
      return unarySql(compilation, node)
    case 'null':
      return 'NULL'
    case 'constant':
      return constantSql(compilation, node.value)
    case 'literal':
      compilation.pure = false
      return node.text
    case 'text':
      return textSql(compilation, node)
    default:
      return rareSql(compilation, node)
  }
}

function rareSql(compilation: Compilation, node: ExpressionNode): string {
  switch (node.kind) {
    case 'between':
      return betweenSql(compilation, node)
    case 'over':
      return overSql(compilation, node)
    case 'cast':
      return `CAST(${compilation.node(node.operand)} AS ${node.type.castName(compilation.traits.name)})`
    case 'case':
      return caseSql(compilation, node)
    case 'tuple':
      return `(${node.items.map((item) => compilation.node(item)).join(', ')})`
    case 'collate':
      return `${operand(compilation, node.operand, 9)} COLLATE ${compilation.quote(node.collation)}`
    case 'extract':
      return extractSql(compilation, node)
    case 'json':
      return jsonSql(compilation, node)
    case 'match':
      return matchSql(compilation, node)
    case 'scalar':
      return compilation.nested(node.query)
    case 'exists':
      return `EXISTS ${compilation.nested(node.query)}`
    case 'star':
      return node.from ? `${compilation.nameOf(node.from)}.*` : '*'
    case 'excluded':
      return excludedSql(compilation, node.name)
    default:
      throw new CompileError(`A list of values belongs on the right of in() and notIn()`)
  }
}

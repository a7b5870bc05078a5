import { ColumnElement } from '../expression/column-element.ts'
import { ENTITY, isEntity } from '../expression/entity.ts'
import type { ExpressionNode } from '../expression/node.ts'
import { MappedEntity } from '../orm/entity-ref.ts'
import { TableSchema } from '../schema/table.ts'
import type { Select } from '../statement/select.ts'

/** The shape of a statement, and the values that statements of the same shape differ in. */
export interface PlanKey {
  readonly shape: string
  readonly values: readonly unknown[]
}

const ids = new WeakMap<object, number>()
let lastId = 0

/** A number that stands for an object within a key. */
export function idOf(object: object): number {
  let id = ids.get(object)
  if (id === undefined) {
    id = ++lastId
    ids.set(object, id)
  }
  return id
}

/** Writes the shape of expressions; what it does not know makes the statement one of its own. */
class ShapeWriter {
  readonly values: unknown[] = []
  shape = ''

  /** False when the node has no simple shape. */
  add(node: ExpressionNode): boolean {
    switch (node.kind) {
      case 'column':
        if (!(node.from instanceof TableSchema)) return false
        this.shape += `c${idOf(node.from)}.${node.name};`
        return true
      case 'bind':
        if (node.key !== null) return false
        this.shape += `b${idOf(node.type)};`
        return this.#value(node.value)
      case 'inlist':
        this.shape += `i${node.values.length}.${idOf(node.type)};`
        return node.values.every((value) => this.#value(value))
      case 'null':
        this.shape += 'n;'
        return true
      case 'binary':
        this.shape += `(${node.op}${node.escape === undefined ? '' : JSON.stringify(node.escape)};`
        return this.add(node.left) && this.add(node.right)
      case 'unary':
        this.shape += `(${node.op}${node.after ? '!' : ''};`
        return this.add(node.operand)
      case 'boolean':
        this.shape += `(${node.op}${node.items.length};`
        return node.items.every((item) => this.add(item))
      default:
        return false
    }
  }

  /** NULL is written in another way than a value. */
  #value(value: unknown): boolean {
    if (value === null || value === undefined) return false
    this.values.push(value)
    return true
  }

  /** A LIMIT or OFFSET. */
  count(letter: string, value: unknown): boolean {
    if (value === null) return true
    if (typeof value !== 'number') return false
    this.shape += letter
    this.values.push(value)
    return true
  }
}

function isPlain({ parts }: Select<readonly unknown[]>): boolean {
  return (
    parts.items.length === 1 &&
    parts.froms.length === 0 &&
    parts.joins.length === 0 &&
    parts.groupBy.length === 0 &&
    parts.having.length === 0 &&
    parts.distinct === false &&
    parts.forUpdate === null &&
    parts.correlate === null &&
    parts.ctes.length === 0 &&
    parts.options.length === 0
  )
}

/** The key of a SELECT of one class with simple conditions; null for all others. */
export function planKey(select: Select<readonly unknown[]>): PlanKey | null {
  if (!isPlain(select)) return null
  const { items, where, orderBy, limit, offset } = select.parts
  const [item] = items
  if (!isEntity(item)) return null
  const entity = item[ENTITY]
  if (!(entity instanceof MappedEntity) || entity.alias) return null
  const writer = new ShapeWriter()
  writer.shape = `e${idOf(entity.mapper)};w${where.length};`
  for (const condition of where) if (!writer.add(condition.node)) return null
  writer.shape += 'o;'
  for (const order of orderBy) {
    if (!(order instanceof ColumnElement) || !writer.add(order.node)) return null
  }
  if (!writer.count('l', limit) || !writer.count('f', offset)) return null
  return { shape: writer.shape, values: writer.values }
}

import { createHash } from 'node:crypto'
import { InvalidRequestError } from '../errors/base-errors.ts'
import type { ColumnSchema } from './column.ts'
import type { TableItem } from './constraint.ts'

/** Templates of names for constraints that have none, with SQLAlchemy's `%(...)s` tokens. */
export interface NamingConvention {
  ix?: string
  uq?: string
  ck?: string
  fk?: string
  pk?: string
}

const tokenOfKind = { index: 'ix', unique: 'uq', check: 'ck', foreign: 'fk', primary: 'pk' } as const
const longestName = 63

/** The convention that SQLAlchemy has when none is set: indexes get names, constraints do not. */
export const defaultNaming: NamingConvention = { ix: 'ix_%(column_0_label)s' }

function columnsOf(item: TableItem): readonly ColumnSchema[] {
  if (item.kind === 'index') return item.expressions as readonly ColumnSchema[]
  return item.kind === 'check' ? [] : item.columns
}

function tokenValue(token: string, item: TableItem, tableName: string): string {
  if (token === 'table_name') return tableName
  if (token === 'constraint_name') {
    if (item.name) return item.name
    throw new InvalidRequestError(
      `Naming convention including %(constraint_name)s token requires that constraint is explicitly named. (table '${tableName}')`,
    )
  }
  if (token === 'referred_table_name' && item.kind === 'foreign')
    return item.tableKey.split('.').at(-1) as string
  if (token === 'referred_column_0_name' && item.kind === 'foreign') return item.targetColumns[0] as string
  const found =
    /^column_(\d+)(_?N)?_(name|label|key)$/.exec(token) ?? /^column_(0_?N)()_(name|label|key)$/.exec(token)
  if (!found) throw new InvalidRequestError(`Naming convention has an unknown token '%(${token})s'`)
  const columns = columnsOf(item)
  const names = columns.map((column) => {
    const name = (found[3] === 'key' ? column.key : column.name) ?? ''
    return found[3] === 'label' ? `${tableName}_${name}` : name
  })
  if (token.includes('N_')) return names.join(token.includes('_N_') ? '_' : '')
  return names[Number(found[1])] ?? ''
}

/** Cuts a name to what every database takes, with a hash so that it stays unique. */
export function truncateName(name: string, longest: number = longestName): string {
  if (name.length <= longest) return name
  return `${name.slice(0, longest - 5)}_${createHash('md5').update(name).digest('hex').slice(-4)}`
}

/**
 * The name of a constraint or index: its own, or the convention's, or null for a name by the database.
 * @param item the constraint, attached to its table
 */
export function conventionName(
  item: TableItem,
  tableName: string,
  convention: NamingConvention,
): string | null {
  const template = convention[tokenOfKind[item.kind]]
  const usesOwnName = template?.includes('%(constraint_name)s')
  if (item.name !== null && !usesOwnName) return item.name
  if (item.name === null && usesOwnName && item.kind === 'check') return null
  if (!template) return item.name
  const name = template.replace(/%\((\w+)\)s/g, (_, token: string) => tokenValue(token, item, tableName))
  return truncateName(name)
}

import type { Directive, TableChange } from '../compare/directive.ts'
import type { ForeignKeyFacts, IndexFacts, TableFacts } from '../facts/table-facts.ts'
import { renderColumn, renderDefault, renderType } from './render-column.ts'
import { call, indented, objectOf, propertyKey, quoted, quotedList, quotedOrNull } from './text.ts'

function nameOption(name: string | null): string {
  return name === null ? '' : `, { name: ${quoted(name)} }`
}

function foreignKeyOptions(key: ForeignKeyFacts, withName: boolean): string {
  return objectOf([
    ['name', withName && key.name !== null ? quoted(key.name) : undefined],
    ['ondelete', key.ondelete === null ? undefined : quoted(key.ondelete)],
    ['onupdate', key.onupdate === null ? undefined : quoted(key.onupdate)],
    ['deferrable', key.deferrable === undefined ? undefined : String(key.deferrable)],
    ['initially', key.initially === undefined ? undefined : quoted(key.initially)],
    ['referentSchema', withName || key.referredSchema === null ? undefined : quoted(key.referredSchema)],
  ])
}

function renderItems(table: TableFacts): string[] {
  const lines: string[] = []
  for (const key of table.foreignKeys) {
    const prefix = key.referredSchema ? `${key.referredSchema}.` : ''
    const targets = key.referredColumns.map((column) => `${prefix}${key.referredTable}.${column}`)
    lines.push(
      call(
        'sa.ForeignKeyConstraint',
        quotedList(key.columns),
        quotedList(targets),
        foreignKeyOptions(key, true),
      ),
    )
  }
  if (table.primaryKey.name !== null)
    lines.push(
      `sa.PrimaryKeyConstraint(${quotedList(table.primaryKey.columns)}${nameOption(table.primaryKey.name)})`,
    )
  for (const key of table.uniques)
    lines.push(`sa.UniqueConstraint(${quotedList(key.columns)}${nameOption(key.name)})`)
  for (const check of table.checks)
    lines.push(`sa.CheckConstraint(${quoted(check.sqltext)}${nameOption(check.name)})`)
  return lines.map((line) => `${line},`)
}

function indexArguments(index: IndexFacts): { columns: string; options: string } {
  const columns = index.columns.map((name, place) =>
    name === '' ? expressionOf(index.expressions?.[place] ?? '') : quoted(name),
  )
  const { using } = index.schema?.options ?? {}
  return {
    columns: `[${columns.join(', ')}]`,
    options: objectOf([
      ['unique', index.unique ? 'true' : undefined],
      ['where', index.where === undefined ? undefined : expressionOf(index.where)],
      ['using', using && quoted(using)],
    ]),
  }
}

function expressionOf(sql: string): string {
  return `sa.text(${quoted(sql.replaceAll(':', '\\:'))})`
}

function renderCreateTable(table: TableFacts): string[] {
  const columns = table.columns.map(
    (column) =>
      `${propertyKey(column.name)}: ${renderColumn(column, table.primaryKey.columns.includes(column.name))},`,
  )
  const items = renderItems(table)
  const options = objectOf([
    ['schema', table.schema === null ? undefined : quoted(table.schema)],
    ['comment', table.comment === null ? undefined : quoted(table.comment)],
  ])
  const lines = [`await op.createTable(${quoted(table.name)}, {`, ...indented(columns)]
  if (items.length) lines.push('}, [', ...indented(items), options ? `], ${options})` : '])')
  else lines.push(options ? `}, [], ${options})` : '})')
  const schema = table.schema === null ? '' : `, { schema: ${quoted(table.schema)} }`
  for (const index of table.indexes) {
    const { columns: over, options: choices } = indexArguments(index)
    const all = [choices.slice(2, -2), schema.slice(4, -2)].filter(Boolean).join(', ')
    const args = [quoted(index.name), quoted(table.name), over, all ? `{ ${all} }` : '']
    lines.push(`await ${call('op.createIndex', ...args)}`)
  }
  return lines
}

function renderAlteration(change: Extract<TableChange, { kind: 'alterColumn' }>): string {
  const { to, from } = change
  const defaultOf = (value: unknown) => (value === null ? 'null' : renderDefault({ serverDefault: value }))
  const state = (prefix: string, which: typeof to, wanted: boolean): [string, string | undefined][] => {
    const key = (name: string) => (prefix ? `existing${name[0]?.toUpperCase()}${name.slice(1)}` : name)
    const { type, nullable, serverDefault, comment, autoincrement } = which
    return [
      [key('type'), type ? renderType(type) : undefined],
      [key('nullable'), nullable === undefined ? undefined : String(nullable)],
      [
        key('serverDefault'),
        serverDefault === undefined || (!wanted && serverDefault === null)
          ? undefined
          : defaultOf(serverDefault),
      ],
      [
        key('comment'),
        comment === undefined || (!wanted && comment === null) ? undefined : quotedOrNull(comment),
      ],
      [key('autoincrement'), autoincrement === true ? 'true' : undefined],
    ]
  }
  return call(
    'batch.alterColumn',
    quoted(change.name),
    objectOf([...state('', to, true), ...state('existing', from, false)]),
  )
}

function renderDropConstraint(name: string | null, type: string, columns: readonly string[]): string {
  const options = `{ type: ${quoted(type)}, columns: ${quotedList(columns)} }`
  return call('batch.dropConstraint', quotedOrNull(name), options)
}

function renderChange(change: TableChange): string {
  switch (change.kind) {
    case 'addColumn':
      return call('batch.addColumn', quoted(change.column.name), renderColumn(change.column))
    case 'dropColumn':
      return call('batch.dropColumn', quoted(change.column.name))
    case 'alterColumn':
      return renderAlteration(change)
    case 'createIndex': {
      const { columns, options } = indexArguments(change.index)
      return call('batch.createIndex', quoted(change.index.name), columns, options)
    }
    case 'dropIndex':
      return call('batch.dropIndex', quoted(change.index.name))
    case 'createUnique':
      return call(
        'batch.createUniqueConstraint',
        quotedOrNull(change.key.name),
        quotedList(change.key.columns),
      )
    case 'createPrimaryKey':
      return call('batch.createPrimaryKey', quotedOrNull(change.key.name), quotedList(change.key.columns))
    case 'createForeignKey': {
      const { name, columns, referredTable, referredColumns } = change.key
      const lists = [quotedList(columns), quotedList(referredColumns)]
      const options = foreignKeyOptions(change.key, false)
      return call('batch.createForeignKey', quotedOrNull(name), quoted(referredTable), ...lists, options)
    }
    case 'createCheck':
      return call(
        'batch.createCheckConstraint',
        quotedOrNull(change.check.name),
        quoted(change.check.sqltext),
      )
    case 'dropUnique':
      return renderDropConstraint(change.key.name, 'unique', change.key.columns)
    case 'dropPrimaryKey':
      return renderDropConstraint(change.key.name, 'primary', change.key.columns)
    case 'dropForeignKey':
      return renderDropConstraint(change.key.name, 'foreignkey', change.key.columns)
    case 'dropCheck':
      return renderDropConstraint(change.check.name, 'check', [])
    default:
      return change.to === null
        ? 'batch.dropTableComment()'
        : call('batch.createTableComment', quoted(change.to))
  }
}

/** The lines of a migration that take a step. */
export function renderDirective(directive: Directive): string[] {
  if (directive.kind === 'createTable') return renderCreateTable(directive.table)
  if (directive.kind === 'dropTable') {
    const { name, schema } = directive.table
    return [
      `await ${call('op.dropTable', quoted(name), schema === null ? '' : `{ schema: ${quoted(schema)} }`)}`,
    ]
  }
  const { name, schema, changes } = directive
  return [
    `await op.batchAlterTable(${quoted(name)}, (batch) => {`,
    ...indented(changes.map(renderChange)),
    schema === null ? '})' : `}, { schema: ${quoted(schema)} })`,
  ]
}

import { type DialectTraits, quoteName, quoteQualified } from '../compile/traits.ts'
import type { Connection } from '../engine/connection.ts'
import { StaleDataError } from '../errors/base-errors.ts'
import { ColumnElement } from '../expression/column-element.ts'
import type { ColumnProperty } from '../orm/column-property.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { ColumnSchema } from '../schema/column.ts'
import { applyDefault } from '../schema/column-default.ts'
import type { TableSchema } from '../schema/table.ts'
import { update } from '../statement/dml.ts'
import { select } from '../statement/select.ts'
import type { State } from './flush-host.ts'

interface Target {
  readonly property: ColumnProperty
  readonly column: ColumnSchema
}

/** Objects of which the same columns of a table changed. */
interface Change {
  readonly columns: readonly Target[]
  readonly keys: readonly Target[]
  readonly states: State[]
}

function columnsOf(mapper: Mapper, table: TableSchema): readonly Target[] {
  return mapper.remember(`update:${table.fullName}`, () =>
    mapper.columns.flatMap((property) => {
      const column = property.columns.find((own) => own.table === table)
      return column ? [{ property, column }] : []
    }),
  )
}

function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true
  return left instanceof Date && right instanceof Date && left.getTime() === right.getTime()
}

/** Columns whose value differs from the database's. */
function changedColumns(state: State, targets: readonly Target[]): Target[] {
  const { committed } = state
  if (!committed) return []
  return targets.filter(
    ({ property: { slot } }) => committed.has(slot) && !equal(committed.get(slot), state.values[slot]),
  )
}

/** Adds what changes with every UPDATE: version counters and `onupdate`. */
function withOnUpdate(state: State, targets: readonly Target[], changed: readonly Target[]): Target[] {
  const result = [...changed]
  const version = state.mapper.versionProperty
  for (const target of targets) {
    if (result.includes(target)) continue
    const { slot } = target.property
    if (target.property.slot === version?.slot) {
      state.touch(slot, state.values[slot])
      state.values[slot] = Number(state.values[slot] ?? 0) + 1
      result.push(target)
      continue
    }
    const filled = applyDefault(target.column.options.onupdate, { currentParameters: {} })
    if (!filled || 'sequence' in filled) continue
    state.touch(slot, state.values[slot])
    state.values[slot] = 'sql' in filled ? filled.sql : filled.value
    result.push(target)
  }
  return result
}

function storedValue(state: State, target: Target): unknown {
  const { slot } = target.property
  return state.committed?.has(slot) ? state.committed.get(slot) : state.values[slot]
}

function bindAll(
  state: State,
  targets: readonly Target[],
  traits: DialectTraits,
  stored: boolean,
): unknown[] {
  return targets.map((target) => {
    const value = stored ? storedValue(state, target) : state.values[target.property.slot]
    return target.column.type.bind(value, traits.name)
  })
}

function checkCount(found: number, change: Change, table: TableSchema): void {
  if (found === change.states.length) return
  throw new StaleDataError(
    `UPDATE statement on table '${table.name}' expected to update ${change.states.length} row(s); ${found} were matched.`,
  )
}

function mark(index: number, traits: DialectTraits): string {
  return traits.paramstyle === 'question' ? '?' : `$${index}`
}

async function updateSingly(connection: Connection, table: TableSchema, change: Change): Promise<void> {
  const { traits } = connection
  let index = 0
  const assign = (target: Target) => `${quoteName(target.column.name, traits)}=${mark(++index, traits)}`
  const set = change.columns.map(assign).join(', ')
  const where = change.keys.map((target) => assign(target).replace('=', ' = ')).join(' AND ')
  const sql = `UPDATE ${quoteQualified(table.schema, table.name, traits)} SET ${set} WHERE ${where}`
  const sets = change.states.map((state) => [
    ...bindAll(state, change.columns, traits, false),
    ...bindAll(state, change.keys, traits, true),
  ])
  const results = await connection.executeManyDriver(sql, sets)
  checkCount(
    results.reduce((sum, result) => sum + result.rowCount, 0),
    change,
    table,
  )
}

const rowsOfBatch = 400

/** PostgreSQL takes many rows at once, joined from a list of values. */
async function updateTogether(connection: Connection, table: TableSchema, change: Change): Promise<void> {
  const { traits } = connection
  const all = [...change.columns, ...change.keys]
  let found = 0
  for (let start = 0; start < change.states.length; start += rowsOfBatch) {
    const states = change.states.slice(start, start + rowsOfBatch)
    let index = 0
    const tuples = states.map(
      () => `(${all.map((target) => `$${++index}::${target.column.type.castName(traits.name)}`).join(', ')})`,
    )
    const name = quoteQualified(table.schema, table.name, traits)
    const set = change.columns.map((target, place) => `${quoteName(target.column.name, traits)}=v.c${place}`)
    const where = change.keys.map(
      (target, place) =>
        `${name}.${quoteName(target.column.name, traits)} = v.c${place + change.columns.length}`,
    )
    const names = all.map((_, place) => `c${place}`).join(', ')
    const sql = `UPDATE ${name} SET ${set.join(', ')} FROM (VALUES ${tuples.join(', ')}) AS v(${names}) WHERE ${where.join(' AND ')}`
    const params = states.flatMap((state) => [
      ...bindAll(state, change.columns, traits, false),
      ...bindAll(state, change.keys, traits, true),
    ])
    found += (await connection.executeDriver(sql, params)).rowCount
  }
  checkCount(found, change, table)
}

/** An object with SQL expressions among its new values. */
async function updateExpression(connection: Connection, table: TableSchema, change: Change): Promise<void> {
  const state = change.states[0] as State
  const row: Record<string, unknown> = {}
  for (const { property, column } of change.columns) row[column.name] = state.values[property.slot]
  const where = change.keys.map((target) => target.column.eq(storedValue(state, target) as never))
  const result = await connection.execute(
    update(table)
      .values(row)
      .where(...where),
  )
  checkCount(result.rowcount, change, table)
  const expressions = change.columns.filter(
    ({ property }) => state.values[property.slot] instanceof ColumnElement,
  )
  const now = change.keys
    .filter(({ column }) => column.primaryKey)
    .map((target) => target.column.eq(state.values[target.property.slot] as never))
  const after = await connection.execute(select(...expressions.map(({ column }) => column)).where(...now))
  const values = after.one()
  for (const [index, { property }] of expressions.entries()) state.values[property.slot] = values[index]
}

function collect(mapper: Mapper, table: TableSchema, states: readonly State[], isLast: boolean): Change[] {
  const targets = columnsOf(mapper, table)
  const keys = targets.filter(({ column }) => table.primaryKey.includes(column))
  const version = mapper.versionProperty
  const versioned = targets.filter(({ property }) => version !== null && property.slot === version.slot)
  const changes: Change[] = []
  let signature = ''
  for (const state of states) {
    const plain = changedColumns(state, targets)
    const elsewhere = isLast && versioned.length > 0 && state.committed !== null && hasColumnChange(state)
    if (plain.length === 0 && !elsewhere) continue
    const columns = withOnUpdate(state, targets, plain)
    const own = columns.map(({ column }) => column.name).join()
    const expression = columns.some(({ property }) => state.values[property.slot] instanceof ColumnElement)
    const last = changes.at(-1)
    if (last && own === signature && !expression) last.states.push(state)
    else changes.push({ columns, keys: [...keys, ...versioned], states: [state] })
    signature = expression ? '' : own
  }
  return changes
}

/** True when a column of the object changed, in whatever table. */
export function hasColumnChange(state: State): boolean {
  return state.mapper.columns.some(
    ({ slot }) => state.committed?.has(slot) && !equal(state.committed.get(slot), state.values[slot]),
  )
}

/** Updates the rows of changed objects of one class. */
export async function updateRows(
  connection: Connection,
  mapper: Mapper,
  states: readonly State[],
): Promise<void> {
  for (const table of mapper.tables) {
    for (const change of collect(mapper, table, states, table === mapper.root.table)) {
      const first = change.states[0] as State
      const expression = change.columns.some(
        ({ property }) => first.values[property.slot] instanceof ColumnElement,
      )
      if (expression) await updateExpression(connection, table, change)
      else if (connection.traits.name === 'postgresql' && change.states.length > 1)
        await updateTogether(connection, table, change)
      else await updateSingly(connection, table, change)
    }
  }
}

const deletesOfBatch = 500

/** Deletes the rows of objects of one class. */
export async function deleteRows(
  connection: Connection,
  mapper: Mapper,
  states: readonly State[],
): Promise<void> {
  const { traits } = connection
  for (const table of mapper.tables.toReversed()) {
    const targets = columnsOf(mapper, table)
    const keys = targets.filter(({ column }) => table.primaryKey.includes(column))
    const version = table === mapper.root.table ? mapper.versionProperty : null
    const versioned = targets.filter(({ property }) => version !== null && property.slot === version.slot)
    const name = quoteQualified(table.schema, table.name, traits)
    const criteria = [...keys, ...versioned]
    if (criteria.length > 1) {
      const where = criteria.map(
        (target, index) => `${quoteName(target.column.name, traits)} = ${mark(index + 1, traits)}`,
      )
      const results = await connection.executeManyDriver(
        `DELETE FROM ${name} WHERE ${where.join(' AND ')}`,
        states.map((state) => bindAll(state, criteria, traits, true)),
      )
      const found = results.reduce((sum, result) => sum + result.rowCount, 0)
      if (versioned.length && found !== states.length) {
        throw new StaleDataError(
          `DELETE statement on table '${table.name}' expected to delete ${states.length} row(s); ${found} were matched.`,
        )
      }
      continue
    }
    const column = quoteName((keys[0] as Target).column.name, traits)
    for (let start = 0; start < states.length; start += deletesOfBatch) {
      const params = states
        .slice(start, start + deletesOfBatch)
        .flatMap((state) => bindAll(state, keys, traits, true))
      const marks = params.map((_, index) => mark(index + 1, traits))
      const test = marks.length === 1 ? `= ${marks[0]}` : `IN (${marks.join(', ')})`
      await connection.executeDriver(`DELETE FROM ${name} WHERE ${column} ${test}`, params)
    }
  }
}

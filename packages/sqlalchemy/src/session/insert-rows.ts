import { isAutoKey } from '../compile/column-ddl.ts'
import { type DialectTraits, quoteName, quoteQualified } from '../compile/traits.ts'
import type { Connection } from '../engine/connection.ts'
import { ColumnElement } from '../expression/column-element.ts'
import { literalColumn } from '../expression/functions.ts'
import type { ColumnProperty } from '../orm/column-property.ts'
import type { Mapper } from '../orm/mapper.ts'
import type { ColumnSchema } from '../schema/column.ts'
import { applyDefault, isServerFilled } from '../schema/column-default.ts'
import type { TableSchema } from '../schema/table.ts'
import { insert } from '../statement/dml.ts'
import { select } from '../statement/select.ts'
import type { Processor } from '../types/type-engine.ts'
import type { State } from './flush-host.ts'

/** A column of a table as its INSERT sees it. */
interface Cell {
  readonly property: ColumnProperty
  readonly column: ColumnSchema
  readonly slot: number
  readonly bind: Processor | null
  readonly given: unknown
  /** The database makes a value when none is given. */
  readonly filled: boolean
  readonly isAuto: boolean
  readonly evaluatesNull: boolean
}

/** Rows with the same columns, which one statement can insert. */
interface Batch {
  readonly cells: readonly Cell[]
  readonly fetched: readonly Cell[]
  readonly states: State[]
  readonly params: unknown[][]
}

const rowsOfBatch = 500

function cellsOf(mapper: Mapper, table: TableSchema, traits: DialectTraits): readonly Cell[] {
  return mapper.remember(`insert:${traits.name}:${table.fullName}`, () => {
    const cells: Cell[] = []
    for (const property of mapper.columns) {
      const column = property.columns.find((own) => own.table === table)
      if (!column) continue
      const isAuto = isAutoKey(column, table)
      cells.push({
        property,
        column,
        slot: property.slot,
        bind: column.type.bindProcessor(traits.name),
        given: column.options.default,
        filled: isAuto || isServerFilled(column),
        isAuto,
        evaluatesNull: column.type.evaluatesNull,
      })
    }
    return cells
  })
}

function currentParameters(state: State): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const property of state.mapper.columns) row[property.key] = state.values[property.slot]
  return row
}

/** Gives a cell its default; true when the column stays out of the statement. */
function fillCell(state: State, cell: Cell): boolean {
  const { values } = state
  const value = values[cell.slot]
  if (value !== undefined && (value !== null || cell.evaluatesNull)) return false
  if (cell.given !== undefined) {
    const filled = applyDefault(cell.given, { currentParameters: currentParameters(state) })
    if (filled && 'value' in filled) values[cell.slot] = filled.value ?? null
    else if (filled && 'sql' in filled) values[cell.slot] = filled.sql
    else if (filled) values[cell.slot] = literalColumn(`nextval('${filled.sequence.replaceAll("'", "''")}')`)
    return false
  }
  if (cell.filled) return true
  values[cell.slot] = null
  return false
}

function hasExpression(state: State, cells: readonly Cell[]): boolean {
  for (const cell of cells) {
    const value = state.values[cell.slot]
    // Most values are primitive, and `instanceof` is dear.
    if (typeof value === 'object' && value instanceof ColumnElement) return true
  }
  return false
}

/** Puts rows with the same columns together, in their order. */
function makeBatches(states: readonly State[], cells: readonly Cell[]): (Batch | State)[] {
  const result: (Batch | State)[] = []
  let signature = ''
  let batch: Batch | null = null
  for (const state of states) {
    let own = ''
    for (const cell of cells) own += fillCell(state, cell) ? '0' : '1'
    if (hasExpression(state, cells)) {
      result.push(state)
      batch = null
      continue
    }
    if (batch === null || own !== signature) {
      const shape = own
      const present = cells.filter((_, index) => shape[index] === '1')
      const fetched = cells.filter((_, index) => shape[index] === '0')
      batch = { cells: present, fetched, states: [], params: [] }
      signature = own
      result.push(batch)
    }
    batch.states.push(state)
    batch.params.push(rowParams(state, batch.cells))
  }
  return result
}

function rowParams(state: State, cells: readonly Cell[]): unknown[] {
  const row = new Array<unknown>(cells.length)
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] as Cell
    const value = state.values[cell.slot]
    if (value === null && !cell.evaluatesNull) row[index] = null
    else row[index] = cell.bind ? cell.bind(value) : value
  }
  return row
}

function insertText(
  table: TableSchema,
  cells: readonly Cell[],
  rows: number,
  fetched: readonly Cell[],
  traits: DialectTraits,
): string {
  const name = quoteQualified(table.schema, table.name, traits)
  const returning = fetched.length
    ? ` RETURNING ${fetched.map((cell) => quoteName(cell.column.name, traits)).join(', ')}`
    : ''
  if (cells.length === 0) {
    return `INSERT INTO ${name} ${traits.name === 'mysql' ? '() VALUES ()' : 'DEFAULT VALUES'}${returning}`
  }
  const columns = cells.map((cell) => quoteName(cell.column.name, traits)).join(', ')
  const tuples: string[] = []
  for (let row = 0; row < rows; row++) {
    const marks = cells.map((_, index) =>
      traits.paramstyle === 'question' ? '?' : `$${row * cells.length + index + 1}`,
    )
    tuples.push(`(${marks.join(', ')})`)
  }
  return `INSERT INTO ${name} (${columns}) VALUES ${tuples.join(', ')}${returning}`
}

function store(state: State, fetched: readonly Cell[], row: readonly unknown[], traits: DialectTraits): void {
  fetched.forEach((cell, index) => {
    const load = cell.column.type.resultProcessor(traits.name)
    const value = row[index]
    state.values[cell.slot] = load && value !== null ? load(value) : value
  })
}

/** Reads what the database filled in, where INSERT cannot give it back. */
async function fetchAfter(
  connection: Connection,
  mapper: Mapper,
  table: TableSchema,
  state: State,
  cells: readonly Cell[],
): Promise<void> {
  if (cells.length === 0) return
  const keys = table.primaryKey.map((column) =>
    column.eq(state.values[mapper.propertyOf(column).slot] as never),
  )
  const result = await connection.execute(select(...cells.map((cell) => cell.column)).where(...keys))
  const row = result.first()
  if (row) for (const [index, cell] of cells.entries()) state.values[cell.slot] = row[index]
}

/** One statement for each row: SQLite, and MySQL where it has to tell each key. */
async function insertSingly(
  connection: Connection,
  mapper: Mapper,
  table: TableSchema,
  batch: Batch,
): Promise<void> {
  const { traits } = connection
  const auto = batch.fetched.find((cell) => cell.isAuto)
  const others = batch.fetched.filter((cell) => !cell.isAuto)
  const returning = traits.insertReturning && others.length > 0
  const sql = insertText(table, batch.cells, 1, returning ? batch.fetched : [], traits)
  const results = await connection.executeManyDriver(sql, batch.params)
  for (let index = 0; index < batch.states.length; index++) {
    const state = batch.states[index] as State
    const result = results[index]
    if (returning) store(state, batch.fetched, result?.rows[0] ?? [], traits)
    else if (auto) state.values[auto.slot] = result?.lastRowId ?? null
    if (!returning) await fetchAfter(connection, mapper, table, state, others)
  }
}

/** Many rows in one statement. */
async function insertTogether(connection: Connection, table: TableSchema, batch: Batch): Promise<void> {
  const { traits } = connection
  const width = Math.max(1, batch.cells.length)
  const size = batch.cells.length === 0 ? 1 : Math.min(rowsOfBatch, Math.floor(traits.maxParameters / width))
  for (let start = 0; start < batch.states.length; start += size) {
    const states = batch.states.slice(start, start + size)
    const params = batch.params.slice(start, start + size).flat()
    const sql = insertText(table, batch.cells, states.length, batch.fetched, traits)
    const { rows } = await connection.executeDriver(sql, params)
    if (batch.fetched.length === 0) continue
    states.forEach((state, index) => {
      store(state, batch.fetched, rows[index] ?? [], traits)
    })
  }
}

/** A row with SQL expressions among its values. */
async function insertExpression(
  connection: Connection,
  mapper: Mapper,
  table: TableSchema,
  state: State,
  cells: readonly Cell[],
): Promise<void> {
  const row: Record<string, unknown> = {}
  const later: Cell[] = []
  for (const cell of cells) {
    const value = state.values[cell.slot]
    if (value !== undefined) row[cell.column.key] = value
    if (value === undefined || value instanceof ColumnElement) later.push(cell)
  }
  const result = await connection.execute(insert(table).values(row))
  const keys = result.insertedPrimaryKey ?? []
  table.primaryKey.forEach((column, index) => {
    const { slot } = mapper.propertyOf(column)
    const value = state.values[slot]
    if (value === undefined || value === null || value instanceof ColumnElement)
      state.values[slot] = keys[index]
  })
  const isKey = (cell: Cell) => table.primaryKey.includes(cell.column)
  await fetchAfter(
    connection,
    mapper,
    table,
    state,
    later.filter((cell) => !isKey(cell)),
  )
}

/** Inserts the rows of new objects of one class. */
export async function insertRows(
  connection: Connection,
  mapper: Mapper,
  states: readonly State[],
): Promise<void> {
  const { traits } = connection
  for (const table of mapper.tables) {
    const cells = cellsOf(mapper, table, traits)
    for (const item of makeBatches(states, cells)) {
      if (!('params' in item)) {
        await insertExpression(connection, mapper, table, item, cells)
        continue
      }
      const together =
        traits.name === 'postgresql' ||
        (traits.name === 'mysql' && (traits.insertReturning || item.fetched.length === 0))
      if (together) await insertTogether(connection, table, item)
      else await insertSingly(connection, mapper, table, item)
    }
  }
}

import {
  InvalidRequestError,
  MultipleResultsFound,
  NoResultFound,
  ResourceClosedError,
} from '../errors/base-errors.ts'
import type { Row } from './row.ts'

/** What came beside the rows. */
export interface ResultInfo {
  readonly rowCount: number
  /** Key that the database made for the only row of an INSERT. */
  readonly insertedPrimaryKey: readonly unknown[] | null
  readonly lastRowId: number | null
  /** False for statements that give no rows. */
  readonly returnsRows: boolean
  /** Rows may repeat objects, because collections were joined: `unique()` must be called. */
  readonly needsUnique: boolean
}

const plainInfo: ResultInfo = {
  rowCount: 0,
  insertedPrimaryKey: null,
  lastRowId: null,
  returnsRows: true,
  needsUnique: false,
}

function uniqueKey(row: unknown): unknown {
  if (!Array.isArray(row)) return row
  return row.length === 1 ? row[0] : null
}

/** Leaves out repeated rows; objects are the same when they are identical. */
export function uniqueRows<T>(rows: readonly T[]): T[] {
  const seen = new Set<unknown>()
  const deep = new Map<unknown, unknown[][]>()
  return rows.filter((row) => {
    const key = uniqueKey(row)
    if (!Array.isArray(row) || row.length === 1) {
      if (seen.has(key)) return false
      seen.add(key)
      return true
    }
    const group = deep.get(row[0]) ?? []
    if (group.some((other) => other.every((value, index) => value === row[index]))) return false
    deep.set(row[0], [...group, row])
    return true
  })
}

/** What the readers of rows have in common. */
abstract class Rows<T> {
  protected readonly rows: readonly T[]
  protected readonly info: ResultInfo
  #position = 0

  constructor(rows: readonly T[], info: ResultInfo) {
    this.rows = rows
    this.info = info
  }

  protected check(): void {
    if (!this.info.returnsRows) {
      throw new ResourceClosedError(
        'This result object does not return rows. It has been closed automatically.',
      )
    }
    if (this.info.needsUnique) {
      throw new InvalidRequestError(
        'The unique() method must be invoked on this Result, as it contains results that need to be deduplicated due to joined eager load against collections',
      )
    }
  }

  #rest(): readonly T[] {
    this.check()
    return this.#position === 0 ? this.rows : this.rows.slice(this.#position)
  }

  /** All remaining rows. */
  all(): T[] {
    const rest = this.#rest()
    this.#position = this.rows.length
    return rest as T[]
  }

  /** Another name of `all`. */
  fetchall(): T[] {
    return this.all()
  }

  /** The next row, or null. */
  fetchone(): T | null {
    this.check()
    return this.#position < this.rows.length ? (this.rows[this.#position++] as T) : null
  }

  /** The next rows, at most `size`. */
  fetchmany(size: number): T[] {
    this.check()
    const part = this.rows.slice(this.#position, this.#position + size)
    this.#position += part.length
    return part
  }

  /** The first row, or null. */
  first(): T | null {
    return this.#rest()[0] ?? null
  }

  /** The only row. */
  one(): T {
    const rest = this.#rest()
    if (rest.length === 1) return rest[0] as T
    if (rest.length === 0) throw new NoResultFound('No row was found when one was required')
    throw new MultipleResultsFound('Multiple rows were found when exactly one was required')
  }

  /** The only row, or null when there is none. */
  oneOrNone(): T | null {
    const rest = this.#rest()
    if (rest.length > 1)
      throw new MultipleResultsFound('Multiple rows were found when one or none was required')
    return rest[0] ?? null
  }

  /** Rows in groups of at most `size`. */
  *partitions(size: number): Generator<T[]> {
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`partitions() takes a size from 1, not ${size}`)
    for (let part = this.fetchmany(size); part.length; part = this.fetchmany(size)) yield part
  }

  [Symbol.iterator](): Iterator<T> {
    return this.all()[Symbol.iterator]()
  }
}

/** One value of each row. */
export class ScalarResult<T> extends Rows<T> {
  /** Leaves out repeated values. */
  unique(): ScalarResult<T> {
    return new ScalarResult(uniqueRows(this.rows), { ...this.info, needsUnique: false })
  }
}

/** Rows as objects by the names of their values. */
export class MappingResult extends Rows<Record<string, unknown>> {}

/** The rows of a statement. */
export class Result<R extends readonly unknown[] = unknown[]> extends Rows<Row<R>> {
  readonly #keys: readonly string[]

  constructor(rows: readonly Row<R>[], keys: readonly string[], info: Partial<ResultInfo> = {}) {
    super(rows, { ...plainInfo, ...info })
    this.#keys = keys
  }

  /** Names of the values of a row. */
  keys(): readonly string[] {
    return this.#keys
  }

  /** How many rows an UPDATE or DELETE matched. */
  get rowcount(): number {
    return this.info.rowCount
  }

  get returnsRows(): boolean {
    return this.info.returnsRows
  }

  /** The key of the row that was inserted, one value for each column of it. */
  get insertedPrimaryKey(): readonly unknown[] | null {
    return this.info.insertedPrimaryKey
  }

  get lastrowid(): number | null {
    return this.info.lastRowId
  }

  /** Leaves out repeated rows. */
  unique(): Result<R> {
    return new Result<R>(uniqueRows(this.rows), this.#keys, { ...this.info, needsUnique: false })
  }

  /** The first value of each row, or the one at `index`. */
  scalars(index?: 0): ScalarResult<R[0]>
  scalars<const I extends number>(index: I): ScalarResult<R[I]>
  scalars(index = 0): ScalarResult<unknown> {
    return new ScalarResult<unknown>(
      this.rows.map((row) => row[index]),
      this.info,
    )
  }

  /** The first value of the first row, or null. */
  scalar(): R[0] | null {
    const row = this.first()
    return row === null ? null : (row[0] as R[0])
  }

  /** The only value. */
  scalarOne(): R[0] {
    return this.one()[0] as R[0]
  }

  /** The only value, or null without a row. */
  scalarOneOrNone(): R[0] | null {
    const row = this.oneOrNone()
    return row === null ? null : (row[0] as R[0])
  }

  /** Rows as objects by the names of their values. */
  mappings(): MappingResult {
    return new MappingResult(
      this.rows.map((row) => row.asDict()),
      this.info,
    )
  }

  /** Rows of only some values, by name or position. */
  columns(...wanted: (string | number)[]): Result {
    const places = wanted.map((item) => (typeof item === 'number' ? item : this.#keys.indexOf(item)))
    const rows = this.rows.map((row) => places.map((place) => row[place]))
    return new Result(
      rows as unknown as Row[],
      places.map((place) => this.#keys[place] as string),
      this.info,
    )
  }
}

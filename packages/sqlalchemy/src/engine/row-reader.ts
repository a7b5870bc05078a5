import type { Compiled } from '../compile/compilation.ts'
import type { RawResult } from '../dialects/driver.ts'
import type { DialectName, Processor } from '../types/type-engine.ts'
import { type RowBase, rowClass } from './row.ts'

/** Turns driver rows into rows of the program: conversion by type, access by name. */
export function readRows(
  raw: RawResult,
  compiled: Compiled,
  dialect: DialectName,
): { rows: RowBase[]; keys: readonly string[] } {
  const keys = compiled.columns ? compiled.columns.map((column) => column.name) : (raw.columns ?? [])
  const RowShape = rowClass(keys)
  const loads = (compiled.columns ?? []).map((column) => column.type.resultProcessor(dialect))
  const converting = loads.some((load) => load !== null)
  const rows = raw.rows.map((values) => {
    const row = new RowShape()
    for (let index = 0; index < values.length; index++) {
      row[index] = converting ? convert(values[index], loads[index] ?? null) : values[index]
    }
    return row
  })
  return { rows, keys }
}

function convert(value: unknown, load: Processor | null): unknown {
  return load === null || value === null ? value : load(value)
}

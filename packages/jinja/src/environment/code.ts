import type { CompiledSource } from '../compiler/compile.ts'
import { registerCode, type TemplateCode } from '../debug/stack.ts'
import type { CompiledFactory, LineTable } from '../runtime/compiled-module.ts'

/** The lines that the engine puts before the body of a function made from text. */
const FUNCTION_HEAD = 2

let lastId = 0

/** The code of a template that is ready to be run. */
export interface LoadedCode extends TemplateCode {
  readonly factory: CompiledFactory
}

/** A table of lines for code that begins after `head` other lines. */
export function lineTable(compiled: CompiledSource, head: number): LineTable {
  return compiled.lines.map(({ template, code }) => [template, code + head] as const)
}

/** Turns compiled source into functions, and makes their lines known to stack traces. */
export function loadCode(compiled: CompiledSource, name: string | null, filename: string | null): LoadedCode {
  lastId++
  const label = (name ?? 'template').replace(/[^\w./-]/g, '_')
  const url = `jinja:${lastId}/${label}`
  const source = `"use strict"; ${compiled.body}\n//# sourceURL=${url}`
  const factory = new Function('R', 'env', source) as CompiledFactory
  const code: LoadedCode = { name, filename, factory, lines: lineTable(compiled, FUNCTION_HEAD) }
  registerCode(url, code)
  return code
}

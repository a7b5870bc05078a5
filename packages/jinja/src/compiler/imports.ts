import type { Expression, FromImport, Import, Include } from '../syntax/nodes.ts'
import { type Compilation, literal } from './compilation.ts'
import { localContext } from './expressions.ts'
import type { Frame } from './frame.ts'
import { writeRendered, writeValue } from './output.ts'

const ownName = (unit: Compilation): string => (unit.name === null ? 'null' : literal(unit.name))

function finder(node: Expression): string {
  if (node.type === 'Const' && typeof node.value === 'string') return 'getTemplate'
  return node.type === 'Tuple' || node.type === 'List' ? 'selectTemplate' : 'getOrSelectTemplate'
}

/** `{% include template %}` */
export function include(unit: Compilation, node: Include, frame: Frame): void {
  const found = unit.identifier()
  const find = unit.runtime(finder(node.template))
  const name = unit.expression(node.template, frame)
  const code = `${find}(env, ${name}, ${ownName(unit)})`
  unit.out.block('', () => {
    if (node.ignoreMissing) {
      const wanted = unit.host.isAsync ? `await ${unit.runtime('ignoreMissing')}(async () => ${code})` : ''
      const sync = `${unit.runtime('ignoreMissing')}(() => ${code})`
      unit.out.line(`const ${found} = ${unit.host.isAsync ? wanted : sync};`, node.lineno)
      unit.out.block(`if (${found} !== null)`, () => included(unit, node, frame, found))
    } else {
      unit.out.line(`const ${found} = ${code};`, node.lineno)
      included(unit, node, frame, found)
    }
  })
}

function included(unit: Compilation, node: Include, frame: Frame, found: string): void {
  if (!node.withContext) {
    const body = `${unit.runtime('moduleBody')}(${found})`
    const awaited = unit.host.isAsync ? `(await ${body})` : body
    if (unit.host.nativeTypes && frame.buffer !== null) {
      unit.out.line(`${frame.buffer}.push(...${awaited});`, node.lineno)
    } else if (unit.host.nativeTypes) {
      unit.out.line(`yield* ${awaited};`, node.lineno)
    } else {
      writeValue(unit, frame, awaited, node.lineno)
    }
    return
  }
  const streams = frame.buffer === null
  const context = `${unit.runtime('includeContext')}(${unit.context}, ${found}, ${localContext(unit, frame)}, ${streams})`
  writeRendered(unit, frame, `${found}.${streams ? 'streamRoot' : 'root'}(${context})`, node.lineno)
}

function importedModule(unit: Compilation, node: Import | FromImport, frame: Frame): string {
  const template = `${unit.runtime('getTemplate')}(env, ${unit.expression(node.template, frame)}, ${ownName(unit)})`
  const code = node.withContext
    ? `${unit.runtime('importWithContext')}(${unit.context}, ${template}, ${localContext(unit, frame)})`
    : `${unit.runtime('importModule')}(${unit.context}, ${template})`
  return unit.host.isAsync ? `await ${code}` : code
}

/** `{% import template as name %}` */
export function importStatement(unit: Compilation, node: Import, frame: Frame): void {
  const ref = frame.symbols.ref(node.target)
  unit.out.line(`${ref} = ${importedModule(unit, node, frame)};`, node.lineno)
  if (frame.toplevel) unit.out.line(`ctx.setVar(${literal(node.target)}, ${ref}, false);`)
}

/** `{% from template import name as alias %}` */
export function fromImport(unit: Compilation, node: FromImport, frame: Frame): void {
  unit.out.block('', () => {
    const module = unit.identifier()
    unit.out.line(`const ${module} = ${importedModule(unit, node, frame)};`, node.lineno)
    for (const { name, alias } of node.names) {
      const ref = frame.symbols.ref(alias)
      const position = literal(unit.position(node))
      unit.out.line(`${ref} = ${unit.runtime('importName')}(env, ${module}, ${literal(name)}, ${position});`)
      if (frame.toplevel) unit.out.line(`ctx.setVar(${literal(alias)}, ${ref}, false);`)
    }
  })
}

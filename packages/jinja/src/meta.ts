import { Compilation, type CompilerHost, type NameUse } from './compiler/compilation.ts'
import { compileUnit } from './compiler/compile.ts'
import { condition, expression } from './compiler/expressions.ts'
import { statement } from './compiler/statements.ts'
import type { Expression, Template } from './syntax/nodes.ts'
import { findAll } from './syntax/walk.ts'

/** What {@link findUndeclaredVariables} needs of an environment. */
export interface MetaHost extends CompilerHost {
  readonly globals: Readonly<Record<string, unknown>>
}

function compiled(environment: MetaHost, tree: Template): Compilation {
  const visitors = { expression, condition, statement }
  const unit = new Compilation(environment, '<introspection>', null, false, visitors)
  compileUnit(unit, tree, { autoescape: false, volatile: false })
  return unit
}

/**
 * The names that a template looks up in its context when it runs, on whatever way through it.
 *
 * @throws TemplateAssertionError if the template cannot be compiled.
 */
export function findUndeclaredVariables(environment: MetaHost, tree: Template): Set<string> {
  const { resolved } = compiled(environment, tree)
  return new Set([...resolved].filter((name) => !Object.hasOwn(environment.globals, name)))
}

/**
 * The places of a template where a name is used that it looks up in its context.
 *
 * @throws TemplateAssertionError if the template cannot be compiled.
 */
export function findUndeclaredUses(environment: MetaHost, tree: Template): NameUse[] {
  return compiled(environment, tree).uses.filter(({ name }) => !Object.hasOwn(environment.globals, name))
}

/** The constant names in the expression of a template's name; null stands for those that only the run can tell. */
export function referenced(template: Expression): (string | null)[] {
  if (template.type === 'Const') return typeof template.value === 'string' ? [template.value] : []
  if (template.type !== 'Tuple' && template.type !== 'List') return [null]
  return template.items.flatMap((item) => {
    if (item.type !== 'Const') return [null]
    return typeof item.value === 'string' ? [item.value] : []
  })
}

/**
 * The templates that a template extends, includes or imports, in the order of the source; null stands for names that
 * only the run can tell.
 */
export function findReferencedTemplates(tree: Template): (string | null)[] {
  return findAll(tree, 'Extends', 'FromImport', 'Import', 'Include').flatMap(({ template }) =>
    referenced(template),
  )
}

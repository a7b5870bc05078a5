import type { NameUse } from '../compiler/compilation.ts'
import { findUndeclaredUses, type MetaHost, referenced } from '../meta.ts'
import type { Expression, Filter, Template, Test } from '../syntax/nodes.ts'
import { storedNames } from '../syntax/stored-names.ts'
import { findAll } from '../syntax/walk.ts'

/** A tag that names other templates. */
export interface Reference {
  readonly kind: 'extends' | 'include' | 'import'
  /** Null stands for names that only the run can tell. */
  readonly templates: readonly (string | null)[]
  readonly lineno: number
  /** The template need not be there. */
  readonly optional: boolean
  /** The other template sees the variables of this one. */
  readonly withContext: boolean
  /** What is imported from it by name. */
  readonly wanted: readonly string[]
}

/** What checking a template needs to know of it. */
export interface TemplateFacts {
  readonly name: string
  readonly filename: string | null
  /** The names that it gives values anywhere. */
  readonly stored: ReadonlySet<string>
  /** The uses of names that must come from outside. */
  readonly uses: readonly NameUse[]
  /** The names that it asks for carefully: whether they are defined, or with a default. */
  readonly optional: ReadonlySet<string>
  readonly references: readonly Reference[]
  readonly unknownCallables: readonly {
    readonly kind: string
    readonly name: string
    readonly lineno: number
  }[]
}

function references(tree: Template): Reference[] {
  return findAll(tree, 'Extends', 'Include', 'Import', 'FromImport').map((node) => ({
    kind: node.type === 'Extends' ? 'extends' : node.type === 'Include' ? 'include' : 'import',
    templates: referenced(node.template),
    lineno: node.lineno,
    optional: node.type === 'Include' && node.ignoreMissing,
    withContext: node.type === 'Extends' || node.withContext,
    wanted: node.type === 'FromImport' ? node.names.map(({ name }) => name) : [],
  }))
}

const careful = new Set(['defined', 'undefined', 'default', 'd'])

function optionalNames(tree: Template): Set<string> {
  const asked = findAll(tree, 'Test', 'Filter').filter(({ name }) => careful.has(name))
  return new Set(asked.flatMap(({ node }) => (node?.type === 'Name' ? [node.name] : [])))
}

/** The filters or tests whose presence the template tests itself. */
function guarded(tree: Template, kind: 'filter' | 'test'): Set<unknown> {
  const tests = findAll(tree, 'Test').filter(({ name }) => name === kind)
  return new Set(tests.map(({ node }: { node: Expression }) => (node.type === 'Const' ? node.value : null)))
}

function unknownCallables(environment: MetaHost, tree: Template): TemplateFacts['unknownCallables'] {
  const check = (kind: 'filter' | 'test', nodes: readonly (Filter | Test)[]) => {
    const known = environment[`${kind}s`]
    const tested = guarded(tree, kind)
    return nodes
      .filter(({ name }) => !Object.hasOwn(known, name) && !tested.has(name))
      .map(({ name, lineno }) => ({ kind, name, lineno }))
  }
  return [...check('filter', findAll(tree, 'Filter')), ...check('test', findAll(tree, 'Test'))]
}

/**
 * Reads a template for checking.
 *
 * @throws TemplateAssertionError if it cannot be compiled for another reason than an unknown filter or test.
 */
export function templateFacts(
  environment: MetaHost,
  name: string,
  filename: string | null,
  tree: Template,
): TemplateFacts {
  const unknown = unknownCallables(environment, tree)
  return {
    name,
    filename,
    stored: new Set(storedNames(tree)),
    // With an unknown filter the template cannot be compiled, and its names are looked at once that is mended.
    uses: unknown.length === 0 ? findUndeclaredUses(environment, tree) : [],
    optional: optionalNames(tree),
    references: references(tree),
    unknownCallables: unknown,
  }
}

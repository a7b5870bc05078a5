import { rewriteStack } from '../debug/stack.ts'
import { TemplateSyntaxError } from '../errors.ts'
import type { Variables } from '../runtime/context.ts'
import { isPromise } from '../runtime/promise.ts'
import type { Template as Tree } from '../syntax/nodes.ts'
import { Undefined } from '../undefined/undefined.ts'
import type { Environment } from './environment.ts'

/** Gives the value of an expression for variables; a promise in an asynchronous environment. */
export type TemplateExpression = (vars?: Variables) => unknown

/**
 * Compiles an expression of the template language, for configuration files and rules.
 *
 * @param undefinedToNone Whether an undefined result becomes null.
 * @throws TemplateSyntaxError
 */
export function compileExpression(
  environment: Environment,
  source: string,
  undefinedToNone = true,
): TemplateExpression {
  const parser = environment.parser(source, null, null, 'variable')
  const node = parser.parseExpression()
  if (!parser.stream.eos) {
    throw new TemplateSyntaxError('chunk after expression', parser.stream.current.lineno)
  }
  const target = { type: 'Name', name: 'result', ctx: 'store', lineno: 1 } as const
  const tree: Tree = { type: 'Template', body: [{ type: 'Assign', target, node, lineno: 1 }], lineno: 1 }
  const template = environment.fromString(tree)
  const finish = (value: unknown): unknown => (undefinedToNone && value instanceof Undefined ? null : value)
  return (vars = {}) => {
    const context = template.newContext(vars)
    try {
      const done = template.root(context)
      if (isPromise(done)) return done.then(() => finish(context.vars?.result))
      return finish(context.vars?.result)
    } catch (error) {
      throw rewriteStack(error)
    }
  }
}

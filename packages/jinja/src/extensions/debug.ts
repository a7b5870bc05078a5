import { inspect } from 'node:util'
import type { Output } from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** A context, as far as the debug tag looks at it. */
interface InspectedContext {
  getAll(): Record<string, unknown>
}

/** `{% debug %}`: prints the variables and the names of the filters and tests. */
export class DebugExtension extends Extension {
  static readonly identifier = 'jinja2.ext.DebugExtension'
  override readonly tags = ['debug']

  override parse(parser: Parser): Output {
    const { lineno } = parser.stream.expect('name:debug')
    const call = this.callMethod('render', { args: [{ type: 'ContextReference', lineno }], lineno })
    return { type: 'Output', nodes: [call], lineno }
  }

  /** What the tag prints. */
  render(context: InspectedContext): string {
    const shown = {
      context: { ...context.getAll() },
      filters: Object.keys(this.environment.filters).sort(),
      tests: Object.keys(this.environment.tests).sort(),
    }
    return inspect(shown, { depth: 2, maxArrayLength: null })
  }
}

import { pprint } from '../filters/pprint.ts'
import { dictEntries } from '../python/dict.ts'
import { isDict } from '../python/kinds.ts'
import { PY_REPR } from '../python/protocol.ts'
import type { Output } from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** A context, as far as the debug tag looks at it. */
interface InspectedContext {
  getAll(): Record<string, unknown>
}

/** Stands for what is too deep to be shown. */
const deeper = { [PY_REPR]: () => '...' }

/** A value with its lists and dicts down to a depth. */
function shallow(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth === 0 ? deeper : value.map((item) => shallow(item, depth - 1))
  if (!isDict(value)) return value
  if (depth === 0) return deeper
  return new Map(dictEntries(value).map(([key, item]) => [key, shallow(item, depth - 1)]))
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
    return pprint({
      context: shallow(context.getAll(), 2),
      filters: Object.keys(this.environment.filters).sort(),
      tests: Object.keys(this.environment.tests).sort(),
    })
  }
}

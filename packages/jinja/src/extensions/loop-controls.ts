import type { Break, Continue } from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** `{% break %}` and `{% continue %}` in loops. */
export class LoopControlExtension extends Extension {
  static readonly identifier = 'jinja2.ext.LoopControlExtension'
  override readonly tags = ['break', 'continue']

  override parse(parser: Parser): Break | Continue {
    const { lineno, value } = parser.stream.next()
    return { type: value === 'break' ? 'Break' : 'Continue', lineno }
  }
}

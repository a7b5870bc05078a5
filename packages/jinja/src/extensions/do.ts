import type { ExpressionStatement } from '../syntax/nodes.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** `{% do expression %}`: evaluates and prints nothing. */
export class ExprStmtExtension extends Extension {
  static readonly identifier = 'jinja2.ext.ExprStmtExtension'
  override readonly tags = ['do']

  override parse(parser: Parser): ExpressionStatement {
    const { lineno } = parser.stream.next()
    return { type: 'ExprStmt', node: parser.parseTuple(), lineno }
  }
}

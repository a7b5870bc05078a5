import type { Arguments, Expression } from './nodes.ts'
import type { TokenStream } from './token-stream.ts'

/** What reading arguments needs of the parser. */
export interface ArgumentParser {
  readonly stream: TokenStream
  parseExpression(): Expression
  fail(message: string, lineno?: number): never
}

/** Reads one argument; false if it may not stand after those before it. */
function argument(parser: ArgumentParser, found: Arguments): boolean {
  const { stream } = parser
  if (stream.current.type === 'mul') {
    if (found.dynArgs !== null || found.dynKwargs !== null) return false
    stream.next()
    found.dynArgs = parser.parseExpression()
  } else if (stream.current.type === 'pow') {
    if (found.dynKwargs !== null) return false
    stream.next()
    found.dynKwargs = parser.parseExpression()
  } else if (stream.current.type === 'name' && stream.look().type === 'assign') {
    if (found.dynKwargs !== null) return false
    const key = stream.current.value as string
    stream.skip(2)
    const value = parser.parseExpression()
    found.kwargs.push({ type: 'Keyword', key, value, lineno: value.lineno })
  } else {
    if (found.dynArgs !== null || found.dynKwargs !== null || found.kwargs.length > 0) return false
    found.args.push(parser.parseExpression())
  }
  return true
}

/** Reads the arguments of a call, with their parentheses. */
export function callArguments(parser: ArgumentParser): Arguments {
  const { stream } = parser
  const { lineno } = stream.expect('lparen')
  const found: Arguments = { args: [], kwargs: [], dynArgs: null, dynKwargs: null }
  let requireComma = false
  while (stream.current.type !== 'rparen') {
    if (requireComma) {
      stream.expect('comma')
      if (stream.current.type === 'rparen') break
    }
    if (!argument(parser, found)) parser.fail('invalid syntax for function call expression', lineno)
    requireComma = true
  }
  stream.expect('rparen')
  return found
}

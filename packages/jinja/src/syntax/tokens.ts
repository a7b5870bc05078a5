/** A piece of a template as the parser sees it; `type` is the operator's or token's name in Jinja. */
export interface Token {
  readonly lineno: number
  readonly type: string
  /** Text, or the number for `integer` and `float`. */
  readonly value: string | number
}

/** A piece of a template as the lexer finds it: line, kind and the text itself. */
export type RawToken = readonly [lineno: number, type: string, value: string]

/** Token types of the operators, by their spelling. */
export const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['/', 'div'],
  ['//', 'floordiv'],
  ['*', 'mul'],
  ['%', 'mod'],
  ['**', 'pow'],
  ['~', 'tilde'],
  ['[', 'lbracket'],
  [']', 'rbracket'],
  ['(', 'lparen'],
  [')', 'rparen'],
  ['{', 'lbrace'],
  ['}', 'rbrace'],
  ['==', 'eq'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['>=', 'gteq'],
  ['<', 'lt'],
  ['<=', 'lteq'],
  ['=', 'assign'],
  ['.', 'dot'],
  [':', 'colon'],
  ['|', 'pipe'],
  [',', 'comma'],
  [';', 'semicolon'],
])

const descriptions: ReadonlyMap<string, string> = new Map([
  ...[...OPERATORS].map(([spelling, type]) => [type, spelling] as const),
  ['comment_begin', 'begin of comment'],
  ['comment_end', 'end of comment'],
  ['comment', 'comment'],
  ['linecomment', 'comment'],
  ['block_begin', 'begin of statement block'],
  ['block_end', 'end of statement block'],
  ['variable_begin', 'begin of print statement'],
  ['variable_end', 'end of print statement'],
  ['linestatement_begin', 'begin of line statement'],
  ['linestatement_end', 'end of line statement'],
  ['data', 'template data / text'],
  ['eof', 'end of template'],
])

const describeType = (type: string): string => descriptions.get(type) ?? type

/** A token as an error message names it. */
export function describeToken(token: Token): string {
  return token.type === 'name' ? String(token.value) : describeType(token.type)
}

/** A token expression (`type` or `name:value`) as an error message names it. */
export function describeTokenExpression(expression: string): string {
  const colon = expression.indexOf(':')
  if (colon < 0) return describeType(expression)
  const type = expression.slice(0, colon)
  return type === 'name' ? expression.slice(colon + 1) : describeType(type)
}

/** Whether a token is of a type (`block_end`), or of a type with a value (`name:endfor`). */
export function matchesToken(token: Token, expression: string): boolean {
  if (token.type === expression) return true
  const colon = expression.indexOf(':')
  return (
    colon >= 0 && token.type === expression.slice(0, colon) && token.value === expression.slice(colon + 1)
  )
}

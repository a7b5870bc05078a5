import { asciiDigits } from './python-text.ts'

/** A piece of a rule's text. */
export type RuleToken =
  | { readonly kind: 'slash' }
  | { readonly kind: 'static'; readonly text: string }
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly converter: string
      readonly args: readonly unknown[]
      readonly kwargs: Readonly<Record<string, unknown>>
    }

/** Thrown for a rule, or for arguments of a converter, that cannot be read. */
export class RuleSyntaxError extends SyntaxError {
  override name = 'RuleSyntaxError'
}

const TOKEN = /(\/)|([^</]+)|<(?:([a-zA-Z_][a-zA-Z0-9_]*)(?:\(([^\n]*?)\))?:)?([a-zA-Z_][a-zA-Z0-9_]*)>/y

/** `name=value,` or `value,`; a dot between digits is any character, as in Werkzeug, and sorted out afterwards. */
const ARGUMENT =
  /\s*(?:([\p{L}\p{N}_]+)\s*=\s*)?(True|False|\p{Nd}+[^\n]\p{Nd}+|\p{Nd}+[^\n]|\p{Nd}+|[\p{L}\p{N}_.]+|[urUR]?("[^"]*?"|'[^']*'))\s*,/gu

const INTEGER = /^[+-]?\d+(?:_\d+)*$/
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?$/
const CONSTANTS = new Map<string, unknown>([
  ['None', null],
  ['True', true],
  ['False', false],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
])

function argumentValue(text: string): unknown {
  if (CONSTANTS.has(text)) return CONSTANTS.get(text)
  const number = asciiDigits(text.trim())
  if (INTEGER.test(number) || FLOAT.test(number)) return Number(number.replaceAll('_', ''))
  const quote = text[0]
  return (quote === '"' || quote === "'") && text.at(-1) === quote ? text.slice(1, -1) : text
}

/**
 * Reads the arguments of a converter, which look like those of a call in Python.
 *
 * @param text - What stands between the parentheses, such as `min=1, signed=True`.
 * @throws RuleSyntaxError if something between two arguments is none.
 */
function parseConverterArgs(text: string): { args: unknown[]; kwargs: Record<string, unknown> } {
  const source = `${text},`
  const args: unknown[] = []
  const kwargs: Record<string, unknown> = {}
  let position = 0
  for (const match of source.matchAll(ARGUMENT)) {
    if (match.index !== position) {
      const wrong = source.slice(position, match.index)
      throw new RuleSyntaxError(
        `Cannot parse converter argument '${wrong}' in '(${text})': write numbers, words or quoted text`,
      )
    }
    const value = argumentValue(match[3] ?? (match[2] as string))
    if (match[1] === undefined) args.push(value)
    else kwargs[match[1]] = value
    position = match.index + match[0].length
  }
  return { args, kwargs }
}

/**
 * Cuts a rule into slashes, static text and variables.
 *
 * @param rule - A rule such as `/users/<int:id>`, or the rule of a subdomain or host.
 * @throws RuleSyntaxError if the rule is malformed.
 */
export function tokenizeRule(rule: string): RuleToken[] {
  const tokens: RuleToken[] = []
  let position = 0
  while (position < rule.length) {
    TOKEN.lastIndex = position
    const match = TOKEN.exec(rule)
    if (match === null) {
      throw new RuleSyntaxError(
        `malformed url rule: '${rule}' at '${rule.slice(position)}': write a variable as <converter(arguments):name>`,
      )
    }
    const [whole, slash, text, converter, args, name] = match
    if (slash !== undefined) tokens.push({ kind: 'slash' })
    else if (text !== undefined) tokens.push({ kind: 'static', text })
    else if (name !== undefined) {
      const given = parseConverterArgs(args ?? '')
      tokens.push({ kind: 'variable', name, converter: converter ?? 'default', ...given })
    }
    position += whole.length
  }
  return tokens
}

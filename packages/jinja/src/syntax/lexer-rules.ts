import type { SyntaxOptions } from '../options.ts'

/** What Python's `\s` and `str.isspace` take for white space, as the inside of a character class. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

/** The regular expressions for one set of delimiters. */
export interface LexerRules {
  /** Finds the next tag; its groups come in pairs (whole opening, white space sign), as in `openings`. */
  readonly root: RegExp
  /** Names of the states that the pairs of `root` lead into. */
  readonly openings: readonly string[]
  readonly commentEnd: RegExp
  readonly rawEnd: RegExp
  readonly blockEnd: RegExp
  readonly variableEnd: RegExp
  readonly lineStatementEnd: RegExp
  readonly lineCommentEnd: RegExp
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** The kinds of tag with their openings, longer ones first, so that `<%=` is found before `<%`. */
function openings(syntax: SyntaxOptions): [state: string, pattern: string][] {
  const rules: [length: number, state: string, pattern: string][] = [
    [syntax.commentStartString.length, 'comment_begin', escapePattern(syntax.commentStartString)],
    [syntax.blockStartString.length, 'block_begin', escapePattern(syntax.blockStartString)],
    [syntax.variableStartString.length, 'variable_begin', escapePattern(syntax.variableStartString)],
  ]
  const { lineStatementPrefix, lineCommentPrefix } = syntax
  if (lineStatementPrefix !== null) {
    const pattern = `(?<![^\\n])[ \\t\\v]*${escapePattern(lineStatementPrefix)}`
    rules.push([lineStatementPrefix.length, 'linestatement_begin', pattern])
  }
  if (lineCommentPrefix !== null) {
    const pattern = `(?:(?<![^\\n])|(?<=[^${SPACE}]))(?:(?![\\r\\n])[${SPACE}])*${escapePattern(lineCommentPrefix)}`
    rules.push([lineCommentPrefix.length, 'linecomment_begin', pattern])
  }
  rules.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1))
  return rules.map(([, state, pattern]) => [state, pattern])
}

/** Makes the rules of the lexer for a set of delimiters. */
export function lexerRules(syntax: SyntaxOptions): LexerRules {
  const blockStart = escapePattern(syntax.blockStartString)
  const blockEnd = escapePattern(syntax.blockEndString)
  const commentEnd = escapePattern(syntax.commentEndString)
  const variableEnd = escapePattern(syntax.variableEndString)
  const suffix = syntax.trimBlocks ? '\\n?' : ''
  const closing = (end: string): string => `(?:\\+${end}|-${end}[${SPACE}]*|${end}${suffix})`
  const raw = `(${blockStart}([-+]?)[${SPACE}]*raw[${SPACE}]*(?:-${blockEnd}[${SPACE}]*|${blockEnd}))`
  const kinds = openings(syntax)
  return {
    root: new RegExp([raw, ...kinds.map(([, pattern]) => `(${pattern}([-+]?))`)].join('|'), 'g'),
    openings: ['raw_begin', ...kinds.map(([state]) => state)],
    commentEnd: new RegExp(closing(commentEnd), 'g'),
    rawEnd: new RegExp(`${blockStart}([-+]?)[${SPACE}]*endraw[${SPACE}]*${closing(blockEnd)}`, 'g'),
    blockEnd: new RegExp(closing(blockEnd), 'y'),
    variableEnd: new RegExp(`-${variableEnd}[${SPACE}]*|${variableEnd}`, 'y'),
    lineStatementEnd: new RegExp(`[${SPACE}]*(?:\\n|$)`, 'y'),
    lineCommentEnd: /(?=\n|$)/g,
  }
}

const digits = '(?:\\d+_)*\\d+'
const float = `(?<!\\.)${digits}(?:(?:\\.${digits})?[eE][+\\-]?${digits}|\\.${digits})`
const integer = '0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\\da-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*'
const name = '[\\p{L}\\p{N}\\p{XID_Continue}_]+'
const string = '\'[^\'\\\\]*(?:\\\\[^][^\'\\\\]*)*\'|"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*"'
const operator = '\\*\\*|\\/\\/|==|!=|>=|<=|[-+\\/*%~[\\](){}><=.:|,;]'

/** Token types of the groups of {@link insideTag}, in their order. */
export const TAG_TOKENS = ['whitespace', 'float', 'integer', 'name', 'string', 'operator'] as const

/** One token inside a tag. Each caller makes its own, since the expression carries a position. */
export function insideTag(): RegExp {
  return new RegExp(`([${SPACE}]+)|(${float})|(${integer})|(${name})|(${string})|(${operator})`, 'uy')
}

/** A text that may be used as a name, by Python's rule. */
export const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u

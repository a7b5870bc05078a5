import type { Call, Template } from '../syntax/nodes.ts'
import type { RawToken } from '../syntax/tokens.ts'
import { findAll } from '../syntax/walk.ts'

/** The functions whose calls are messages to translate. */
export const GETTEXT_FUNCTIONS: readonly string[] = ['_', 'gettext', 'ngettext', 'pgettext', 'npgettext']

/** A message found in a template; parts that are not constant texts are null. */
export interface ExtractedMessage {
  readonly lineno: number
  /** The function that was called. */
  readonly function: string
  readonly message: string | null | readonly (string | null)[]
}

/** A message with the translator's comments before it. */
export interface CommentedMessage extends ExtractedMessage {
  readonly comments: readonly string[]
}

function strings(node: Call): (string | null)[] {
  const args = node.args.map((arg) =>
    arg.type === 'Const' && typeof arg.value === 'string' ? arg.value : null,
  )
  const others = node.kwargs.length + (node.dynArgs === null ? 0 : 1) + (node.dynKwargs === null ? 0 : 1)
  return [...args, ...Array<null>(others).fill(null)]
}

/**
 * The messages in a template's syntax tree.
 *
 * @param functions The names of the functions to look for.
 * @param babelStyle Whether parts that are not texts are kept as null and a single part stands alone; else only
 *   texts are given, always in a list, and calls without any are left out.
 */
export function extractFromTree(
  tree: Template,
  functions: readonly string[] = GETTEXT_FUNCTIONS,
  babelStyle = true,
): ExtractedMessage[] {
  const found: ExtractedMessage[] = []
  for (const call of findAll(tree, 'Call')) {
    if (call.node.type !== 'Name' || !functions.includes(call.node.name)) continue
    const parts = strings(call)
    const texts = parts.filter((part) => part !== null)
    if (!babelStyle && texts.length === 0) continue
    const alone = parts.length === 1 ? (parts[0] as string | null) : parts
    found.push({ lineno: call.lineno, function: call.node.name, message: babelStyle ? alone : texts })
  }
  return found
}

function commentOf([, type, source]: RawToken, tags: readonly string[]): string | null {
  if (type !== 'comment' && type !== 'linecomment') return null
  const match = /^\s*(\S+)\s+(.*)$/s.exec(source)
  return match !== null && tags.includes(match[1] as string) ? (match[2] as string).trimEnd() : null
}

/** Finds the comments for messages, which must be asked for in the order of their lines. */
export class CommentFinder {
  readonly #tokens: readonly RawToken[]
  readonly #tags: readonly string[]
  #offset = 0

  /**
   * @param tokens All tokens of the template.
   * @param tags The first words of comments that are meant for translators.
   */
  constructor(tokens: readonly RawToken[], tags: readonly string[]) {
    this.#tokens = tokens
    this.#tags = tags
  }

  /** The comment nearest before the end of a line, since the last message. */
  find(lineno: number): string[] {
    let end = this.#offset
    while (end < this.#tokens.length && (this.#tokens[end] as RawToken)[0] <= lineno) end++
    const candidates = this.#tokens.slice(this.#offset, end).reverse()
    this.#offset = end
    for (const token of candidates) {
      const comment = commentOf(token, this.#tags)
      if (comment !== null) return [comment]
    }
    return []
  }
}

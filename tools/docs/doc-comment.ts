/** A doc comment, taken apart. */
export interface DocComment {
  /** Everything before the first tag, in Markdown. */
  readonly text: string
  readonly params: readonly (readonly [name: string, text: string])[]
  readonly returns: string | undefined
  readonly throws: readonly string[]
  readonly see: readonly string[]
  /** Code. */
  readonly examples: readonly string[]
}

/** Code that is indented in a comment, as a fenced block. */
function fenced(text: string): string {
  return text.replace(/(?:^|\n\n)((?: {4}.*(?:\n|$))+)/g, (_all, code: string) => {
    const lines = code.replace(/^ {4}/gm, '').trimEnd()
    return `\n\n\`\`\`ts\n${lines}\n\`\`\`\n`
  })
}

function linked(text: string): string {
  return text.replace(/\{@link ([^}]+)\}/g, '`$1`')
}

/** Takes a doc comment apart: text, and the tags `@param`, `@returns`, `@throws` and `@see`. */
export function readDocComment(comment: string): DocComment {
  const [text = '', ...tags] = comment.split(/(?:^|\s)@(?=(?:param|returns|throws|see|example|module)\b)/)
  const of = (tag: string): string[] =>
    tags
      .filter((part) => part.startsWith(tag))
      .map((part) => linked(part.slice(tag.length).replace(/\s+/g, ' ').trim()))
  return {
    text: linked(fenced(text.trim())),
    params: of('param').map((part) => {
      const [, name = '', what = ''] = /^(\S+)(?: -)? ?(.*)$/.exec(part) ?? []
      return [name, what] as const
    }),
    returns: of('returns')[0],
    throws: of('throws').map((part) => part.replace(/^\{(\w+)\}/, '$1').replace(/^(\w+) - /, '$1 ')),
    see: of('see'),
    examples: tags
      .filter((part) => part.startsWith('example'))
      .map((part) => part.slice('example'.length).trim()),
  }
}

/** One fenced block of a page. */
export interface Block {
  /** Path of the page from the root of the repository. */
  readonly page: string
  /** The line of the page, from 1, on which the block's first line of text stands. */
  readonly line: number
  readonly language: string
  /** The words behind the language: `run`, `continue`, `serve`, `output`. */
  readonly flags: ReadonlySet<string>
  /** The file that the block is, as `file=PATH` says. */
  readonly file: string | undefined
  readonly text: string
}

const FENCE = /^( *)(`{3,})([\w-]*)[ \t]*(.*)$/

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string, markdown: string): Block[] {
  const lines = markdown.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at++) {
    const [, indent, fence, language, info] = FENCE.exec(lines[at]!) ?? []
    if (fence === undefined) continue
    const line = at + 2
    const text: string[] = []
    for (at++; at < lines.length && lines[at]!.trim() !== fence; at++) {
      text.push(lines[at]!.startsWith(indent!) ? lines[at]!.slice(indent!.length) : lines[at]!)
    }
    const words = info!.split(/\s+/).filter((word) => word !== '')
    const file = words.find((word) => word.startsWith('file='))?.slice('file='.length)
    blocks.push({
      page,
      line,
      language: language!,
      flags: new Set(words),
      file,
      text: `${text.join('\n')}\n`,
    })
  }
  return blocks
}

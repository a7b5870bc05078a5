import type { Block } from './blocks.ts'

/** One block's place in a file. */
interface Part {
  readonly block: Block
  /** The line of the file, from 1, on which the block begins. */
  readonly from: number
}

/** A file that blocks of a page make. */
export interface PageFile {
  readonly path: string
  readonly text: string
  readonly parts: readonly Part[]
}

const SCRIPT = /^(ts|js)$/

function appended(file: PageFile | undefined, path: string, block: Block): PageFile {
  const before = file?.text ?? ''
  const from = before.split('\n').length
  return { path, text: before + block.text, parts: [...(file?.parts ?? []), { block, from }] }
}

/**
 * The files that a page's blocks make.
 *
 * A block with `file=PATH` is that file, and `file=PATH continue` is added to its end. A `ts` block without a file is a
 * module of its own; with `continue` it is added to the module before it.
 */
export function filesOf(blocks: readonly Block[]): PageFile[] {
  const files = new Map<string, PageFile>()
  let last = ''
  for (const block of blocks) {
    const isModule = SCRIPT.test(block.language)
    if (block.file === undefined && !isModule) continue
    const goesOn = block.flags.has('continue')
    const path = block.file ?? (goesOn && last !== '' ? last : `block-${block.line}.${block.language}`)
    files.set(path, appended(goesOn ? files.get(path) : undefined, path, block))
    if (isModule) last = path
  }
  return [...files.values()]
}

/** Where in its page a line of a file stands. */
export function placeOf(file: PageFile, line: number): string {
  const part = file.parts.findLast(({ from }) => from <= line) ?? file.parts[0]!
  return `${part.block.page}:${part.block.line + line - part.from}`
}

import { spawnSync } from 'node:child_process'
import type { Block } from './blocks.ts'
import type { Project } from './check-types.ts'

const PATIENCE_MS = 20_000

/** The block that says what a block prints: the next one, if it is marked `output`. */
function outputOf(blocks: readonly Block[], block: Block): string | undefined {
  const next = blocks[blocks.indexOf(block) + 1]
  return next?.flags.has('output') ? next.text : undefined
}

function place(block: Block): string {
  return `${block.page}:${block.line}`
}

/**
 * Runs the files with a block that is marked `run`, from the page's folder.
 *
 * @returns A line for each that fails, or prints something else than the `output` block behind it.
 */
export function runBlocks(project: Project, blocks: readonly Block[]): string[] {
  return project.files.flatMap(({ path, parts }) => {
    const marked = parts.findLast(({ block }) => block.flags.has('run'))?.block
    if (marked === undefined) return []
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [path], {
      cwd: project.folder,
      encoding: 'utf8',
      timeout: PATIENCE_MS,
      env: { ...process.env, NO_COLOR: '1' },
    })
    if (error !== undefined) return [`${place(marked)} does not run: ${error.message}`]
    if (status !== 0) return [`${place(marked)} ends with ${status}:\n${stdout}${stderr}`]
    const expected = outputOf(blocks, marked)
    if (expected === undefined || expected.trim() === stdout.trim()) return []
    return [`${place(marked)} prints\n${stdout}\nand the page says\n${expected}`]
  })
}

import { fileURLToPath } from 'node:url'

/** The address of the folder in which this package stands, if the others stand there too and not in `node_modules`. */
function workspaceOf(moduleUrl: string): string | undefined {
  const root = new URL('../../../', moduleUrl).href
  return root.includes('/node_modules/') ? undefined : root
}

const workspace = workspaceOf(import.meta.url)

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Patterns of the addresses whose exceptions are nobody's business as long as they stay among themselves. */
export function libraryPatterns(): string[] {
  const own = workspace === undefined ? [] : [`^${escaped(workspace)}[^/]+/(?:src|dist)/`]
  return ['^node:', '/node_modules/', ...own]
}

const library = new RegExp(libraryPatterns().join('|'))

/** Whether an address or path belongs to the program, as opposed to packages, to this framework and to Node. */
export function isProgramFile(file: string): boolean {
  if (file.startsWith('node:') || file === '' || file.startsWith('<')) return false
  const url = file.startsWith('/') ? `file://${file}` : file
  if (!url.startsWith('file:')) return false
  return !library.test(url)
}

/** The path of a `file:` address; anything else stays as it is. */
export function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url
}

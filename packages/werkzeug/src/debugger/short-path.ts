import { relative } from 'node:path'

/** A path as seen from the folder in which the program was started, if it is below; addresses stay. */
export function shortPath(file: string): string {
  if (!file.startsWith('/')) return file
  const seen = relative(process.cwd(), file)
  return seen.startsWith('..') ? file.replace(/^.*\/node_modules\//, 'node_modules/') : seen
}

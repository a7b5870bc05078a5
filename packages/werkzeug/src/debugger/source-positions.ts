import * as nodeModule from 'node:module'
import type { SourcePlace } from './evaluator.ts'
import { pathOf } from './script-kinds.ts'

/**
 * Finds the place in the source for a place in running code.
 *
 * @param line - From 1.
 * @param column - From 1.
 */
export function sourcePlace(url: string, line: number, column: number): SourcePlace {
  const map = url.startsWith('file:') ? nodeModule.findSourceMap?.(url) : undefined
  const entry = map?.findEntry(line - 1, column - 1)
  if (entry !== undefined && 'originalSource' in entry && typeof entry.originalLine === 'number') {
    const file = entry.originalSource === '' ? pathOf(url) : pathOf(entry.originalSource)
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  }
  return { file: pathOf(url), line, column }
}

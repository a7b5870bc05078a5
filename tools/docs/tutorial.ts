import { basename } from 'node:path'
import { documentationPages, type Page } from './pages.ts'

/** The folder of the tutorial, whose pages are steps: their names begin with a number. */
export const TUTORIAL = 'docs/tutorial/'

function numberOf(path: string): number {
  return Number.parseInt(basename(path), 10)
}

/** The steps of the tutorial in order, up to a page or to the end. */
export function stepsOf(last?: string): Page[] {
  return documentationPages()
    .filter(({ path }) => path.startsWith(TUTORIAL))
    .filter(({ path }) => last === undefined || numberOf(path) <= numberOf(last))
    .sort((a, b) => numberOf(a.path) - numberOf(b.path))
}

import { documentationPages, type Page } from './pages.ts'

/** The folder of the tutorial, whose pages are steps: their names begin with a number. */
export const TUTORIAL = 'docs/tutorial/'

/** The steps of the tutorial in order, up to a page or to the end. */
export function stepsOf(last?: string): Page[] {
  return documentationPages()
    .filter(({ path }) => path.startsWith(TUTORIAL))
    .filter(({ path }) => last === undefined || path <= last)
}

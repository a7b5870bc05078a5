import { existsSync, globSync, readFileSync } from 'node:fs'

/** A page of the documentation. */
export interface Page {
  /** Path from the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** What is not written by hand: the generated reference, and what npm and VitePress put beside the pages. */
const GENERATED = ['docs/api', 'docs/node_modules', 'docs/.vitepress', 'docs/public']

function isGenerated(path: string): boolean {
  return GENERATED.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

/** Every page that is written by hand: those of `docs/`, the README of the repository and of each package. */
export function documentationPages(): Page[] {
  return globSync(['README.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/**/README.md'], {
    exclude: isGenerated,
  })
    .filter((path) => !isGenerated(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

/** The page of a path, which must be there. */
export function readPage(path: string): Page {
  if (!existsSync(path)) throw new Error(`docs: there is no page ${path}`)
  return { path, text: readFileSync(path, 'utf8') }
}

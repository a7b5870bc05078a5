/**
 * `npm run docs:check [-- PAGE...]`: every `ts` block of the documentation compiles, those that are marked `run` run and
 * print what the page says, and no link leads nowhere.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { blocksOf } from './blocks.ts'
import { checkLinks } from './check-links.ts'
import { checkTypes, type Project, writeProject } from './check-types.ts'
import { filesOf } from './modules.ts'
import { documentationPages, type Page } from './pages.ts'
import { runBlocks } from './run-blocks.ts'
import { stepsOf, TUTORIAL } from './tutorial.ts'

mkdirSync('tmp', { recursive: true })
/** A folder of this run's own: several may run at once. */
const root = mkdtempSync(join('tmp', 'docs-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

process.env.PATH = resolve('node_modules/.bin') + delimiter + process.env.PATH

function projectOf(page: Page): Project {
  const folder = join(root, page.path.replace(/\.md$/, '').replaceAll('/', '-'))
  // A step of the tutorial goes on with the files of those before it.
  const sources = page.path.startsWith(TUTORIAL) ? stepsOf(page.path) : [page]
  return { folder, files: filesOf(sources.flatMap(({ path, text }) => blocksOf(path, text))) }
}

/** Reports the problems of one kind, and whether there were none. */
function report(kind: string, problems: readonly string[]): boolean {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${kind}`)
  for (const problem of problems) console.log(problem)
  return problems.length === 0
}

const given = process.argv.slice(2)
const pages = documentationPages().filter(({ path }) => given.length === 0 || given.includes(path))
const build = spawnSync('tsc', ['-b', ...globSync('packages/*/tsconfig.json')], { encoding: 'utf8' })
if (build.status !== 0) console.log('(not every package compiles: see npm run types)')

const projects = pages.map((page) => ({ page, project: projectOf(page) }))
for (const { project } of projects) writeProject(project)
const blocks = projects.reduce((sum, { project }) => sum + project.files.length, 0)
const results = [
  report(`${pages.length} pages, links`, checkLinks(pages)),
  report(
    `${blocks} files compile`,
    checkTypes(
      projects.map(({ project }) => project),
      root,
    ),
  ),
  report(
    'marked blocks run',
    projects.flatMap(({ page, project }) => runBlocks(project, blocksOf(page.path, page.text))),
  ),
]
process.exitCode = results.every((ok) => ok) ? 0 : 1

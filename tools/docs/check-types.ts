import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type PageFile, placeOf } from './modules.ts'

/** The files of one page, in a folder of their own. */
export interface Project {
  readonly folder: string
  readonly files: readonly PageFile[]
}

const OPTIONS = {
  noEmit: true,
  composite: false,
  declaration: false,
  declarationMap: false,
  sourceMap: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  rewriteRelativeImportExtensions: false,
  incremental: false,
  moduleDetection: 'force',
}

/** Puts a project's files where they can be compiled and run. */
export function writeProject({ folder, files }: Project): void {
  rmSync(folder, { recursive: true, force: true })
  for (const { path, text } of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}

/** A page that adds to types of everybody must not be compiled together with others. */
function declaresForAll({ files }: Project): boolean {
  return files.some(({ text }) => /^declare (module|global)\b/m.test(text))
}

function compile(config: string, projects: readonly Project[]): string[] {
  const paths = projects.flatMap(({ folder, files }) =>
    files.filter(({ path }) => path.endsWith('.ts')).map(({ path }) => resolve(folder, path)),
  )
  if (paths.length === 0) return []
  const base = relative(dirname(config), 'tsconfig.base.json')
  // Of the packages, their declarations are read: their sources have their own check.
  const references = globSync('packages/*/tsconfig.json').map((path) => ({ path: resolve(path) }))
  writeFileSync(config, JSON.stringify({ extends: base, compilerOptions: OPTIONS, files: paths, references }))
  const { stdout, status } = spawnSync('tsc', ['-p', config, '--pretty', 'false'], { encoding: 'utf8' })
  if (status === 0) return []
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => inPage(line, projects))
}

/** A message of the compiler, with the place in the page instead of the one in the file. */
function inPage(message: string, projects: readonly Project[]): string {
  const [, path, line, rest] = /^(\S+?)\((\d+),\d+\): (.*)$/.exec(message) ?? []
  if (path === undefined) return message
  for (const { folder, files } of projects) {
    const file = files.find((candidate) => resolve(folder, candidate.path) === resolve(path))
    if (file !== undefined) return `${placeOf(file, Number(line))}: ${rest}`
  }
  return message
}

/**
 * Compiles all projects.
 *
 * @param root - The folder that they are in.
 * @returns One line for each error.
 */
export function checkTypes(projects: readonly Project[], root: string): string[] {
  const alone = projects.filter(declaresForAll)
  const together = projects.filter((project) => !alone.includes(project))
  return [
    ...compile(resolve(root, 'tsconfig.pages.json'), together),
    ...alone.flatMap((project, index) => compile(resolve(root, `tsconfig.page-${index}.json`), [project])),
  ]
}

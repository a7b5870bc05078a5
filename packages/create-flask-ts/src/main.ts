import { relative } from 'node:path'
import { HELP, type NewProject, parseArguments } from './arguments.ts'
import { createProject } from './create-project.ts'
import { FolderInUseError, UsageError } from './errors.ts'

/** The program that started this one, as it tells in its user agent: `npm/11.0.0 node/v24.0.0 …`. */
function packageManager(): string {
  return /^(pnpm|yarn|bun)\b/.exec(process.env.npm_config_user_agent ?? '')?.[0] ?? 'npm'
}

function nextSteps(project: NewProject, current: string): string {
  const manager = packageManager()
  const place = relative(current, project.folder)
  const steps = [
    ...(place === '' ? [] : [`cd ${place}`]),
    `${manager} install`,
    `${manager} ${manager === 'npm' ? '' : 'run '}start`,
  ]
  return `Made ${project.name} (${project.template}) in ${project.folder}. Next:\n\n  ${steps.join('\n  ')}\n`
}

/**
 * The `create-flask-ts` command.
 *
 * @param args - What stands behind its name.
 * @returns The exit code: 0, 1 if the project cannot be made, 2 for a wrong command line.
 */
export function main(args: readonly string[], current = process.cwd()): number {
  try {
    const project = parseArguments(args, current)
    if (project !== undefined) createProject(project)
    process.stdout.write(project === undefined ? HELP : nextSteps(project, current))
    return 0
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FolderInUseError)) throw error
    process.stderr.write(`${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunSimpleOptions } from '@flask-ts/werkzeug/serving'
import type { Application, Middleware } from '@flask-ts/wsgi'
import { dotenvFiles, variablesOfDotenv } from '../cli/dotenv.ts'
import { AppContext } from '../context/app-context.ts'
import { lastActivity } from '../context/current.ts'

/** What the development server needs of the application. */
export interface ServedApp {
  readonly rootPath: string
  readonly templateFolder: string | null
  readonly staticFolder: string | null
  readonly blueprints: ReadonlyMap<string, object>
  wsgiApp: Application
  makeShellContext(): Record<string, unknown>
}

/** The folders of templates and static files of an application and its blueprints. */
function assetFolders(app: ServedApp): string[] {
  const owners = [app, ...app.blueprints.values()] as ServedApp[]
  return owners
    .flatMap((owner) => [
      owner.templateFolder === null ? '' : resolve(owner.rootPath, owner.templateFolder),
      owner.staticFolder ?? '',
    ])
    .filter((folder) => folder !== '' && existsSync(folder))
}

/** Evaluates in a frame as if its request were not over yet. */
function inContext<T>(work: () => Promise<T>): Promise<T> {
  const context = lastActivity()
  return context instanceof AppContext && !context.isActive ? context.run(work) : work()
}

/**
 * What Flask tells the development server beside what the author says.
 *
 * @param app - `undefined` in a process that only watches over the one that serves.
 */
export function developmentOptions(app: ServedApp | undefined, options: RunSimpleOptions): RunSimpleOptions {
  // A restarted program must read the files anew.
  const fromFiles = variablesOfDotenv()
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !fromFiles.has(name)))
  return {
    ...options,
    env,
    extraFiles: [...(options.extraFiles ?? []), ...dotenvFiles()],
    preload: [new URL('../index.ts', import.meta.url).href.replace(/\.ts$/, ending())],
    assetFolders: app === undefined ? [] : assetFolders(app),
    debugger: {
      templateScripts: 'jinja:',
      aroundEvaluation: inContext,
      consoleNames: () => app?.makeShellContext() ?? {},
      ...options.debugger,
    },
    ...(app === undefined
      ? {}
      : {
          installDebugger: (debug: Middleware) => {
            app.wsgiApp = debug(app.wsgiApp)
          },
        }),
  }
}

function ending(): string {
  return import.meta.url.endsWith('.js') ? '.js' : '.ts'
}

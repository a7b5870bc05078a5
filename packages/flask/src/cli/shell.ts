import { once } from 'node:events'
import { start } from 'node:repl'
import type { Flask } from '../app/app.ts'
import * as globals from '../globals.ts'

/**
 * Begins an interactive session with the application's context and names.
 *
 * @see https://flask.palletsprojects.com/shell/
 */
export async function runShell(app: Flask): Promise<void> {
  process.stdout.write(
    `Node ${process.version} on ${process.platform}\nApp: ${app.importName}\nInstance: ${app.instancePath}\n`,
  )
  await app.withAppContext(async () => {
    const { g, currentApp, request, session } = globals
    const repl = start({ prompt: '>>> ' })
    Object.assign(repl.context, { currentApp, request, session }, app.makeShellContext(), { g })
    await once(repl, 'exit')
  })
}

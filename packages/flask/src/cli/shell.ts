import { once } from 'node:events'
import { type REPLEval, start } from 'node:repl'
import type { Flask } from '../app/app.ts'
import { runWithin } from '../context/current.ts'
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
    const { g, currentApp, currentAppContext, request, session } = globals
    const context = currentAppContext()
    const repl = start({ prompt: '>>> ' })
    const evaluate: REPLEval = repl.eval
    // What is typed arrives from outside of any context, so each line is taken into that of the application.
    const evaluateWithin: REPLEval = (line, names, file, done) =>
      runWithin(context, () => evaluate.call(repl, line, names, file, done), undefined)
    Object.assign(repl, { eval: evaluateWithin })
    Object.assign(repl.context, { currentApp, request, session }, app.makeShellContext(), { g })
    await once(repl, 'exit')
  })
}

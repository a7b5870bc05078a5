/**
 * What a reloader loads into a server process before the program: `node --import <this file> program.ts`.
 *
 * It holds the program back until the reloader says so.
 */
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setReloaderLink } from './reloader-link.ts'
import type {
  GoMessage,
  ReloaderMessage,
  ServerProcessMessage,
  ServerProcessSetup,
} from './reloader-messages.ts'
import { SETUP_VARIABLE } from './reloader-messages.ts'

const setup: ServerProcessSetup = JSON.parse(process.env[SETUP_VARIABLE] ?? '{"preload":[],"debugger":false}')
delete process.env[SETUP_VARIABLE]

let started = false
const going = Promise.withResolvers<GoMessage>()
const assetListeners: (() => void)[] = []

function send(message: ServerProcessMessage): void {
  if (process.connected) process.send!(message)
}

function exitWhenLeftAlone(): void {
  process.exit(0)
}

function receive(message: ReloaderMessage): void {
  if (message.kind === 'go') going.resolve(message)
  else for (const listener of assetListeners) listener()
}

/** Files of the program: what comes from packages does not change while one works. */
function ownFile(url: string): string | undefined {
  return url.startsWith('file:') && !url.includes('/node_modules/') ? fileURLToPath(url) : undefined
}

function reportFiles(): void {
  let pending: string[] = []
  const report = (url: string): void => {
    const file = ownFile(url)
    if (file === undefined) return
    if (pending.length === 0) setImmediate(flush)
    pending.push(file)
  }
  const flush = (): void => {
    send({ kind: 'watch', files: pending })
    pending = []
  }
  registerHooks({
    resolve(specifier, context, next) {
      try {
        const result = next(specifier, context)
        report(result.url)
        return result
      } catch (error) {
        const { url } = error as { url?: unknown }
        if (typeof url === 'string') report(url)
        throw error
      }
    },
  })
}

async function uncaught(error: unknown): Promise<void> {
  const { showLoadError, textOf } = await import('./load-error.ts')
  process.stderr.write(`${textOf(error)}\n`)
  if (!started) {
    started = true
    await showLoadError(error, setup.debugger)
    return
  }
  send({ kind: 'crashed', text: textOf(error) })
  // The message must leave before the process does.
  setTimeout(() => process.exit(1), 20)
}

process.on('disconnect', exitWhenLeftAlone)
process.on('message', receive as (message: unknown) => void)
// Node keeps what it compiled on disk, and reads it in a third of the time.
enableCompileCache()
if (setup.debugger) {
  const { prepareDebugger } = await import('../debugger/prepare.ts')
  prepareDebugger({ instrument: setup.instrument })
  await import('../debugger/debugged-application.ts')
}
await Promise.all([import('./run-simple.ts'), import('./load-error.ts')])
for (const url of setup.preload) await import(url)
send({ kind: 'standby' })
// The next process profits even if this one is ended by force.
flushCompileCache()
const go = await going.promise
process.channel?.unref()
process.on('uncaughtException', (error) => void uncaught(error))
setReloaderLink({
  go,
  send,
  onAssetsChanged: (listener) => assetListeners.push(listener),
  ready(port, failed = false) {
    started = true
    send({ kind: 'ready', port, failed })
  },
})
reportFiles()
if (go.crash !== undefined) {
  const { CrashedProgramError, showLoadError } = await import('./load-error.ts')
  started = true
  await showLoadError(new CrashedProgramError(go.crash), setup.debugger)
  // The program itself is not loaded: it would crash again.
  await new Promise(() => {})
}

import { writeSync } from 'node:fs'
import { type Debugger, Session } from 'node:inspector'
import { parentPort, workerData } from 'node:worker_threads'
import { inFlightKey } from './in-flight.ts'
import { REPORT_DESCRIPTOR, type StuckReport } from './messages.ts'
import type { WatchdogData } from './watchdog.ts'

const { beats, patience } = workerData as WatchdogData
const counter = new Int32Array(beats)

/** How long the debugger may take to stop the main thread. One that is inside native code does not stop. */
const longestPause = 1000

// Connected while the main thread still answers: it must take part in that.
const session = new Session()
session.connectToMainThread()

/** Call frames name their scripts by number only. */
const urls = new Map<string, string>()
session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url))

function stackText(frames: readonly Debugger.CallFrame[]): string {
  return frames
    .slice(0, 40)
    .map(({ functionName, location }) => {
      const place = `${urls.get(location.scriptId) ?? ''}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`
      return `    at ${functionName === '' ? place : `${functionName} (${place})`}`
    })
    .join('\n')
}

const expression = `globalThis[Symbol.for(${JSON.stringify(inFlightKey)})]?.() ?? '[]'`

/** Stops the main thread, reads its stack and its requests, and lets it go on. */
function inspect(): Promise<Pick<StuckReport, 'stack' | 'requests'>> {
  const { promise, resolve } = Promise.withResolvers<Pick<StuckReport, 'stack' | 'requests'>>()
  const timer = setTimeout(() => resolve({ stack: undefined, requests: [] }), longestPause)
  session.once('Debugger.paused', ({ params }) => {
    const stack = stackText(params.callFrames)
    const callFrameId = params.callFrames[0]!.callFrameId
    session.post(
      'Debugger.evaluateOnCallFrame',
      { callFrameId, expression, returnByValue: true, silent: true },
      (error, answer) => {
        clearTimeout(timer)
        const text: unknown = error === null ? answer.result.value : '[]'
        session.post('Debugger.resume')
        session.post('Debugger.disable')
        resolve({ stack, requests: typeof text === 'string' ? JSON.parse(text) : [] })
      },
    )
  })
  session.post('Debugger.enable')
  session.post('Debugger.pause')
  return promise
}

let seen = -1
let since = performance.now()
let reported = false

async function look(): Promise<void> {
  const now = performance.now()
  const beat = Atomics.load(counter, 0)
  if (beat !== seen) {
    seen = beat
    since = now
    reported = false
    return
  }
  if (reported || now - since < patience) return
  reported = true
  const found = await inspect()
  const report: StuckReport = { delay: Math.round(performance.now() - since), ...found }
  writeSync(REPORT_DESCRIPTOR, `${JSON.stringify(report)}\n`)
}

setInterval(() => void look(), Math.max(20, Math.min(250, patience / 4)))
parentPort?.postMessage('watching')

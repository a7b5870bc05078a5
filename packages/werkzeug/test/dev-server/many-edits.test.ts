import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ServedProgram } from './served-program.ts'

const SERVING = import.meta.resolve('@flask-ts/werkzeug/serving')
/** `EDITS=200` for the long run. */
const EDITS = Number(process.env.EDITS ?? 10)

const PROGRAM = `
import { runSimple } from '${SERVING}'
import { text } from './text.ts'
await runSimple('127.0.0.1', 0, () => ({ status: 200, headers: [['Content-Type', 'text/plain']], body: text }), {
  useReloader: true,
  useDebugger: true,
})
`

function status(pid: number): { readonly handles: number; readonly memory: number } {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return { handles: readdirSync(`/proc/${pid}/fd`).length, memory: Number(kilobytes) / 1024 }
}

function children(pid: number): number {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((one) => one !== '').length
}

test(`${EDITS} edits in a row, with errors among them, leave nothing behind`, {
  timeout: 60_000 + EDITS * 4000,
}, async (t) => {
  await using served = new ServedProgram({ 'app.ts': PROGRAM, 'text.ts': "export const text = 'begin'" })
  served.start(['app.ts'])
  await served.getUntil('/', /^begin$/)
  const times: number[] = []
  let early = { handles: 0, memory: 0 }
  for (let edit = 1; edit <= EDITS; edit++) {
    const isBroken = edit % 5 === 0
    await served.eventually(() => (children(served.pid) === 2 ? true : undefined), 'a process that stands by')
    // What it costs to stand by is not part of a restart, nor is the load that other tests put on the machine.
    await new Promise((resolve) => setTimeout(resolve, EDITS > 50 ? 250 : 0))
    const start = performance.now()
    served.write('text.ts', isBroken ? `export const text = (${edit}` : `export const text = 'edit ${edit};'`)
    await served.getUntil('/', isBroken ? /SyntaxError/ : new RegExp(`^edit ${edit};$`))
    times.push(performance.now() - start)
    if (edit === 5) early = status(served.pid)
  }
  await served.eventually(() => (children(served.pid) === 2 ? true : undefined), 'the usual two processes')
  const late = status(served.pid)
  assert.ok(late.handles <= early.handles + 2, `${early.handles} handles became ${late.handles}`)
  assert.ok(late.memory < early.memory + 60, `${early.memory} MB became ${late.memory} MB`)
  const sorted = times.toSorted((a, b) => a - b)
  t.diagnostic(
    `milliseconds from save to answer: median ${sorted[EDITS >> 1]!.toFixed(0)}, 95 % ${sorted[Math.floor(EDITS * 0.95)]!.toFixed(0)};` +
      ` memory ${early.memory.toFixed(0)} to ${late.memory.toFixed(0)} MB, handles ${early.handles} to ${late.handles}`,
  )
})

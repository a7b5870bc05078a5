import { AsyncLocalStorage } from 'node:async_hooks'
import { inspectValue, type ValuePiece } from './inspect-value.ts'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'dir'] as const
const store = new AsyncLocalStorage<ValuePiece[][]>()
let installed = false

function lineOf(values: readonly unknown[]): ValuePiece[] {
  return values.flatMap((value, index): ValuePiece[] => {
    const pieces: ValuePiece[] = typeof value === 'string' ? [['', value]] : inspectValue(value)
    return index === 0 ? pieces : [['', ' '], ...pieces]
  })
}

function install(): void {
  if (installed) return
  installed = true
  for (const method of METHODS) {
    const original = console[method] as (...values: unknown[]) => void
    console[method] = (...values: unknown[]) => {
      store.getStore()?.push(lineOf(values))
      original.apply(console, values)
    }
  }
}

/** Calls a function, and keeps what it writes by `console` while it runs, also after an `await`. */
export function withConsoleOutput<T>(output: ValuePiece[][], work: () => T): T {
  install()
  return store.run(output, work)
}

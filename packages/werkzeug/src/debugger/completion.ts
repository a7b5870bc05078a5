import { CONSOLE_HELPERS } from './console-source.ts'
import type { FrameConsole } from './frame-console.ts'

/** What could stand at the end of an input. */
export interface Completion {
  /** Where the word begins that is to be replaced. */
  readonly from: number
  readonly items: readonly string[]
}

const MAX_ITEMS = 100
/** Members that everything has are of no help unless they are asked for. */
const EVERYWHERE = new Set(Object.getOwnPropertyNames(Object.prototype))
const WORD = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

function memberNames(value: unknown): string[] {
  const names = new Set<string>()
  const start: object | null = value === null || value === undefined ? null : Object(value)
  for (let at = start; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Object.getOwnPropertyNames(at)) if (WORD.test(name)) names.add(name)
  }
  return [...names]
}

/**
 * Completes the last word of an input.
 *
 * @param names - What can be seen in the frame.
 */
export function complete(typed: string, console: FrameConsole, names: readonly string[]): Completion {
  const [, base, word = ''] = /(?:((?:[\w$]+|this)(?:\??\.#?[\w$]+)*)\??\.)?([\w$]*)$/.exec(typed) ?? []
  const from = typed.length - word.length
  if (base === undefined && word === '') return { from, items: [] }
  let candidates: string[]
  try {
    candidates =
      base === undefined
        ? [
            ...names,
            ...CONSOLE_HELPERS.filter((name) => name.length > 1),
            'this',
            'await',
            ...memberNames(globalThis),
          ]
        : memberNames(console.peek(base))
  } catch {
    // The base does not exist, or throws: there is nothing to offer.
    return { from, items: [] }
  }
  const items = [...new Set(candidates)].filter(
    (name) => name.startsWith(word) && name !== word && (word !== '' || !EVERYWHERE.has(name)),
  )
  return { from, items: items.slice(0, MAX_ITEMS) }
}

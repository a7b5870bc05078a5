import { type InspectOptions, inspect } from 'node:util'

/** A piece of inspected text, and what it is: `string`, `number`... */
export type ValuePiece = readonly [kind: string, text: string]

const KINDS: Readonly<Record<string, string>> = {
  '1': 'strong',
  '90': 'dim',
  '32': 'string',
  '33': 'number',
  '36': 'special',
  '35': 'date',
  '31': 'regexp',
  '4': 'module',
}

const STYLE = /\x1b\[(\d+)m/

/** Splits text that is coloured for a terminal into pieces. */
function piecesOf(text: string): ValuePiece[] {
  const parts = text.split(STYLE)
  const pieces: ValuePiece[] = []
  let kind = ''
  for (let at = 0; at < parts.length; at++) {
    if (at % 2 === 1) kind = KINDS[parts[at]!] ?? ''
    // What commands a terminal is not shown in a page.
    else if (parts[at] !== '') pieces.push([kind, parts[at]!.replace(/\x1b/g, '␛')])
  }
  return pieces
}

/** Inspecting runs code of the value's class, which can throw. */
function safely(value: unknown, options: InspectOptions): string {
  try {
    return inspect(value, { getters: false, maxStringLength: 4000, maxArrayLength: 60, ...options })
  } catch (error) {
    return `<cannot be shown: ${error instanceof Error ? error.message : String(error)}>`
  }
}

/** A value in pieces, for the output of a console. */
export function inspectValue(value: unknown): ValuePiece[] {
  return piecesOf(safely(value, { depth: 2, colors: true }))
}

/** A value in little text, for a list of variables. */
export function summarizeValue(value: unknown): string {
  if (typeof value === 'function') return summarizeFunction(value)
  if (value instanceof Error) return `${value.name}: ${value.message}`
  return (
    ownDescription(value) ??
    safely(value, { depth: 1, breakLength: 100, maxStringLength: 500, maxArrayLength: 20 })
  )
}

/** What objects of the framework say of themselves, such as `<Request 'http://localhost/' [GET]>`. */
function ownDescription(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    const text = value.toString === Object.prototype.toString ? '' : String(value)
    return /^<\w.*>$/.test(text) ? text : undefined
  } catch {
    // An object without a prototype, or a proxy of something that is over.
    return undefined
  }
}

function summarizeFunction(value: { readonly name: string }): string {
  const text = safely(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY })
  return text.length > 200 ? `[Function: ${String(value.name)}]` : text
}

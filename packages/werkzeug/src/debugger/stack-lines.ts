import { pathOf } from './script-kinds.ts'

/** One line of an error's `stack`. */
export interface StackLine {
  readonly functionName: string
  /** A path, or an address such as `node:internal/...`. */
  readonly file: string
  readonly line: number
  /** From 1; 0 if the line does not tell. */
  readonly column: number
  readonly isAsync: boolean
}

const LINE = /^\s*at (async )?(?:(.+?) \()?((?:[a-z][\w-]*:)?[^()]*?):(\d+)(?::(\d+))?\)?$/

/** Reads the frames that a `stack` names. */
export function parseStack(stack: unknown): StackLine[] {
  if (typeof stack !== 'string') return []
  return stack.split('\n').flatMap((text): StackLine[] => {
    const match = LINE.exec(text)
    if (match === null) return []
    const [, isAsync, name = '<anonymous>', file, line, column] = match
    return [
      {
        functionName: name,
        file: pathOf(file!),
        line: Number(line),
        column: Number(column ?? 0),
        isAsync: isAsync !== undefined,
      },
    ]
  })
}

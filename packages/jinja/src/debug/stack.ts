import type { LineTable } from '../runtime/compiled-module.ts'

/** The code of a compiled template, as far as stack traces need to know of it. */
export interface TemplateCode {
  readonly name: string | null
  readonly filename: string | null
  readonly lines: LineTable
}

/** A place in a template through which an error came. */
export interface TemplateFrame {
  readonly name: string | null
  readonly filename: string | null
  /** The line in the template, from 1. */
  readonly lineno: number
  /** What was running: `top-level template code`, `block 'x'` or `template code`. */
  readonly where: string
}

const codes = new Map<string, WeakRef<TemplateCode>>()
const forgotten = new FinalizationRegistry<string>((url) => codes.delete(url))
const rewritten = new WeakMap<object, readonly TemplateFrame[]>()

/** Makes the code behind an address known; it is forgotten when `code` is no longer used by anybody. */
export function registerCode(url: string, code: TemplateCode): void {
  codes.set(url, new WeakRef(code))
  forgotten.register(code, url)
}

/** The line of the template that a line of its code comes from. */
function templateLine(lines: LineTable, codeLine: number): number {
  let result = 1
  for (const [template, code] of lines) {
    if (code > codeLine) break
    result = template
  }
  return result
}

const frameLine = /^(\s*at )(?:async )?(?:(.*?) \()?(\S+?):(\d+):\d+\)?$/

function describe(name: string | undefined): string {
  if (name === undefined) return 'template code'
  const last = name.split('.').at(-1) as string
  if (last === 'root') return 'top-level template code'
  return last.startsWith('b_') ? `block '${last.slice(2)}'` : 'template code'
}

function parseFrame(line: string): TemplateFrame | null {
  const match = frameLine.exec(line)
  const code = match === null ? undefined : codes.get(match[3] as string)?.deref()
  if (match === null || code === undefined) return null
  const { name, filename } = code
  return { name, filename, lineno: templateLine(code.lines, Number(match[4])), where: describe(match[2]) }
}

/** The places in templates through which an error came, the innermost first. */
export function templateFrames(error: unknown): readonly TemplateFrame[] {
  if (typeof error !== 'object' || error === null) return []
  const known = rewritten.get(error)
  if (known !== undefined) return known
  const { stack } = error as { stack?: unknown }
  if (typeof stack !== 'string') return []
  return stack.split('\n').flatMap((line) => parseFrame(line) ?? [])
}

/**
 * Makes an error's stack name templates and their lines where it named compiled code.
 *
 * @returns The same error.
 */
export function rewriteStack(error: unknown): unknown {
  if (!(error instanceof Error) || typeof error.stack !== 'string' || rewritten.has(error)) return error
  const frames: TemplateFrame[] = []
  const lines = error.stack.split('\n').map((line) => {
    const frame = parseFrame(line)
    if (frame === null) return line
    frames.push(frame)
    return `    at ${frame.where} (${frame.filename ?? frame.name ?? '<template>'}:${frame.lineno})`
  })
  if (frames.length === 0) return error
  rewritten.set(error, frames)
  Object.defineProperty(error, 'stack', { value: lines.join('\n'), writable: true, configurable: true })
  return error
}

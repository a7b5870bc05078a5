import { awaitingFrames } from './awaited.ts'
import type { Capture } from './capture.ts'
import type { CapturedFrame } from './evaluator.ts'
import { isProgramFile } from './script-kinds.ts'
import { parseStack, type StackLine } from './stack-lines.ts'
import { placeOfSyntaxError } from './syntax-error-place.ts'
import type { FrameScope, TraceFrame } from './trace-frame.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const SCRIPT = /\.(?:[cm]?[jt]sx?|node|wasm)$/

function kindOf(file: string): TraceFrame['kind'] {
  if (file.startsWith('node:') || file === '') return 'library'
  if (!SCRIPT.test(file)) return 'template'
  return isProgramFile(file) ? 'program' : 'library'
}

function bareName(name: string): string {
  return name
    .replace(/ \[as .*\]$/, '')
    .replace(/^(?:async |new )/, '')
    .split('.')
    .at(-1)!
}

function frameOfLine(line: StackLine): Mutable<TraceFrame> {
  const { file, functionName, column, isAsync } = line
  return { kind: kindOf(file), functionName, file, line: line.line, column, isAsync, scope: undefined }
}

function scopeOf({ evaluate, within }: CapturedFrame): FrameScope {
  return { evaluate, within }
}

function frameOfCapture(frame: CapturedFrame): TraceFrame {
  const { file, line, column } = frame.place
  const functionName = frame.functionName || '<anonymous>'
  return { kind: 'program', functionName, file, line, column, isAsync: false, scope: scopeOf(frame) }
}

/** Whether a line of the stack and a kept frame are the same call. Columns differ: `throw` and `new` are two places. */
function isSameCall(frame: TraceFrame, captured: CapturedFrame): boolean {
  if (frame.scope !== undefined || frame.file !== captured.place.file) return false
  return frame.line === captured.place.line || bareName(frame.functionName) === captured.functionName
}

/** Gives the frames of the stack their scopes; kept frames that the stack does not name are put in between. */
function joinCaptured(
  frames: Mutable<TraceFrame>[],
  captured: readonly CapturedFrame[],
  templates: string,
): void {
  let at = 0
  for (const one of captured) {
    const isTemplate = one.url.startsWith(templates)
    const found = frames.findIndex(
      (frame, index) =>
        index >= at &&
        (isTemplate ? frame.kind === 'template' && frame.scope === undefined : isSameCall(frame, one)),
    )
    if (found >= 0) {
      const generated = { scriptId: one.scriptId, line: one.runningLine, column: one.runningColumn }
      frames[found]!.scope = isTemplate ? { ...scopeOf(one), generated } : scopeOf(one)
      at = found + 1
    } else if (!isTemplate) {
      frames.splice(at, 0, frameOfCapture(one))
      at++
    }
  }
}

/** Adds those who waited: their part of the stack is not there, because their code was changed. */
function joinAwaiting(frames: Mutable<TraceFrame>[], error: unknown): void {
  for (const { file, line, column, functionName, evaluate, within } of awaitingFrames(error)) {
    const scope: FrameScope = { evaluate, within }
    const known = frames.find((frame) => frame.file === file && frame.line === line)
    if (known !== undefined) known.scope ??= scope
    else frames.push({ kind: kindOf(file), functionName, file, line, column, isAsync: true, scope })
  }
}

/** Frames in front of the stack: where a file or template is wrong that could not be parsed. */
function placeFrames(error: unknown): Mutable<TraceFrame>[] {
  const place = placeOfSyntaxError(error)
  if (place === undefined) return []
  return [{ kind: kindOf(place.file), functionName: place.what, ...place, isAsync: false, scope: undefined }]
}

/** Functions that the compiler adds before the first line of a template say nothing to its author. */
function isTemplateHelper(frame: TraceFrame, caller: TraceFrame | undefined): boolean {
  if (frame.kind !== 'template' || frame.line !== 1 || frame.functionName !== 'template code') return false
  return caller?.kind === 'template' && caller.file === frame.file
}

/**
 * The frames of a thrown value, the innermost first: those of its stack with the scopes that were kept, and the
 * functions that waited for it.
 *
 * @param templates - The beginning of the addresses of compiled templates.
 */
export function traceFrames(error: unknown, capture: Capture | undefined, templates: string): TraceFrame[] {
  const stack = (error as { stack?: unknown } | null | undefined)?.stack
  const frames = parseStack(stack).map(frameOfLine)
  joinCaptured(frames, capture?.framesOf(error) ?? [], templates)
  joinAwaiting(frames, error)
  while (frames.length > 0 && frames.at(-1)!.file.startsWith('node:')) frames.pop()
  return [...placeFrames(error), ...frames.filter((frame, at) => !isTemplateHelper(frame, frames[at + 1]))]
}

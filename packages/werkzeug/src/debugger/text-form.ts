import type { ErrorReport, ReportError, ReportFrame } from './report.ts'
import { shortPath } from './short-path.ts'

function frameText(frame: ReportFrame): string {
  const { functionName, file, line, column, excerpt, isAsync } = frame
  const place = `${shortPath(file)}:${line}${column > 0 ? `:${column}` : ''}`
  const head = `    at ${isAsync ? 'async ' : ''}${functionName} (${place})`
  const code = excerpt?.lines[line - excerpt.first]?.trim()
  return frame.kind === 'library' || code === undefined || code === '' ? head : `${head}\n         ${code}`
}

/** Runs of more library frames than these are folded in the terminal. */
const MAX_RUN = 3

function foldedFrames(frames: readonly ReportFrame[]): string[] {
  const lines: string[] = []
  for (let at = 0; at < frames.length; at++) {
    let end = at
    while (frames[end]?.kind === 'library') end++
    lines.push(frameText(frames[at]!))
    if (end - at <= MAX_RUN) continue
    lines.push(`    ... ${end - at - 1} more frames of libraries`)
    at = end - 1
  }
  return lines
}

function errorText(error: ReportError, isFolded: boolean): string {
  const { relation, name, message, frames } = error
  const title = `${relation === '' ? '' : `${relation}: `}${name}${message === '' ? '' : `: ${message}`}`
  return [title, ...(isFolded ? foldedFrames(frames) : frames.map(frameText))].join('\n')
}

/** A report as plain text: for copying, and for clients that show no HTML. */
export function reportAsText(report: ErrorReport): string {
  return `${report.errors.map((error) => errorText(error, false)).join('\n\n')}\n`
}

/** A report for the terminal, in which the frames of libraries are folded. */
export function reportForTerminal(report: ErrorReport): string {
  return `${report.errors.map((error) => errorText(error, true)).join('\n\n')}\n`
}

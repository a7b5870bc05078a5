import type { ErrorReport, ReportError, ReportFrame } from './report.ts'
import { shortPath } from './short-path.ts'

function frameText(frame: ReportFrame): string {
  const { functionName, file, line, column, excerpt, isAsync } = frame
  const place = `${shortPath(file)}:${line}${column > 0 ? `:${column}` : ''}`
  const head = `    at ${isAsync ? 'async ' : ''}${functionName} (${place})`
  const code = excerpt?.lines[line - excerpt.first]?.trim()
  return frame.kind === 'library' || code === undefined || code === '' ? head : `${head}\n         ${code}`
}

function errorText({ relation, name, message, frames }: ReportError): string {
  const title = `${relation === '' ? '' : `${relation}: `}${name}${message === '' ? '' : `: ${message}`}`
  return [title, ...frames.map(frameText)].join('\n')
}

/** A report as plain text: for terminals, for copying, and for clients that show no HTML. */
export function reportAsText(report: ErrorReport): string {
  return `${report.errors.map(errorText).join('\n\n')}\n`
}

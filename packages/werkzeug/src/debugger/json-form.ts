import type { ErrorReport, ReportError } from './report.ts'
import { shortPath } from './short-path.ts'

function errorObject({ relation, name, message, frames }: ReportError): Readonly<Record<string, unknown>> {
  return {
    ...(relation === '' ? {} : { relation }),
    type: name,
    message,
    frames: frames.map(({ functionName, file, line, column, kind, excerpt }) => ({
      function: functionName,
      file: shortPath(file),
      line,
      ...(column > 0 ? { column } : {}),
      kind,
      ...(excerpt === undefined ? {} : { code: excerpt.lines[line - excerpt.first]?.trim() }),
    })),
  }
}

/**
 * A report for programs.
 *
 * @param page - Where a browser can look at it.
 */
export function reportAsJson(report: ErrorReport, page: string): string {
  const [first, ...others] = report.errors.map(errorObject)
  return `${JSON.stringify({ error: { ...first, ...(others.length > 0 ? { others } : {}) }, debugger: page }, null, 2)}\n`
}

import { extname } from 'node:path'
import type { ErrorReport, ReportError, ReportFrame } from './report.ts'
import { shortPath } from './short-path.ts'

/** A fence that the text itself does not contain. */
function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

function frameMarkdown(frame: ReportFrame): string {
  const { excerpt, line, file, functionName, variables } = frame
  const parts = [`### \`${functionName}\` at ${shortPath(file)}:${line}`]
  if (excerpt !== undefined) {
    const width = String(excerpt.first + excerpt.lines.length).length
    const lines = excerpt.lines.map((text, at) => {
      const number = excerpt.first + at
      return `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`
    })
    parts.push(fenced(lines.join('\n'), extname(file).slice(1)))
  }
  if (variables.length > 0) {
    parts.push(`Locals:\n\n${fenced(variables.map(({ name, value }) => `${name} = ${value}`).join('\n'))}`)
  }
  return parts.join('\n\n')
}

function errorMarkdown({ relation, name, message, frames, details }: ReportError): string {
  const shown = frames.filter(({ kind }) => kind !== 'library')
  const folded = frames.filter(({ kind }) => kind === 'library').length
  const title = relation === '' ? `# ${name}` : `# ${relation}: ${name}`
  return [
    title,
    ...(message === '' ? [] : [fenced(message)]),
    ...(details.length === 0 ? [] : [fenced(details.map((one) => `${one.name} = ${one.value}`).join('\n'))]),
    ...shown.map(frameMarkdown),
    ...(folded === 0 ? [] : [`(${folded} ${folded === 1 ? 'frame' : 'frames'} of libraries left out)`]),
  ].join('\n\n')
}

/** A report for pasting somewhere: frames with source and variables, the request; secrets are hidden. */
export function reportAsMarkdown(report: ErrorReport): string {
  const { method, url, headers } = report.request
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  const request = `## Request\n\n${fenced(`${method} ${url}\n${lines}`, 'http')}`
  const versions = `## Versions\n\nNode ${process.versions.node}, ${process.platform} ${process.arch}`
  return `${[...report.errors.map(errorMarkdown), request, versions].join('\n\n')}\n`
}

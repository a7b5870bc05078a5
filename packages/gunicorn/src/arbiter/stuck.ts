import type { StuckReport } from '../worker/messages.ts'

/** What the error log says of a worker that is killed for its silence. */
export function describeStuck(pid: number, silence: number, report: StuckReport | undefined): string {
  const lines = [`WORKER TIMEOUT (pid:${pid}): no sign of life for ${(silence / 1000).toFixed(1)} s`]
  if (report === undefined) {
    lines.push('Its watchdog is silent too: the process is stopped, or starved of processor time.')
    return lines.join('\n')
  }
  lines.push(`The event loop has been stuck for ${(report.delay / 1000).toFixed(1)} s.`)
  if (report.requests.length > 0) {
    lines.push('Requests in flight, the latest first:', ...report.requests.map((request) => `    ${request}`))
  } else {
    lines.push('No request was in flight.')
  }
  if (report.stack === undefined) {
    lines.push('Its JavaScript stack cannot be read: it is inside native code (a synchronous system call?).')
  } else {
    lines.push('It was here:', report.stack)
  }
  return lines.join('\n')
}

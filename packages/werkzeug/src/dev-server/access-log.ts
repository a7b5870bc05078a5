import { displayUri } from '../urls/iri.ts'
import { InvalidUrl } from '../urls/split.ts'
import { type AnsiStyle, styled } from './ansi.ts'

/** What a line of the access log tells. */
export interface AccessEntry {
  readonly remote: string
  readonly method: string
  readonly target: string
  readonly protocol: string
  readonly status: number
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function logTime(now: Date): string {
  const day = `${two(now.getDate())}/${MONTHS[now.getMonth()]}/${now.getFullYear()}`
  return `${day} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`
}

function stylesOf(status: number): readonly AnsiStyle[] {
  if (status < 200) return ['bold']
  if (status === 304) return ['cyan']
  if (status < 300) return []
  if (status < 400) return ['green']
  if (status === 404) return ['yellow']
  return status < 500 ? ['bold', 'red'] : ['bold', 'magenta']
}

/** Control characters of a decoded path could command the terminal. */
function withoutControls(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replace(/[\0-\x1f\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** The target as people read it; one that is no address is shown as it was sent. */
function readable(target: string): string {
  try {
    return displayUri(target)
  } catch (error) {
    if (error instanceof InvalidUrl) return target
    throw error
  }
}

/**
 * One line of the access log, as Werkzeug's development server writes it.
 *
 * @param now - The time that the line states, in the zone of the machine.
 */
export function accessLine(entry: AccessEntry, now: Date): string {
  const request = withoutControls(`${entry.method} ${readable(entry.target)} ${entry.protocol}`)
  const shown = styled(request, ...stylesOf(entry.status))
  return `${entry.remote} - - [${logTime(now)}] "${shown}" ${entry.status} -`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

function zone(date: Date): string {
  const minutes = -date.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}${two(size % 60)}`
}

function clock(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `[2026-11-23 06:40:00 +0000]`, as the error log has it. */
export function errorLogDate(date: Date): string {
  return `[${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(date)} ${zone(date)}]`
}

let lastSecond = -1
let lastText = ''

/** `[23/Nov/2026:06:40:00 +0000]`, as the access log has it. Made once a second: a busy worker asks often. */
export function accessLogDate(time: number): string {
  const second = Math.trunc(time / 1000)
  if (second === lastSecond) return lastText
  const date = new Date(time)
  lastSecond = second
  lastText = `[${two(date.getDate())}/${months[date.getMonth()]}/${date.getFullYear()}:${clock(date)} ${zone(date)}]`
  return lastText
}

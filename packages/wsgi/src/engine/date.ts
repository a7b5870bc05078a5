let text = ''

function forget(): void {
  text = ''
}

/**
 * The present moment as an HTTP date (RFC 9110, 5.6.7). It is made once a second, and forgotten at the second's end by
 * a timer, so that a response need not even ask for the time.
 */
export function httpDate(): string {
  if (text === '') {
    const now = Date.now()
    text = new Date(now).toUTCString()
    setTimeout(forget, 1000 - (now % 1000)).unref()
  }
  return text
}

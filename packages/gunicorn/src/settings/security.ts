import { count } from './kind.ts'
import { setting } from './setting.ts'

/** Gunicorn's chapter "Security". */
export const security = {
  limit_request_line: setting({
    flags: ['--limit-request-line'],
    kind: count,
    default: 4094,
    words: 'The longest request line in bytes; 0 for no limit. Beyond it the answer is 414.',
  }),
  limit_request_fields: setting({
    flags: ['--limit-request-fields'],
    kind: count,
    default: 100,
    words: 'The most header fields of a request; at most 32768. Beyond it the answer is 431.',
  }),
  limit_request_field_size: setting({
    flags: ['--limit-request-field_size', '--limit-request-field-size'],
    kind: count,
    default: 8190,
    words: 'The largest header field in bytes; 0 for no limit. Beyond it the answer is 431.',
  }),
} as const

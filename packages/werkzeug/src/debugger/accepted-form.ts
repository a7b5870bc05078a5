import type { Environ } from '@flask-ts/wsgi'
import { Request } from '../wrappers/request.ts'

/** The forms that an error is told in. */
export type ReportForm = 'html' | 'text' | 'json' | 'markdown'

const FORMS: Readonly<Record<string, ReportForm>> = {
  // The first one is for clients that take anything: they are programs, and show what they get as it is.
  'text/plain': 'text',
  'text/html': 'html',
  'application/json': 'json',
  'text/markdown': 'markdown',
}

/** The form that a client wants. */
export function acceptedForm(environ: Environ): ReportForm {
  const accepted = new Request(environ).acceptMimetypes
  const best = accepted.bestMatch(Object.keys(FORMS))
  return best === undefined || best === null ? 'text' : FORMS[best]!
}

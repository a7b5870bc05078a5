import { requireRequestContext } from './context/require.ts'
import { announce } from './signals/announce.ts'
import { messageFlashed } from './signals/flask-signals.ts'
import { tuple } from './tuple.ts'

const KEY = '_flashes'

/** What `getFlashedMessages` selects. */
export interface FlashedMessagesOptions {
  /** Gives pairs of category and message. */
  readonly withCategories?: boolean
  /** Only these categories; all unless given. */
  readonly categoryFilter?: readonly string[]
}

/**
 * Keeps a message for the next page that the client sees.
 *
 * @param category - Such as `message`, `error`, `info` or `warning`.
 * @see https://flask.palletsprojects.com/api/#flask.flash
 */
export function flash(message: unknown, category = 'message'): void {
  const { app, session } = requireRequestContext()
  // A new list each time: the session notices only what is assigned.
  const flashes = [...((session.get(KEY) as unknown[] | undefined) ?? []), tuple(category, message)]
  session.set(KEY, flashes)
  announce(messageFlashed, app, { message, category })
}

/**
 * Takes the kept messages out of the session. Further calls in the same request give the same messages.
 *
 * @see https://flask.palletsprojects.com/api/#flask.get_flashed_messages
 */
export function getFlashedMessages(
  options: FlashedMessagesOptions & { readonly withCategories: true },
): [category: string, message: unknown][]
export function getFlashedMessages(options?: FlashedMessagesOptions): unknown[]
export function getFlashedMessages(options: FlashedMessagesOptions = {}): unknown[] {
  const context = requireRequestContext()
  if (context.flashes === null) {
    const { session } = context
    context.flashes = (session.get(KEY) as [string, unknown][] | undefined) ?? []
    if (session.has(KEY)) session.delete(KEY)
  }
  const { categoryFilter, withCategories } = options
  const wanted = categoryFilter?.length
    ? context.flashes.filter(([category]) => categoryFilter.includes(category))
    : context.flashes
  return withCategories ? wanted : wanted.map(([, message]) => message)
}

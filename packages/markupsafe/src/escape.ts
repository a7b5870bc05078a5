import { Markup } from './markup.ts'

/**
 * Makes safe markup of any value.
 *
 * @param value Text, or anything that prints as text; markup, and whatever has `__html__()`, is left as it is.
 */
export function escape(value: unknown): Markup {
  return Markup.escape(value)
}

/** Like {@link escape}, but null and undefined give empty markup. */
export function escapeSilent(value: unknown): Markup {
  return value === null || value === undefined ? new Markup() : Markup.escape(value)
}

/** The value itself if it is text or markup, else what it prints as: keeps markup from becoming plain text. */
export function softStr(value: unknown): string | Markup {
  return typeof value === 'string' || value instanceof Markup ? value : String(value)
}

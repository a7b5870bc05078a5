/** Whatever knows its own safe HTML. */
export interface HasHtml {
  /** The value as HTML that needs no escaping. */
  __html__(): string
}

/** Whether a value brings its own safe HTML. */
export function hasHtml(value: unknown): value is HasHtml {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    typeof (value as Partial<HasHtml>).__html__ === 'function'
  )
}

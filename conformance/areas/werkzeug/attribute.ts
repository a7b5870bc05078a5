/** Python's builtin exceptions, for which it is enough that something is thrown. */
const pythonErrors = /^(?:Value|Type|Key|Index|Lookup|Attribute|Assertion|Runtime|Unicode\w*)Error$/

/**
 * The value of an attribute, or the error that reading it throws, in the terms of the corpora.
 *
 * @param read - Reads it.
 * @param expected - What the corpus expects.
 */
export function attribute(read: () => unknown, expected: unknown): unknown {
  try {
    return read()
  } catch (error) {
    const wanted = (expected as { readonly error?: unknown } | null)?.error
    if (typeof wanted === 'string' && pythonErrors.test(wanted)) return expected
    return { error: (error as Error).constructor.name }
  }
}

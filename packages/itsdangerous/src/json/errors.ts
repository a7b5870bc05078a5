/** A value that JSON cannot carry. */
export class JsonTypeError extends TypeError {
  override readonly name = 'JsonTypeError'
}

/** A value that contains itself, or is nested too deeply. */
export class JsonDepthError extends RangeError {
  override readonly name = 'JsonDepthError'
}

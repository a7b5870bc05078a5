/** Reads JSON: what a request or response needs of a JSON library. */
export interface JsonModule {
  /**
   * Reads a JSON text.
   *
   * @throws SyntaxError Or another error, if it is not JSON.
   */
  loads(text: string): unknown
}

/** JavaScript's own JSON. */
export const plainJson: JsonModule = { loads: (text) => JSON.parse(text) }

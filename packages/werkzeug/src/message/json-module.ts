/** Reads JSON: what a request or response needs of a JSON library. */
export interface JsonModule {
  /**
   * Reads JSON: a text, or the bytes of one.
   *
   * @throws SyntaxError Or another error, if it is not JSON.
   */
  loads(source: string | Uint8Array): unknown
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** JavaScript's own JSON, in UTF-8. */
export const plainJson: JsonModule = {
  loads: (source) => JSON.parse(typeof source === 'string' ? source : strictUtf8.decode(source)),
}

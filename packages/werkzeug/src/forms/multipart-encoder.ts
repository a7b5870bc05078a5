import type { MultipartEvent } from './multipart-events.ts'

/** The events of a multipart body come in an order that makes no sense. */
export class MultipartOrderError extends Error {
  override readonly name = 'MultipartOrderError'
}

type State = 'preamble' | 'part' | 'dataStart' | 'data' | 'complete'

/** Puts a multipart body together from its events. */
export class MultipartEncoder {
  readonly boundary: string
  #state: State = 'preamble'

  constructor(boundary: string) {
    this.boundary = boundary
  }

  /**
   * The bytes of one event.
   *
   * @throws MultipartOrderError if it cannot stand here.
   */
  sendEvent(event: MultipartEvent): Buffer {
    const state = this.#state
    if (event.type === 'preamble' && state === 'preamble') {
      this.#state = 'part'
      return Buffer.from(event.data)
    }
    if ((event.type === 'field' || event.type === 'file') && state !== 'dataStart' && state !== 'complete') {
      this.#state = 'dataStart'
      let head = `\r\n--${this.boundary}\r\nContent-Disposition: form-data; name="${event.name}"`
      if (event.type === 'file') head += `; filename="${event.filename}"`
      head += '\r\n'
      for (const [name, value] of event.headers) {
        if (name.toLowerCase() !== 'content-disposition') head += `${name}: ${value}\r\n`
      }
      return Buffer.from(head)
    }
    if (event.type === 'data' && (state === 'dataStart' || state === 'data')) {
      this.#state = 'data'
      if (state === 'data' || event.data.length === 0) return Buffer.from(event.data)
      return Buffer.concat([Buffer.from('\r\n'), event.data])
    }
    if (event.type === 'epilogue') {
      this.#state = 'complete'
      return Buffer.concat([Buffer.from(`\r\n--${this.boundary}--\r\n`), event.data])
    }
    throw new MultipartOrderError(`a multipart body cannot have '${event.type}' while it is in '${state}'`)
  }
}

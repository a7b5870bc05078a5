import type { Ends } from './ends.ts'
import type { Engine } from './engine.ts'
import { frame } from './framing.ts'
import { INCOMPLETE } from './head-lines.ts'
import { HeadScanner } from './head-scanner.ts'
import type { Input } from './input.ts'
import { readProxyHeader } from './proxy-protocol.ts'
import { makeRequestHead, type RequestHead } from './request-head.ts'

/** Reads the heads of one connection's requests out of its input. */
export class RequestReader {
  readonly #engine: Engine
  readonly #input: Input
  readonly #ends: Ends
  #scanner: HeadScanner | undefined
  #awaitsProxy: boolean

  constructor(engine: Engine, input: Input, ends: Ends, awaitsProxy: boolean) {
    this.#engine = engine
    this.#input = input
    this.#ends = ends
    this.#awaitsProxy = awaitsProxy
  }

  /**
   * The next head, after which the input stands at its body.
   *
   * @returns `undefined` if it is not there whole.
   * @throws RequestRefused
   */
  read(): RequestHead | undefined {
    const input = this.#input
    const engine = this.#engine
    if (this.#awaitsProxy && !this.#readProxy()) return undefined
    let scanner = this.#scanner
    if (scanner === undefined) {
      scanner = engine.scanner
      scanner.reset()
    }
    const end = scanner.scan(input.bytes, input.at, input.end)
    if (end === INCOMPLETE) {
      this.#keep(scanner)
      return undefined
    }
    this.#scanner = undefined
    const length = frame(scanner, engine.limits)
    const head = makeRequestHead(scanner, input.bytes, input.at, end, length)
    input.at = end
    return head
  }

  /** A head in pieces needs a scanner of its own until it is complete. */
  #keep(scanner: HeadScanner): void {
    if (this.#scanner !== undefined) return
    this.#scanner = scanner
    this.#engine.scanner = new HeadScanner(this.#engine.limits)
  }

  #readProxy(): boolean {
    const input = this.#input
    const header = readProxyHeader(input.bytes, input.at, input.end)
    if (header === undefined) return false
    this.#awaitsProxy = false
    input.at += header.size
    this.#ends.proxy = header
    return input.size > 0
  }
}

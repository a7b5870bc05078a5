import { objectTypeRepr } from '../python/kinds.ts'
import { print, repr } from '../python/print.ts'
import { PY_STR } from '../python/protocol.ts'
import { Undefined } from './undefined.ts'

/** An undefined value that prints as the expression that was not there. */
export class DebugUndefined extends Undefined {
  override [PY_STR](): string {
    return `{{ ${this.#message()} }}`
  }

  #message(): string {
    if (this.undefinedHint) return `undefined value printed: ${this.undefinedHint}`
    if (this.undefinedObj === undefined) return print(this.undefinedName)
    return `no such element: ${objectTypeRepr(this.undefinedObj)}[${repr(this.undefinedName)}]`
  }
}

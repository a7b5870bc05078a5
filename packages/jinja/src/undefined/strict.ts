import { PY_BOOL, PY_CONTAINS, PY_EQ, PY_HASH, PY_LEN, PY_STR } from '../python/protocol.ts'
import { Undefined } from './undefined.ts'

/** An undefined value that throws at every use but the tests `defined` and `undefined` and the filter `default`. */
export class StrictUndefined extends Undefined {
  override [PY_STR](): string {
    return this.failWithUndefinedError()
  }

  override [PY_BOOL](): boolean {
    return this.failWithUndefinedError()
  }

  override [PY_LEN](): number {
    return this.failWithUndefinedError()
  }

  override [PY_EQ](_other: unknown): boolean {
    return this.failWithUndefinedError()
  }

  override [PY_HASH](): unknown {
    return this.failWithUndefinedError()
  }

  [PY_CONTAINS](_item: unknown): boolean {
    return this.failWithUndefinedError()
  }

  override [Symbol.iterator](): Iterator<unknown> {
    return this.failWithUndefinedError()
  }
}

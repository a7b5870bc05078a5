import { PY_GETITEM, PY_STR } from '../python/protocol.ts'
import { Undefined } from './undefined.ts'

/** An undefined value whose attributes and items are undefined again, instead of throwing. */
export class ChainableUndefined extends Undefined {
  __html__(): string {
    return this[PY_STR]()
  }

  override [PY_GETITEM](_key: unknown): unknown {
    return this
  }

  override getAttribute(_name: string): unknown {
    return this
  }
}

import { ImmutableMultiDict } from '../datastructures/immutable-multi-dict.ts'
import { BadRequestKeyError } from '../exceptions/bad-request-key.ts'

/**
 * What a client sent under names. Asking for a missing name with `getItem` is the client's mistake: a 400.
 */
export class RequestDict<V = string> extends ImmutableMultiDict<V> {
  protected override missingKey(key: string): Error {
    return new BadRequestKeyError(key)
  }
}

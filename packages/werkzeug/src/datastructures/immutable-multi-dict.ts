import { ImmutableError } from './immutable-error.ts'
import { MultiDict } from './multi-dict.ts'

/**
 * A `MultiDict` that cannot be changed: every method that would do so throws `ImmutableError`.
 *
 * `copy()` gives a changeable one.
 */
export class ImmutableMultiDict<V = string> extends MultiDict<V> {
  override set(): never {
    throw new ImmutableError(this)
  }

  override add(): never {
    throw new ImmutableError(this)
  }

  override setlist(): never {
    throw new ImmutableError(this)
  }

  override setdefault(): never {
    throw new ImmutableError(this)
  }

  override setlistdefault(): never {
    throw new ImmutableError(this)
  }

  override update(): never {
    throw new ImmutableError(this)
  }

  override delete(): never {
    throw new ImmutableError(this)
  }

  override delItem(): never {
    throw new ImmutableError(this)
  }

  override clear(): never {
    throw new ImmutableError(this)
  }

  override pop(): never {
    throw new ImmutableError(this)
  }

  override popitem(): never {
    throw new ImmutableError(this)
  }

  override poplist(): never {
    throw new ImmutableError(this)
  }

  override popitemlist(): never {
    throw new ImmutableError(this)
  }
}

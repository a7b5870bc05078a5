import { Markup } from '@flask-ts/markupsafe'
import { RuntimeError } from '../errors.ts'
import type { Callable } from '../python/call.ts'
import { toIndex } from '../python/convert.ts'
import { dictFrom } from '../python/dict.ts'
import { entriesOf } from '../python/dict-methods.ts'
import { MISSING, PY_TYPE } from '../python/protocol.ts'
import { Range } from '../python/range.ts'
import { defineFunction } from '../python/signature.ts'
import { tupleFrom } from '../python/tuple.ts'
import { TEMPLATE_ATTRIBUTE } from '../runtime/lookup.ts'
import { Namespace } from '../runtime/namespace.ts'
import { lipsum } from './lipsum.ts'

/** Gives values in turn, also across loops. */
class Cycler {
  readonly items: readonly unknown[]
  #position = 0

  constructor(items: readonly unknown[]) {
    if (items.length === 0) throw new RuntimeError('at least one item has to be provided')
    this.items = items
  }

  /** The value that {@link next} will give. */
  get current(): unknown {
    return this.items[this.#position]
  }

  /** Gives the current value and goes on. */
  next(): unknown {
    const { current } = this
    this.#position = (this.#position + 1) % this.items.length
    return current
  }

  /** Goes back to the first value. */
  reset(): null {
    this.#position = 0
    return null
  }

  get [PY_TYPE](): string {
    return 'jinja2.utils.Cycler'
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    switch (name) {
      case 'items':
        return tupleFrom(this.items)
      case 'pos':
        return this.#position
      case 'current':
        return this.current
      case 'next':
        return () => this.next()
      case 'reset':
        return () => this.reset()
      default:
        return MISSING
    }
  }
}

function joiner(separator: unknown = ', '): Callable {
  let used = false
  return () => {
    if (used) return separator
    used = true
    return ''
  }
}

function range(start: unknown, stop?: unknown, step: unknown = 1): Range {
  if (stop === undefined) return new Range(0, toIndex(start), 1)
  return new Range(toIndex(start), toIndex(stop), toIndex(step))
}

function dict(source: unknown, named: Readonly<Record<string, unknown>>): unknown {
  return dictFrom([...entriesOf(source), ...Object.entries(named)])
}

function lipsumOf(count?: unknown, html: unknown = true, least?: unknown, most?: unknown): string | Markup {
  const number = (value: unknown, otherwise: number): number =>
    value === undefined ? otherwise : Number(toIndex(value))
  const paragraphs = lipsum(number(count, 5), number(least, 20), number(most, 100))
  if (html === false) return paragraphs.join('\n\n')
  return new Markup(paragraphs.map((text) => `<p>${text}</p>`).join('\n'))
}

/** The variables that all templates have; every environment starts with a copy. */
export const DEFAULT_GLOBALS: Readonly<Record<string, unknown>> = Object.freeze({
  range: defineFunction('range(start, stop?, step?, /)', range),
  dict: defineFunction('dict(source?, /, **named)', dict),
  lipsum: defineFunction('lipsum(n?, html?, min?, max?)', lipsumOf),
  cycler: defineFunction('cycler(*items)', (items: unknown[]) => new Cycler(items)),
  joiner: defineFunction('joiner(sep?)', joiner),
  namespace: defineFunction(
    'namespace(source?, /, **named)',
    (source: unknown, named: Readonly<Record<string, unknown>>) => new Namespace(source, named),
  ),
})

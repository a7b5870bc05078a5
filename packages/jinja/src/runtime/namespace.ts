import { TemplateRuntimeError } from '../errors.ts'
import { dictFrom } from '../python/dict.ts'
import { entriesOf } from '../python/dict-methods.ts'
import { print, repr } from '../python/print.ts'
import { MISSING, PY_REPR, PY_TYPE } from '../python/protocol.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'

/** An object whose attributes templates can assign: `{% set ns.name = value %}`. */
export class Namespace {
  readonly #attributes = new Map<string, unknown>()

  /**
   * @param source A mapping or pairs of first attributes.
   * @param named More of them by name.
   */
  constructor(source?: unknown, named: Readonly<Record<string, unknown>> = {}) {
    for (const [name, value] of entriesOf(source)) this.#attributes.set(print(name), value)
    for (const [name, value] of Object.entries(named)) this.#attributes.set(name, value)
  }

  /** Assigns an attribute. */
  set(name: string, value: unknown): void {
    this.#attributes.set(name, value)
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    return this.#attributes.has(name) ? this.#attributes.get(name) : MISSING
  }

  [PY_REPR](): string {
    return `<Namespace ${repr(dictFrom(this.#attributes))}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.utils.Namespace'
  }
}

/** Refuses an assignment to an attribute of anything but a namespace. */
export function checkNamespace(value: unknown): void {
  if (!(value instanceof Namespace)) {
    throw new TemplateRuntimeError('cannot assign attribute on non-namespace object')
  }
}

/** Assigns an attribute of a namespace that has been checked. */
export function setNamespace(namespace: unknown, name: string, value: unknown): void {
  checkNamespace(namespace)
  ;(namespace as Namespace).set(name, value)
}

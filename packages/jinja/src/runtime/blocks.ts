import { escapeText, Markup } from '@flask-ts/markupsafe'
import { quote, repr } from '../python/print.ts'
import { MISSING, PY_REPR, PY_TYPE } from '../python/protocol.ts'
import type { Undefined } from '../undefined/undefined.ts'
import { CALL } from './call.ts'
import { type BlockTable, type Context, makeBlockTable, type RenderFunction } from './context.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { isPromise } from './promise.ts'

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** All that a render function gives, as one value: text, or what native types make of the parts. */
export function collect(context: Context, rendered: unknown): unknown {
  if (typeof rendered === 'string') return rendered
  if (isPromise(rendered)) return rendered.then((ready) => collect(context, ready))
  if (isAsyncIterable(rendered)) return collectAsync(context, rendered)
  return context.environment.concat(rendered as Iterable<unknown>)
}

async function collectAsync(context: Context, pieces: AsyncIterable<unknown>): Promise<unknown> {
  const parts: unknown[] = []
  for await (const piece of pieces) parts.push(piece)
  return context.environment.concat(parts)
}

/** One block as `self.name` and `super` give it: called, it renders. */
class BlockReference {
  readonly name: string
  readonly #context: Context
  readonly #stack: readonly RenderFunction[]
  readonly #depth: number

  constructor(name: string, context: Context, stack: readonly RenderFunction[], depth: number) {
    this.name = name
    this.#context = context
    this.#stack = stack
    this.#depth = depth
  }

  [CALL](args: readonly unknown[]): unknown {
    if (args.length > 0) {
      throw new TypeError(`the block ${quote(this.name)} takes no arguments, but ${args.length} were given`)
    }
    const context = this.#context
    const result = collect(context, (this.#stack[this.#depth] as RenderFunction)(context))
    // Only after the block has run: it may have changed the escaping for a while.
    const mark = (text: unknown): unknown => (context.evalCtx.autoescape ? new Markup(text) : text)
    return isPromise(result) ? result.then(mark) : mark(result)
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    if (name === 'name') return this.name
    if (name !== 'super') return MISSING
    return parentBlock(this.#context, this.name, this.#stack, this.#depth + 1)
  }

  [PY_REPR](): string {
    return `<BlockReference ${quote(this.name)}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.runtime.BlockReference'
  }
}

function parentBlock(
  context: Context,
  name: string,
  stack: readonly RenderFunction[] | undefined,
  depth: number,
): unknown {
  if (stack !== undefined && depth < stack.length) return new BlockReference(name, context, stack, depth)
  return new context.environment.undefined(
    `there is no parent block called ${quote(name)}.`,
    undefined,
    'super',
  )
}

/** The variable `super` in a block: the block that it overrides. */
export function superBlock(context: Context, name: string, current: RenderFunction): unknown {
  const stack = context.blocks[name]
  return parentBlock(context, name, stack, (stack?.indexOf(current) ?? -1) + 1)
}

/**
 * The text of the block that a block overrides, for output.
 *
 * @param escaped Whether the output is escaped, which the text must not be if it is markup.
 * @throws UndefinedError if there is no such block.
 */
export function superText(context: Context, name: string, current: RenderFunction, escaped: boolean): string {
  const stack = context.blocks[name]
  const parent = stack?.[stack.indexOf(current) + 1]
  if (parent === undefined) return (superBlock(context, name, current) as Undefined).failWithUndefinedError()
  const text = parent(context) as string
  return escaped && !context.evalCtx.autoescape ? escapeText(text) : text
}

/** The variable `self`: the blocks of the template by name. */
export class TemplateReference {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  [TEMPLATE_ATTRIBUTE](name: string): unknown {
    const stack = this.#context.blocks[name]
    return stack === undefined ? MISSING : new BlockReference(name, this.#context, stack, 0)
  }

  [PY_REPR](): string {
    return `<TemplateReference ${repr(this.#context.name)}>`
  }

  get [PY_TYPE](): string {
    return 'jinja2.runtime.TemplateReference'
  }
}

interface Extension {
  readonly parent: BlockTable
  readonly result: BlockTable
}

const extensions = new WeakMap<BlockTable, Extension>()

/** The table of blocks after a template with `table` has extended one with `parent`. */
export function extendBlocks(table: BlockTable, parent: BlockTable): BlockTable {
  const known = extensions.get(table)
  // Nearly all templates always extend the same parent, so the last result is nearly always the one wanted.
  if (known !== undefined && known.parent === parent) return known.result
  const result = Object.assign(makeBlockTable(), table)
  for (const [name, functions] of Object.entries(parent)) {
    result[name] = [...(result[name] ?? []), ...functions]
  }
  extensions.set(table, { parent, result })
  return result
}

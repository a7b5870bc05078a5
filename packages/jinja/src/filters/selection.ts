import { FilterArgumentError } from '../errors.ts'
import { Kwargs } from '../python/call.ts'
import { iterate } from '../python/iterate.ts'
import { repr } from '../python/print.ts'
import { isTrue } from '../python/truth.ts'
import { attributeGetter, type Getter } from './attribute-getter.ts'
import type { FilterContext } from './host.ts'
import { LazySequence } from './lazy-sequence.ts'

type Named = Record<string, unknown>

// A call's arguments with the named ones last, as filters and tests are called.
function argumentsOf(args: readonly unknown[], named: Named): unknown[] {
  return Object.keys(named).length === 0 ? [...args] : [...args, new Kwargs(named)]
}

function mapper(context: FilterContext, args: readonly unknown[], named: Named): Getter {
  const { environment } = context
  if (args.length === 0 && Object.hasOwn(named, 'attribute')) {
    const { attribute, default: fallback, ...others } = named
    const [unexpected] = Object.keys(others)
    if (unexpected !== undefined) {
      throw new FilterArgumentError(`Unexpected keyword argument ${repr(unexpected)}`)
    }
    return attributeGetter(environment, attribute, undefined, fallback)
  }
  if (args.length === 0) throw new FilterArgumentError('map requires a filter argument')
  const [name, ...rest] = args
  const passed = argumentsOf(rest, named)
  return (item) => environment.callFilter(name as string, item, passed, context)
}

/** `map`: a filter applied to every item, or an attribute of each. */
export function map(context: FilterContext, value: unknown, args: readonly unknown[], named: Named): unknown {
  const makeGetter = (): Getter => mapper(context, args, named)
  if (!context.environment.isAsync) return new LazySequence(() => mapped(value, makeGetter))
  return new LazySequence(
    () => mapped(value, makeGetter),
    () => mappedAsync(value, makeGetter),
  )
}

function* mapped(value: unknown, makeGetter: () => Getter): Generator<unknown> {
  if (!isTrue(value)) return
  const getter = makeGetter()
  for (const item of iterate(value)) yield getter(item)
}

async function* mappedAsync(value: unknown, makeGetter: () => Getter): AsyncGenerator<unknown> {
  if (!isTrue(value)) return
  const getter = makeGetter()
  for await (const item of itemsOf(value)) yield await getter(item)
}

// Async iteration awaits the items of a list as well.
function itemsOf(value: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value) {
    return value as AsyncIterable<unknown>
  }
  return iterate(value)
}

/** Which items of a list are wanted. */
interface Selection {
  /** Whether the first argument names an attribute that the test looks at. */
  readonly byAttribute: boolean
  /** Whether items that pass are left out instead of kept. */
  readonly rejects: boolean
}

function makeTest(
  context: FilterContext,
  args: readonly unknown[],
  named: Named,
  byAttribute: boolean,
): Getter {
  const { environment } = context
  if (byAttribute && args.length === 0) {
    throw new FilterArgumentError('Missing parameter for attribute name')
  }
  const looked: Getter = byAttribute ? attributeGetter(environment, args[0]) : (item) => item
  const [name, ...rest] = byAttribute ? args.slice(1) : args
  if (args.length === (byAttribute ? 1 : 0)) return looked
  const passed = argumentsOf(rest, named)
  return (item) => environment.callTest(name as string, looked(item), passed, context)
}

function select(selection: Selection) {
  return (context: FilterContext, value: unknown, args: readonly unknown[], named: Named): unknown => {
    const start = (): Iterator<unknown> => selected(context, value, args, named, selection)
    if (!context.environment.isAsync) return new LazySequence(start)
    return new LazySequence(start, () => selectedAsync(context, value, args, named, selection))
  }
}

function* selected(
  context: FilterContext,
  value: unknown,
  args: readonly unknown[],
  named: Named,
  { byAttribute, rejects }: Selection,
): Generator<unknown> {
  if (!isTrue(value)) return
  const test = makeTest(context, args, named, byAttribute)
  for (const item of iterate(value)) if (isTrue(test(item)) !== rejects) yield item
}

async function* selectedAsync(
  context: FilterContext,
  value: unknown,
  args: readonly unknown[],
  named: Named,
  { byAttribute, rejects }: Selection,
): AsyncGenerator<unknown> {
  if (!isTrue(value)) return
  const test = makeTest(context, args, named, byAttribute)
  for await (const item of itemsOf(value)) if (isTrue(await test(item)) !== rejects) yield item
}

/** `select`: the items that pass a test, or are true. */
export const selectFilter = select({ byAttribute: false, rejects: false })

/** `reject`: the items that do not. */
export const rejectFilter = select({ byAttribute: false, rejects: true })

/** `selectattr`: the items with an attribute that passes. */
export const selectAttrFilter = select({ byAttribute: true, rejects: false })

/** `rejectattr`: the items with an attribute that does not. */
export const rejectAttrFilter = select({ byAttribute: true, rejects: true })

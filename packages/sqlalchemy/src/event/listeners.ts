import { InvalidRequestError } from '../errors/base-errors.ts'

/** A function that is called at an event; what it gets depends on the event. */
export type Listener = (...args: never[]) => unknown

const tables = new WeakMap<object, Map<string, Listener[]>>()
/** Events that anything was ever listened to for; most programs listen to few. */
const heard = new Set<string>()

/**
 * Calls a function at every event of a name on a target: engine, session, mapped class, attribute.
 * @param target what the event happens to
 * @param name the event in camelCase, such as `beforeInsert`
 */
export function listen(
  target: object,
  name: string,
  listener: Listener,
  options: { once?: boolean } = {},
): void {
  heard.add(name)
  const table = tables.get(target) ?? new Map<string, Listener[]>()
  tables.set(target, table)
  const called: Listener = options.once ? onceOnly(target, name, listener) : listener
  table.set(name, [...(table.get(name) ?? []), called])
}

function onceOnly(target: object, name: string, listener: Listener): Listener {
  const wrapped: Listener = (...args) => {
    removeListener(target, name, wrapped)
    return listener(...args)
  }
  return wrapped
}

/** Takes a listener away again. */
export function removeListener(target: object, name: string, listener: Listener): void {
  const table = tables.get(target)
  const list = table?.get(name)
  if (!table || !list?.includes(listener)) {
    throw new InvalidRequestError(`No listener of '${name}' found on this target, cannot remove it`)
  }
  table.set(
    name,
    list.filter((other) => other !== listener),
  )
}

/** Listeners of an event, in the order in which they came; undefined when there are none. */
export function listenersOf(target: object, name: string): readonly Listener[] | undefined {
  if (!heard.has(name)) return undefined
  const list = tables.get(target)?.get(name)
  return list?.length ? list : undefined
}

/** Calls the listeners of an event one after another, waiting for those that are asynchronous. */
export async function dispatch(target: object, name: string, ...args: unknown[]): Promise<void> {
  for (const listener of listenersOf(target, name) ?? []) await listener(...(args as never[]))
}

/** Calls the listeners of an event that takes no waiting. */
export function dispatchNow(target: object, name: string, ...args: unknown[]): void {
  for (const listener of listenersOf(target, name) ?? []) listener(...(args as never[]))
}

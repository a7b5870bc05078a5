import {
  Accept,
  CallbackDict,
  ContentRange,
  ETags,
  HeaderSet,
  Headers,
  int,
  MultiDict,
  WWWAuthenticate,
} from '@flask-ts/werkzeug/datastructures'
import { camelCase, pythonText, UnknownInCorpus } from './outcome.ts'
import { decodeData, type Structure } from './structures.ts'

type Method = (...args: unknown[]) => unknown
/** Runs an op: the structure, then what the corpus gives. */
type Operation = (structure: Structure, ...args: never[]) => unknown

/** A structure of which nothing more is known than that it has methods. */
type Loose = Record<string, Method> & { readonly size: number } & Iterable<unknown>

function loose({ value }: Structure): Loose {
  return value as unknown as Loose
}

/** Structures that are asked by position as well as by key. */
function getItem({ value }: Structure, key: string | number): unknown {
  if (typeof key !== 'number' || value instanceof HeaderSet) return (value as unknown as Loose).getItem!(key)
  if (!(value instanceof Accept || value instanceof Headers))
    throw new UnknownInCorpus(`no position in ${value}`)
  const item = value.at(key)
  if (item === undefined) throw new RangeError(`no item at ${key}`)
  return item
}

function setItem({ value }: Structure, key: string | number, item: never): void {
  if (value instanceof HeaderSet) value.setItem(key as number, item)
  else if (typeof key === 'string') (value as unknown as Loose).set!(key, item)
  else if (value instanceof Headers) value.setAt(key, item)
  else throw new TypeError(`${value.constructor.name} cannot be changed`)
}

function delItem({ value }: Structure, key: string | number): void {
  if (value instanceof HeaderSet) value.delItem(key as number)
  else if (typeof key === 'number') (value as Headers).deleteAt(key)
  else if (value instanceof Headers || value instanceof WWWAuthenticate) value.delete(key)
  else (value as MultiDict | CallbackDict<unknown>).delItem(key)
}

function list({ value }: Structure): unknown {
  return value instanceof MultiDict || value instanceof CallbackDict ? value.keys() : value
}

function truth(structure: Structure): boolean {
  const { value } = structure
  if (value instanceof ETags) return !value.isEmpty
  if (value instanceof ContentRange) return value.isSet
  return loose(structure).size > 0
}

function copyThenAdd(structure: Structure): unknown {
  const copy = loose(structure).copy!() as Headers | MultiDict
  copy.add('copied', 'yes')
  const contents = (value: object): unknown =>
    value instanceof MultiDict ? value.items({ multi: true }) : value
  return [contents(structure.value), contents(copy)]
}

function withDefault(method: 'get' | 'pop'): Operation {
  return (structure, ...[key, ...fallback]: unknown[]) => {
    const rest = fallback.length === 0 ? [] : [{ default: fallback[0] }]
    return key === undefined ? loose(structure)[method]!() : loose(structure)[method]!(key, ...rest)
  }
}

function dataMethod(method: 'update' | 'extend' | 'union'): Operation {
  return (structure, data: unknown) => loose(structure)[method]!(decodeData(data))
}

function union(structure: Structure, data: unknown): unknown {
  const united = dataMethod('union')(structure, data as never)
  return united instanceof MultiDict ? united.items({ multi: true }) : united
}

function equals({ value }: Structure, content: never): boolean {
  if (value instanceof Headers) return value.equals(new Headers(content))
  return (value as MultiDict).equals(new MultiDict(content))
}

function withOptions(method: 'add' | 'set'): Operation {
  return (structure, name: string, text: string, options: object) =>
    loose(structure)[method]!(name, text, options)
}

function add(structure: Structure, ...[name, item]: unknown[]): unknown {
  if (name === undefined || item === undefined) return loose(structure).add!(name)
  return loose(structure).add!(name, structure.value instanceof Headers ? pythonText(item) : item)
}

/** Ops that are no methods of that name. */
const operations: Readonly<Record<string, Operation>> = {
  add,
  add_options: withOptions('add'),
  attr: ({ value }, name: string) => Reflect.get(value, camelCase(name)),
  bool: truth,
  contains: (structure, key: unknown) => loose(structure).has!(key),
  copy_then_add: copyThenAdd,
  delitem: delItem,
  discard: (structure, header: string) => void loose(structure).discard!(header),
  eq: equals,
  extend: dataMethod('extend'),
  get: withDefault('get'),
  get_int: (structure, key: string, fallback: unknown = null) =>
    loose(structure).get!(key, { type: int, default: fallback }),
  getitem: getItem,
  getlist_int: (structure, key: string) => loose(structure).getlist!(key, { type: int }),
  items_lower: ({ value }) => (value as Headers).items({ lower: true }),
  items_multi: ({ value }) => (value as MultiDict).items({ multi: true }),
  keys_sorted: (structure) => [...(loose(structure).keys!() as Iterable<string>)].sort(),
  len: (structure) => loose(structure).size,
  list,
  make_content_range: (structure, length: number | null) => {
    const range = loose(structure).makeContentRange!(length) as ContentRange | undefined
    return range?.toHeader()
  },
  or: union,
  pop: withDefault('pop'),
  set_options: withOptions('set'),
  setattr: ({ value }, name: string, item: unknown) => void Reflect.set(value, camelCase(name), item),
  setdefault: (structure, key: string, item: unknown = null) => loose(structure).setdefault!(key, item),
  setitem: setItem,
  str: ({ value }) => String(value),
  to_dict_lists: ({ value }) => (value as MultiDict).toDict({ flat: false }),
  update: dataMethod('update'),
  updates: ({ updates }) => updates(),
}

/** Methods of Python's lists that an immutable one refuses; here it does not have them. */
const listMethods = new Set(['append', 'pop', 'insert', 'extend', 'remove', 'reverse', 'sort'])

/**
 * Runs one op on a structure.
 *
 * @param structure - What it is run on.
 * @param op - Its name, then its arguments.
 * @throws UnknownInCorpus if neither an op nor a method is called so, and whatever the structure throws.
 */
export function operate(structure: Structure, [name, ...args]: readonly [string, ...unknown[]]): unknown {
  const { value } = structure
  if (value instanceof Accept && listMethods.has(name)) throw new TypeError('immutable')
  const operation = operations[name]
  if (operation !== undefined) return operation(structure, ...(args as never[]))
  const method: unknown = Reflect.get(value, camelCase(name))
  if (typeof method !== 'function') throw new UnknownInCorpus(`${value.constructor.name} has no ${name}`)
  return method.apply(value, args)
}

import { dispatchNow, listenersOf } from '../event/listeners.ts'
import type { ColumnElement } from '../expression/column-element.ts'
import { ColumnAttribute } from './attribute.ts'
import type { ColumnProperty } from './column-property.ts'
import type { HybridDefinition } from './hybrid.ts'
import type { InstanceState, Stateful } from './instance-state.ts'
import type { MappedClass, Mapper } from './mapper.ts'
import { mapperOf } from './registry.ts'
import { getRelation, setRelation } from './relation-values.ts'
import { RelationshipAttribute } from './relationship-attribute.ts'
import { STATE } from './symbols.ts'

type Validator = (value: unknown, self: object) => unknown

/** Names that a function has of its own; they cannot serve as attributes of the class. */
const ownStatics = new Set([
  'name',
  'length',
  'prototype',
  'caller',
  'arguments',
  'apply',
  'bind',
  'call',
  'query',
  'c',
  'as',
  'Model',
  'metadata',
  'table',
])

/** The attribute object of a class, which listeners and queries refer to. */
export function columnAttribute(mapper: Mapper, property: ColumnProperty): ColumnAttribute {
  return mapper.remember(
    `attribute:${property.key}`,
    () => new ColumnAttribute(mapper, property, property.column),
  )
}

/** The attribute of a relationship. */
function relationshipAttribute(mapper: Mapper, key: string): RelationshipAttribute {
  return mapper.remember(`attribute:${key}`, () => new RelationshipAttribute(mapper, key))
}

function defineStatic(base: MappedClass, key: string, read: (mapper: Mapper) => unknown): void {
  if (ownStatics.has(key)) return
  Object.defineProperty(base, key, {
    configurable: true,
    get(this: MappedClass) {
      return read(mapperOf(this))
    },
  })
}

/** Makes a column an attribute of the class and its instances. */
export function defineColumn(base: MappedClass, mapper: Mapper, property: ColumnProperty): void {
  const { key, slot } = property
  const validate = mapper.options.validates?.[key] as Validator | undefined
  let ownAttribute: ColumnAttribute | null = null
  const attributeFor = (of: Mapper) =>
    of === mapper ? (ownAttribute ??= columnAttribute(mapper, property)) : columnAttribute(of, property)
  defineStatic(base, key, (own) => {
    const inherited = own.columnProperty(key)
    return columnAttribute(own, inherited ?? property)
  })
  Object.defineProperty(base.prototype, key, {
    configurable: true,
    get(this: Stateful) {
      const state = this[STATE]
      const value = state.values[slot]
      return value === undefined ? state.missing(key) : value
    },
    set(this: Stateful, value: unknown) {
      const state = this[STATE] as InstanceState<Mapper>
      const checked = validate ? validate(value, this) : value
      const attribute = attributeFor(state.mapper)
      if (listenersOf(attribute, 'set')) dispatchNow(attribute, 'set', this, checked, state.values[slot])
      state.set(slot, checked)
    },
  })
}

/** Makes a relationship an attribute of the class and its instances. */
export function defineRelationship(base: MappedClass, mapper: Mapper, key: string): void {
  const validate = mapper.options.validates?.[key] as Validator | undefined
  defineStatic(base, key, (own) => relationshipAttribute(own, key))
  Object.defineProperty(base.prototype, key, {
    configurable: true,
    get(this: Stateful) {
      return getRelation(mapper.relationship(key), this[STATE])
    },
    set(this: Stateful, value: unknown) {
      setRelation(mapper.relationship(key), this[STATE], validate ? validate(value, this) : value)
    },
  })
}

/** Makes a hybrid property an attribute of the class and its instances. */
export function defineHybrid(base: MappedClass, key: string, hybrid: HybridDefinition): void {
  defineStatic(base, key, (own) => {
    const { expression } = hybrid
    if (!expression)
      throw new TypeError(`'${own.className}.${key}' has no SQL expression: give hybridProperty an 'expr'`)
    const element: ColumnElement = expression(own.cls as never)
    return element.label(key)
  })
  const { write } = hybrid
  Object.defineProperty(base.prototype, key, {
    configurable: true,
    get(this: object) {
      return hybrid.read(this as never)
    },
    set: write
      ? function set(this: object, value: unknown) {
          write(this as never, value as never)
        }
      : undefined,
  })
}

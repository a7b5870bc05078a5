/** Under which an instance keeps its state. */
export const STATE: unique symbol = Symbol('sqlalchemy.state')

/** Under which a mapped class keeps its mapper. */
export const MAPPER: unique symbol = Symbol('sqlalchemy.mapper')

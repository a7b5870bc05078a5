/** How many rows the tasks are about. */
export const sizes = { inserted: 10_000, byKey: 10_000, listed: 1000, updated: 1000, parents: 100 } as const

/** Children of each parent. */
export const childrenOfParent = 10

/** A person as the tasks insert it. */
export interface PersonValues {
  readonly name: string
  readonly email: string
  readonly age: number
  readonly active: boolean
}

/** The persons that `insert` writes; every call makes new ones, so that no engine can keep anything of them. */
export function persons(): PersonValues[] {
  return Array.from({ length: sizes.inserted }, (_, index) => ({
    name: `person ${index}`,
    email: `person${index}@example.com`,
    age: 20 + (index % 60),
    active: index % 3 !== 0,
  }))
}

/** The work that is measured; a task's promise ends when its transaction has. */
export interface Tasks {
  /** Removes the rows that `insert` writes; not measured. */
  clear(): unknown
  /** Writes `persons()` in one transaction. */
  insert(): unknown
  /** Loads the persons 1 to 10,000, each by its key, into one session; gives how many were found. */
  byKey(): number | Promise<number>
  /** The first 1,000 persons as JSON text. */
  list(): string | Promise<string>
  /** Loads the first 1,000 persons and makes each a year older, in one transaction. */
  update(): unknown
  /** All parents with their children; gives how many children there were. */
  eager(): number | Promise<number>
  close(): unknown
}

/** A library under measurement. */
export interface Contestant {
  readonly name: string
  /** Opens a database file that has the tables of `schema.ts`, and in them what the tasks read. */
  open(file: string): Tasks | Promise<Tasks>
}

/** Operations per second of each task, an operation being one row, or one whole answer of `list` and `eager`. */
export interface Measured {
  readonly insert: number
  readonly byKey: number
  readonly list: number
  readonly update: number
  readonly eager: number
  /** Resident memory in kilobytes at the end. */
  readonly rssKb: number
}

import 'reflect-metadata'
import { DataSource, EntitySchema } from 'typeorm'
import { type Contestant, persons, sizes, type Tasks } from '../contestant.ts'

class Person {
  id!: number
  name!: string
  email!: string
  age!: number
  active!: boolean
}

class Parent {
  id!: number
  name!: string
  children!: Child[]
}

class Child {
  id!: number
  name!: string
  parent!: Parent
}

const id = { type: 'integer', primary: true, generated: true } as const
const name = { type: 'varchar', length: 80 } as const

const entities = [
  new EntitySchema<Person>({
    name: 'person',
    target: Person,
    columns: {
      id,
      name,
      email: { type: 'varchar', length: 120 },
      age: { type: 'integer' },
      active: { type: 'boolean' },
    },
  }),
  new EntitySchema<Parent>({
    name: 'parent',
    target: Parent,
    columns: { id, name },
    relations: { children: { type: 'one-to-many', target: () => Child, inverseSide: 'parent' } },
  }),
  new EntitySchema<Child>({
    name: 'child',
    target: Child,
    columns: { id, name },
    relations: { parent: { type: 'many-to-one', target: () => Parent, joinColumn: { name: 'parent_id' } } },
  }),
]

/** Rows that TypeORM puts into one statement. */
const rowsOfStatement = 500

async function open(file: string): Promise<Tasks> {
  const source = await new DataSource({ type: 'better-sqlite3', database: file, entities }).initialize()
  const { manager } = source
  const firstPersons = () => manager.find(Person, { order: { id: 'ASC' }, take: sizes.listed })
  return {
    clear: () => manager.deleteAll(Person),
    async insert() {
      const rows = persons().map((values) => manager.create(Person, { ...values }))
      await manager.save(rows, { chunk: rowsOfStatement })
    },
    async byKey() {
      let found = 0
      for (let key = 1; key <= sizes.byKey; key++) {
        if ((await manager.findOneBy(Person, { id: key })) !== null) found++
      }
      return found
    },
    list: async () => JSON.stringify(await firstPersons()),
    async update() {
      const rows = await firstPersons()
      for (const person of rows) person.age++
      await manager.save(rows)
    },
    async eager() {
      const parents = await manager.find(Parent, { relations: { children: true } })
      return parents.reduce((sum, parent) => sum + parent.children.length, 0)
    },
    close: () => source.destroy(),
  }
}

export const typeOrm: Contestant = { name: 'TypeORM', open }

import { defineEntity, MikroORM, p } from '@mikro-orm/sqlite'
import { type Contestant, persons, sizes, type Tasks } from '../contestant.ts'

const PersonSchema = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(80),
    email: p.string().length(120),
    age: p.integer(),
    active: p.boolean(),
  },
})
class Person extends PersonSchema.class {}
PersonSchema.setClass(Person)

const ParentSchema = defineEntity({
  name: 'Parent',
  tableName: 'parent',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(80),
    children: () => p.oneToMany(Child).mappedBy('parent'),
  },
})
class Parent extends ParentSchema.class {}
ParentSchema.setClass(Parent)

const ChildSchema = defineEntity({
  name: 'Child',
  tableName: 'child',
  properties: {
    id: p.integer().primary(),
    name: p.string().length(80),
    parent: () => p.manyToOne(Parent).fieldName('parent_id'),
  },
})
class Child extends ChildSchema.class {}
ChildSchema.setClass(Child)

async function open(file: string): Promise<Tasks> {
  const orm = new MikroORM({ dbName: file, entities: [Person, Parent, Child] })
  const firstPersons = { orderBy: { id: 'asc' as const }, limit: sizes.listed }
  return {
    clear: () => orm.em.fork().nativeDelete(Person, {}),
    async insert() {
      const em = orm.em.fork()
      for (const values of persons()) em.create(Person, values)
      await em.flush()
    },
    async byKey() {
      const em = orm.em.fork()
      let found = 0
      for (let id = 1; id <= sizes.byKey; id++) if ((await em.findOne(Person, id)) !== null) found++
      return found
    },
    async list() {
      const rows = await orm.em.fork().find(Person, {}, firstPersons)
      return JSON.stringify(rows)
    },
    async update() {
      const em = orm.em.fork()
      for (const person of await em.find(Person, {}, firstPersons)) person.age++
      await em.flush()
    },
    async eager() {
      const parents = await orm.em.fork().find(Parent, {}, { populate: ['children'] })
      return parents.reduce((sum, parent) => sum + parent.children.length, 0)
    },
    close: () => orm.close(),
  }
}

export const mikroOrm: Contestant = { name: 'MikroORM', open }

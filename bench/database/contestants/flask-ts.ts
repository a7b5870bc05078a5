import {
  Boolean,
  Column,
  createEngine,
  declarativeBase,
  ForeignKey,
  Integer,
  one,
  relationship,
  Session,
  String,
  select,
  selectinload,
} from '@flask-ts/sqlalchemy'
import { type Contestant, persons, sizes, type Tasks } from '../contestant.ts'

const base = declarativeBase()

class Person extends base.Model('person', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(80), { nullable: false }),
  email: Column(String(120), { nullable: false }),
  age: Column(Integer, { nullable: false }),
  active: Column(Boolean, { nullable: false }),
}) {}

class Parent extends base.Model('parent', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(80), { nullable: false }),
  children: relationship<Child[]>(() => Child, { backPopulates: 'parent' }),
}) {}

class Child extends base.Model('child', {
  id: Column(Integer, { primaryKey: true }),
  name: Column(String(80), { nullable: false }),
  parentId: Column(Integer, ForeignKey('parent.id'), { nullable: false }),
  parent: () => one(Parent, { backPopulates: 'children' }),
}) {}

function open(url: string): Tasks {
  const engine = createEngine(url)
  const firstPersons = select(Person).orderBy(Person.id).limit(sizes.listed)
  const allParents = select(Parent).options(selectinload(Parent.children))
  return {
    clear: () => engine.begin((connection) => connection.execDriverSql('DELETE FROM person')),
    async insert() {
      await using session = new Session({ bind: engine })
      session.addAll(persons().map((values) => new Person(values)))
      await session.commit()
    },
    async byKey() {
      await using session = new Session({ bind: engine })
      let found = 0
      for (let id = 1; id <= sizes.byKey; id++) if ((await session.get(Person, id)) !== null) found++
      return found
    },
    async list() {
      await using session = new Session({ bind: engine })
      const rows = (await session.scalars(firstPersons)).all()
      return JSON.stringify(
        rows.map(({ id, name, email, age, active }) => ({ id, name, email, age, active })),
      )
    },
    async update() {
      await using session = new Session({ bind: engine })
      for (const person of (await session.scalars(firstPersons)).all()) person.age++
      await session.commit()
    },
    async eager() {
      await using session = new Session({ bind: engine })
      const parents = (await session.scalars(allParents)).all()
      return parents.reduce((sum, parent) => sum + parent.children.length, 0)
    },
    close: () => engine.dispose(),
  }
}

export const flaskTs: Contestant = { name: 'flask-ts', open: (file) => open(`sqlite:///${file}`) }

/** On the driver of the query builders and the other mappers. */
export const onBetterSqlite: Contestant = {
  name: 'flask-ts, better-sqlite3',
  open: (file) => open(`sqlite+better-sqlite3:///${file}`),
}

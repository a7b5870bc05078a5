import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  aliased,
  Column,
  type ColumnElement,
  containsEager,
  createEngine,
  declarativeBase,
  defer,
  type Engine,
  Float,
  ForeignKey,
  func,
  hybridProperty,
  Integer,
  joinedload,
  listen,
  loadOnly,
  many,
  one,
  raiseload,
  relationship,
  removeListener,
  Session,
  String,
  select,
  selectinload,
  text,
} from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

/** What the hybrid property reads. */
interface Named {
  first: string
  last: string
}

await onEveryDatabase('loading and inheritance', (database) => {
  const base = declarativeBase()
  const touched = { createdBy: Column(String(20)), touches: Column(Integer, { default: 0, onupdate: 1 }) }
  class Author extends base.Model(
    'author',
    {
      id: Column(Integer, { primaryKey: true }),
      first: Column(String(20), { nullable: false }),
      last: Column(String(20), { nullable: false }),
      ...touched,
      books: relationship<Book[]>(() => Book, { backPopulates: 'author', orderBy: 'Book.id' }),
      full: hybridProperty<string, Named, { c: Record<keyof Named, ColumnElement<string>> }>(
        (self) => `${self.first} ${self.last}`,
        {
          expr: (cls) => cls.c.first.concat(' ').concat(cls.c.last),
        },
      ),
    },
    {
      validates: {
        first: (value: string) => {
          if (!value) throw new TypeError('an author has a first name')
          return value.trim()
        },
      },
    },
  ) {}
  class Book extends base.Model('book', {
    id: Column(Integer, { primaryKey: true }),
    title: Column(String(50), { nullable: false }),
    blurb: Column(String(200), { deferred: true }),
    authorId: Column(Integer, ForeignKey('author.id')),
    ...touched,
    author: () => one(Author, { backPopulates: 'books' }),
    pages: () => many(Page, { orderBy: 'number' }),
  }) {}
  class Page extends base.Model('page', {
    bookId: Column(Integer, ForeignKey('book.id'), { primaryKey: true }),
    number: Column(Integer, { primaryKey: true, autoincrement: false }),
  }) {}
  class Employee extends base.Model(
    'employee',
    {
      id: Column(Integer, { primaryKey: true }),
      name: Column(String(20), { nullable: false }),
      kind: Column(String(20)),
    },
    { polymorphicOn: 'kind', polymorphicIdentity: 'employee' },
  ) {
    title() {
      return this.c0()
    }
    c0() {
      return 'employee'
    }
  }
  class Manager extends base.Inherit(
    Employee,
    'manager',
    { id: Column(Integer, ForeignKey('employee.id'), { primaryKey: true }), budget: Column(Float) },
    { polymorphicIdentity: 'manager' },
  ) {
    override c0() {
      return 'manager'
    }
  }
  class Intern extends base.Inherit(
    Employee,
    null,
    { school: Column(String(20)) },
    { polymorphicIdentity: 'intern' },
  ) {}

  let engine: Engine
  let session: Session
  before(async () => {
    engine = database.engine()
    session = new Session({ bind: engine })
    await base.metadata.createAll(engine)
    const pages = [1, 2, 3].map((number) => new Page({ number }))
    const ada = new Author({
      first: ' Ada ',
      last: 'Lovelace',
      books: [new Book({ title: 'Notes', blurb: 'long', pages }), new Book({ title: 'Letters' })],
    })
    session.addAll([
      ada,
      new Author({ first: 'Grace', last: 'Hopper', books: [new Book({ title: 'Cobol' })] }),
    ])
    session.addAll([
      new Employee({ name: 'e' }),
      new Manager({ name: 'm', budget: 1.5 }),
      new Intern({ name: 'i', school: 's' }),
    ])
    await session.commit()
    await session.close()
  })
  after(() => session.close())
  const titles = (authors: readonly Author[]) =>
    authors.map((author) => author.books.map((book) => book.title))
  const expected = [['Notes', 'Letters'], ['Cobol']]

  describe('relationships', () => {
    for (const [name, option] of [
      ['selectin', selectinload(Author.books)],
      ['joined', joinedload(Author.books)],
    ] as const) {
      test(`${name} loading gives each object once with its collection`, async () => {
        await session.close()
        assert.deepEqual(titles(await session.query(Author).options(option).orderBy('id')), expected)
      })
    }

    test('joined loading with LIMIT still counts objects', async () => {
      await session.close()
      const authors = await session.query(Author).options(joinedload(Author.books)).orderBy('id').limit(1)
      assert.deepEqual(titles(authors), [['Notes', 'Letters']])
    })

    test('a join that is written out can fill the collection', async () => {
      await session.close()
      const result = await session.execute(
        select(Author)
          .join(Author.books)
          .where(Book.title.ne('Notes'))
          .options(containsEager(Author.books))
          .orderBy(Author.c.id),
      )
      assert.throws(() => result.all(), /unique\(\) method must be invoked/)
      assert.deepEqual(titles(result.unique().scalars().all()), [['Letters'], ['Cobol']])
    })

    test('chains of options load level by level, references from the other side', async () => {
      await session.close()
      const books = await session
        .query(Book)
        .options(joinedload(Book.author), selectinload(Book.pages))
        .orderBy('id')
      assert.equal(books[0]?.author.last, 'Lovelace')
      assert.deepEqual(
        books[0]?.pages.map((page) => page.number),
        [1, 2, 3],
      )
    })

    test('raiseload and loadOnly say what is missing', async () => {
      await session.close()
      const author = await session
        .query(Author)
        .options(raiseload(Author.books), loadOnly(Author.first))
        .first()
      assert.throws(() => author?.books, /not available due to lazy='raise'/)
      assert.equal(author?.first, 'Ada')
      assert.throws(() => author?.last, { name: 'MissingGreenlet' })
      assert.equal(await author?.awaitableAttrs.last, 'Lovelace')
    })

    test('deferred columns are loaded when asked for', async () => {
      await session.close()
      const book = await session.getOne(Book, 1)
      assert.throws(() => book.blurb, { name: 'MissingGreenlet' })
      assert.equal(await book.awaitableAttrs.blurb, 'long')
      const other = await session.query(Author).options(defer(Author.last)).filterBy({ first: 'Grace' }).one()
      assert.throws(() => other.last, { name: 'MissingGreenlet' })
    })

    test('conditions reach through relationships', async () => {
      const found = await session.query(Author).filter(Author.books.any(Book.title.eq('Cobol')))
      assert.deepEqual(
        found.map((author) => author.first),
        ['Grace'],
      )
      const ada = await session.query(Author).filterBy({ first: 'Ada' }).one()
      assert.equal(await session.query(Book).filter(Book.author.eq(ada)).count(), 2)
      assert.equal(
        await session
          .query(Book)
          .filter(Book.author.has(Author.last.eq('Hopper')))
          .count(),
        1,
      )
      assert.equal(await session.query(Author).filter(Author.books.any().not()).count(), 0)
    })

    test('composite keys identify', async () => {
      const page = await session.get(Page, [1, 2])
      assert.equal(page?.number, 2)
      assert.equal(await session.get(Page, { bookId: 1, number: 2 }), page)
    })

    test('aliases join a class with itself', async () => {
      const other = aliased(Book, 'other')
      const rows = await session.execute(
        select(Book.title, other.title)
          .join(other, Book.authorId.eq(other.authorId))
          .where(Book.id.lt(other.id)),
      )
      assert.deepEqual(
        rows.all().map((row) => [...row]),
        [['Notes', 'Letters']],
      )
    })

    test('hybrids work on both sides, validators change values', async () => {
      const ada = await session.query(Author).filter(Author.full.eq('Ada Lovelace')).one()
      assert.equal(ada.full, 'Ada Lovelace')
      assert.throws(() => new Author({ first: '', last: 'x' }), /first name/)
    })

    test('mixed columns belong to each table, onupdate fills them', async () => {
      const book = await session.getOne(Book, 2)
      assert.equal(book.touches, 0)
      book.title = 'Letters II'
      await session.flush()
      assert.equal(book.touches, 1)
      await session.rollback()
    })

    test('subqueries, grouping and labels', async () => {
      const counts = select(Book.authorId, func.count(Book.id).label('n')).groupBy(Book.authorId).subquery()
      const rows = await session.execute(
        select(Author.first, counts.c.n as never)
          .join(counts, Author.c.id.eq(counts.c.author_id as never))
          .orderBy(Author.c.id),
      )
      assert.deepEqual(
        rows.all().map((row) => [...row]),
        [
          ['Ada', 2],
          ['Grace', 1],
        ],
      )
    })

    test('large results stream in pieces', async () => {
      const seen: string[] = []
      for await (const book of session.query(Book).orderBy('id').yieldPer(2)) seen.push(book.title)
      assert.deepEqual(seen, ['Notes', 'Letters', 'Cobol'])
    })
  })

  describe('inheritance', () => {
    test('a query of the base gives each row its class with all its columns', async () => {
      await session.close()
      const all = await session.query(Employee).orderBy('id')
      assert.deepEqual(
        all.map((one_) => one_.constructor),
        [Employee, Manager, Intern],
      )
      assert.equal((all[1] as Manager).budget, 1.5)
      assert.equal((all[2] as Intern).school, 's')
      assert.equal(all[1]?.title(), 'manager')
    })

    test('a query of a subclass gives its rows alone', async () => {
      await session.close()
      assert.deepEqual(
        (await session.query(Manager)).map((manager) => manager.name),
        ['m'],
      )
      assert.deepEqual(
        (await session.query(Intern)).map((intern) => intern.name),
        ['i'],
      )
      assert.equal(await session.get(Manager, 1), null)
    })

    test('changes reach the table that holds the column', async () => {
      const manager = await session.query(Manager).one()
      manager.budget = 2
      manager.name = 'boss'
      await session.flush()
      assert.equal((await session.query(Manager).filter(Manager.budget.eq(2)).one()).name, 'boss')
      session.delete(manager)
      await session.flush()
      assert.equal(await session.query(Employee).count(), 2)
      await session.rollback()
    })
  })

  test('events tell of objects, sessions and statements', async () => {
    const seen: string[] = []
    const before_ = (_: unknown, author: Author) => void seen.push(`before ${author.first}`)
    const sql = () => void seen.push('sql')
    listen(Author, 'beforeInsert', before_)
    listen(engine, 'beforeCursorExecute', sql)
    listen(session, 'beforeCommit', () => void seen.push('commit'), { once: true })
    session.add(new Author({ first: 'Event', last: 'Full' }))
    await session.commit()
    removeListener(Author, 'beforeInsert', before_)
    removeListener(engine, 'beforeCursorExecute', sql)
    assert.deepEqual(seen, ['commit', 'before Event', 'sql'])
  })
})

test('a backref makes the other side, and classes never used are asked for', async () => {
  const base = declarativeBase()
  class Parent extends base.Model('parent', {
    id: Column(Integer, { primaryKey: true }),
    children: relationship<Child[]>(() => Child, { backref: 'parent' }),
    unseen: relationship<object[]>('Unseen'),
  }) {}
  class Child extends base.Model('child', {
    id: Column(Integer, { primaryKey: true }),
    parentId: Column(Integer, ForeignKey('parent.id')),
  }) {}
  class Unseen extends base.Model('unseen', {
    id: Column(Integer, { primaryKey: true }),
    parentId: Column(Integer, ForeignKey('parent.id')),
  }) {}
  const engine = createEngine('sqlite://')
  await base.metadata.createAll(engine)
  await using session = new Session({ bind: engine })
  const parent = new Parent()
  const child = new Child()
  Object.assign(child, { parent })
  assert.deepEqual([...parent.children], [child])
  session.add(child)
  await session.commit()
  assert.equal(child.parentId, 1)
  await session.execute(text('insert into unseen (parent_id) values (1)'))
  await assert.rejects(parent.awaitableAttrs.unseen, /class of that table was never used/)
  assert.equal(await session.query(Unseen).count(), 1)
  assert.equal((await parent.awaitableAttrs.unseen).length, 1)
  await engine.dispose()
})

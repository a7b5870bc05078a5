import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sa from '../../src/index.ts'
import { onEveryDatabase } from '../support/databases.ts'

await onEveryDatabase('reflection', (database) => {
  const metadata = new sa.MetaData({
    namingConvention: {
      uq: 'uq_%(table_name)s_%(column_0_name)s',
      fk: 'fk_%(table_name)s_%(column_0_name)s',
      ck: 'ck_%(table_name)s_%(constraint_name)s',
    },
  })
  sa.Table('parent', metadata, {
    id: sa.Column(sa.Integer, { primaryKey: true }),
    code: sa.Column(sa.String(10), { unique: true, nullable: false }),
  })
  sa.Table(
    'child',
    metadata,
    {
      a: sa.Column(sa.Integer, { primaryKey: true, autoincrement: false }),
      b: sa.Column(sa.Integer, { primaryKey: true, autoincrement: false }),
      parentId: sa.Column(sa.Integer, sa.ForeignKey('parent.id', { ondelete: 'CASCADE' }), {
        nullable: false,
      }),
      label: sa.Column(sa.String(20), { serverDefault: 'none', index: true }),
      price: sa.Column(sa.Numeric(8, 2)),
      made: sa.Column(sa.DateTime, { serverDefault: sa.func.now() }),
    },
    { args: [sa.CheckConstraint('price > 0', { name: 'positive' })] },
  )
  let engine: sa.Engine
  before(async () => {
    engine = database.engine()
    await metadata.createAll(engine)
    await metadata.createAll(engine)
  })
  after(() => engine.dispose())

  test('the inspector describes tables', async () => {
    await using connection = await engine.connect()
    const inspector = new sa.Inspector(connection)
    assert.deepEqual(await inspector.getTableNames(), ['child', 'parent'])
    const child = await inspector.getTable('child')
    assert.deepEqual(
      child.columns.map((column) => [column.name, column.nullable]),
      [
        ['a', false],
        ['b', false],
        ['parent_id', false],
        ['label', true],
        ['price', true],
        ['made', true],
      ],
    )
    assert.deepEqual(child.primaryKey.columns, ['a', 'b'])
    const [key] = child.foreignKeys
    assert.deepEqual(
      [key?.name, key?.columns, key?.referredTable, key?.referredColumns, key?.ondelete],
      ['fk_child_parent_id', ['parent_id'], 'parent', ['id'], 'CASCADE'],
    )
    assert.deepEqual(child.indexes, [{ name: 'ix_child_label', columns: ['label'], unique: false }])
    assert.deepEqual(
      child.checks.map((check) => check.name),
      ['ck_child_positive'],
    )
    assert.match(child.checks[0]?.sqltext ?? '', /price/)
    assert.match(String(child.columns[3]?.defaultText), /^'none'/)
    const parent = await inspector.getTable('parent')
    assert.deepEqual(parent.uniqueConstraints, [{ name: 'uq_parent_code', columns: ['code'] }])
    assert.equal(parent.columns[1]?.type.repr(), 'String(10)')
    assert.equal(parent.columns[0]?.autoincrement, true)
    await assert.rejects(inspector.getTable('nope'), sa.NoSuchTableError)
  })

  test('reflected tables can be queried and created again', async () => {
    const found = new sa.MetaData()
    await found.reflect(engine)
    assert.deepEqual(
      found.sortedTables.map((table) => table.name),
      ['parent', 'child'],
    )
    const parent = found.tables.get('parent') as sa.TableSchema
    const child = found.tables.get('child') as sa.TableSchema
    await engine.begin(async (connection) => {
      const result = await connection.execute(sa.insert(parent).values({ code: 'x' }))
      assert.deepEqual([...(result.insertedPrimaryKey ?? [])], [1])
      await connection.execute(sa.insert(child).values({ a: 1, b: 2, parent_id: 1, price: '1.50' }))
      const rows = await connection.execute(
        sa
          .select(parent.c.code as never, child.c.label as never, child.c.price as never)
          .selectFrom(parent.join(child)),
      )
      assert.deepEqual([...rows.one()], ['x', 'none', '1.50'])
    })
    await metadata.dropAll(engine)
    await found.createAll(engine)
    await found.dropAll(engine)
    await using connection = await engine.connect()
    assert.deepEqual(await new sa.Inspector(connection).getTableNames(), [])
  })
})

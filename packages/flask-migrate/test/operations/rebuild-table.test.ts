import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { makeWorkplace, type Workplace } from '../support/databases.ts'
import { writeMigration } from '../support/migration-source.ts'
import { Project } from '../support/project.ts'

const family = `
  await op.createTable('parent', {
    id: sa.Column(sa.Integer(), { primaryKey: true }),
    name: sa.Column(sa.String(20), { nullable: false }),
    age: sa.Column(sa.String(10)),
    boss_id: sa.Column(sa.Integer()),
  }, [
    sa.UniqueConstraint(['name']),
    sa.CheckConstraint("name <> 'nobody'", { name: 'ck_name' }),
    sa.ForeignKeyConstraint(['boss_id'], ['parent.id']),
  ])
  await op.createIndex('ix_lower', 'parent', [sa.text('lower(name)')], { where: sa.text('age IS NOT NULL') })
  await op.createTable('child', {
    id: sa.Column(sa.Integer(), { primaryKey: true }),
    parent_id: sa.Column(sa.Integer(), { nullable: false }),
  }, [sa.ForeignKeyConstraint(['parent_id'], ['parent.id'], { ondelete: 'CASCADE' })])
  await op.execute('CREATE TABLE log (name VARCHAR(20))')
  await op.execute('CREATE TRIGGER note AFTER INSERT ON parent BEGIN INSERT INTO log VALUES (NEW.name); END')
  await op.execute('CREATE VIEW elders AS SELECT name FROM parent')
  await op.execute("INSERT INTO parent VALUES (1, 'ada', '36', NULL), (2, 'grace', '85', 1)")
  await op.execute('INSERT INTO child VALUES (1, 1), (2, 2)')
`

async function rebuild(
  context: TestContext,
  change: string,
): Promise<{ place: Workplace; project: Project }> {
  const made = (await makeWorkplace(context, 'sqlite')) as Workplace
  const place = { ...made, url: `${made.url}?foreign_keys=on` }
  writeMigration(place, { revision: 'one', up: family })
  writeMigration(place, { revision: 'two', down: 'one', up: change })
  const project = new Project(place, () => undefined)
  await project.flask('db', 'upgrade')
  return { place, project }
}

async function rows(project: Project, sql: string): Promise<unknown[][]> {
  return await project.connected(async (connection) => (await connection.executeDriver(sql, [])).rows)
}

describe('a table of SQLite that is rebuilt', () => {
  it('keeps its rows, what refers to it, indexes, triggers and views', async (context) => {
    const { project } = await rebuild(
      context,
      "await op.batchAlterTable('parent', (batch) => { batch.alterColumn('name', { type: sa.String(99) }); batch.dropConstraint('ck_name', { type: 'check' }) })",
    )
    assert.deepEqual(await rows(project, 'SELECT id, name, boss_id FROM parent ORDER BY id'), [
      [1, 'ada', null],
      [2, 'grace', 1],
    ])
    assert.deepEqual(await rows(project, 'SELECT id, parent_id FROM child ORDER BY id'), [
      [1, 1],
      [2, 2],
    ])
    const master = String(await rows(project, 'SELECT sql FROM sqlite_master ORDER BY name'))
    assert.match(master, /name VARCHAR\(99\) NOT NULL/)
    assert.match(master, /CREATE INDEX ix_lower ON parent \(.*lower\(name\).*\) WHERE age IS NOT NULL/)
    assert.match(master, /REFERENCES parent \(id\) ON DELETE CASCADE/)
    assert.doesNotMatch(master, /_alembic_tmp|ck_name/)
    await project.connected(async (connection) => {
      await connection.executeDriver("INSERT INTO parent VALUES (3, 'nobody', NULL, 2)", [])
      await connection.commit()
    })
    assert.deepEqual(await rows(project, 'SELECT name FROM log'), [['ada'], ['grace'], ['nobody']])
    assert.equal((await rows(project, 'SELECT * FROM elders')).length, 3)
  })

  it('casts values to another kind of type', async (context) => {
    const { project } = await rebuild(
      context,
      "await op.alterColumn('parent', 'age', { type: sa.Integer(), newColumnName: 'years' })",
    )
    assert.deepEqual(await rows(project, 'SELECT years, typeof(years) FROM parent'), [
      [36, 'integer'],
      [85, 'integer'],
    ])
  })

  it('loses with a column what is made of it', async (context) => {
    const { project } = await rebuild(context, "await op.dropColumn('parent', 'name')").catch((error) => {
      // The index over an expression and the view need the column; SQLite says so.
      assert.match(String(error), /no such column: name/)
      return { project: null }
    })
    assert.equal(project, null)
  })

  it('finds constraints without names by their columns', async (context) => {
    const { project } = await rebuild(
      context,
      `await op.dropConstraint(null, 'parent', { type: 'unique', columns: ['name'] })
  await op.dropConstraint(null, 'parent', { type: 'foreignkey', columns: ['boss_id'] })`,
    )
    const [[sql]] = (await rows(project, "SELECT sql FROM sqlite_master WHERE name = 'parent'")) as [[string]]
    assert.doesNotMatch(sql, /UNIQUE|REFERENCES/)
  })

  it('refuses rows that no longer refer to anything', async (context) => {
    await assert.rejects(
      rebuild(context, "await op.execute('DELETE FROM parent WHERE id = 2')"),
      /rows refer to what is not there: child\.2 -> parent/,
    )
  })

  it('says which constraint it does not find', async (context) => {
    await assert.rejects(
      rebuild(context, "await op.dropConstraint('uq_none', 'parent', { type: 'unique' })"),
      /No such unique constraint 'uq_none' on table 'parent'/,
    )
    await assert.rejects(
      rebuild(context, "await op.dropConstraint('uq_none', 'parent')"),
      /needs the kind of constraint on sqlite/,
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { databases, makeWorkplace } from '../support/databases.ts'
import { writeMigration } from '../support/migration-source.ts'
import { Project, schemaOf } from '../support/project.ts'

const first = `
  await op.createTable('account', {
    id: sa.Column(sa.Integer(), { primaryKey: true }),
    name: sa.Column(sa.String(50), { nullable: false }),
    level: sa.Column(sa.Integer(), { serverDefault: sa.text('1') }),
    kind: sa.Column(sa.Enum(['a', 'b'], { name: 'account_kind' })),
  })
  await op.createTable('entry', {
    id: sa.Column(sa.Integer(), { primaryKey: true }),
    account_id: sa.Column(sa.Integer(), { nullable: false }),
  })
  await op.bulkInsert(
    { name: 'account', columns: { id: sa.Column(sa.Integer()), name: sa.Column(sa.String()), kind: sa.Column(sa.Enum(['a', 'b'], { name: 'account_kind' })) } },
    [{ id: 1, name: "o'neil", kind: 'a' }, { id: 2, name: 'äöü 😀', kind: 'b' }],
  )`
const second = `
  await op.addColumn('account', 'email', sa.Column(sa.String(80), { unique: true, index: true }))
  await op.alterColumn('account', 'name', { newColumnName: 'title', existingType: sa.String(50), existingNullable: false })
  await op.alterColumn('account', 'level', { type: sa.BigInteger(), nullable: false, serverDefault: sa.text('7'), existingType: sa.Integer() })
  await op.createForeignKey('fk_entry', 'entry', 'account', ['account_id'], ['id'], { ondelete: 'CASCADE' })
  await op.createUniqueConstraint('uq_title', 'account', ['title', 'level'])
  await op.createCheckConstraint('ck_level', 'account', 'level > 0')
  await op.createIndex('ix_level', 'account', ['level'], { unique: false })
  await op.execute("UPDATE account SET email = 'x' WHERE id = 1")
  if (!op.isOffline) {
    const rows = await op.getBind().execute(sa.text('SELECT title FROM account ORDER BY id'))
    if (rows.all().length !== 2) throw new Error('two rows were expected')
  }
  await op.renameTable('entry', 'line')`
const secondBack = `
  await op.renameTable('line', 'entry')
  await op.dropIndex('ix_level', 'account')
  await op.dropConstraint('ck_level', 'account', { type: 'check' })
  await op.dropConstraint('uq_title', 'account', { type: 'unique' })
  await op.dropConstraint('fk_entry', 'entry', { type: 'foreignkey', columns: ['account_id'] })
  await op.alterColumn('account', 'level', { type: sa.Integer(), nullable: true, serverDefault: null, existingType: sa.BigInteger() })
  await op.alterColumn('account', 'title', { newColumnName: 'name', existingType: sa.String(50), existingNullable: false })
  await op.dropIndex('ix_account_email', 'account')
  await op.dropColumn('account', 'email')`

describe('operations', () => {
  for (const kind of databases) {
    it(`change tables and data on ${kind}, and a script does the same`, async (context) => {
      const place = await makeWorkplace(context, kind)
      const other = await makeWorkplace(context, kind)
      if (!place || !other) return
      writeMigration(place, {
        revision: 'one',
        up: first,
        back: "await op.dropTable('entry'); await op.dropTable('account')",
      })
      writeMigration(place, { revision: 'two', down: 'one', up: second, back: secondBack })
      const project = new Project(place, () => undefined)
      await project.flask('db', 'upgrade')
      const script = await project.flask('db', 'upgrade', '--sql')
      const scripted = new Project({ ...other, folder: place.folder }, () => undefined)
      await scripted.connected(async (connection) => {
        for (const sql of script.split(/;\n\n/)) {
          const statement = sql.replace(/^(?:-- .*\n+)+/gm, '').trim()
          if (statement && !/^(?:BEGIN|COMMIT)$/.test(statement))
            await connection.executeDriver(statement, [])
        }
        await connection.commit()
      })
      assert.deepEqual(await scripted.connected(schemaOf), await project.connected(schemaOf))
      const read = (from: Project) =>
        from.connected(
          async (connection) =>
            (await connection.executeDriver('SELECT id, title, email FROM account ORDER BY id', [])).rows,
        )
      assert.deepEqual(await read(project), [
        [1, "o'neil", 'x'],
        [2, 'äöü 😀', null],
      ])
      assert.deepEqual(await read(scripted), await read(project))
      assert.equal((await scripted.flask('db', 'current')).trim(), 'two (head)')
      await project.flask('db', 'downgrade')
      await project.flask('db', 'upgrade')
      await project.flask('db', 'downgrade', 'base')
      assert.deepEqual(await project.connected(schemaOf), [])
    })

    it(`that fail leave the database as it was on ${kind}, or say what to do`, async (context) => {
      const place = await makeWorkplace(context, kind)
      if (!place) return
      writeMigration(place, { revision: 'one', up: first })
      writeMigration(place, {
        revision: 'two',
        down: 'one',
        message: 'goes wrong',
        up: "await op.addColumn('account', 'extra', sa.Column(sa.Integer()))\n  await op.execute('UPDATE nowhere SET x = 1')",
      })
      const project = new Project(place, () => undefined)
      const said = await project.fails('db', 'upgrade')
      assert.match(said, /Migration two \(goes wrong\) failed at two\.ts:15: /)
      const names = async () =>
        ((await project.connected(schemaOf)) as { name: string }[]).map((table) => table.name)
      if (kind === 'mysql') {
        assert.match(said, /MySQL commits every change of a table at once.*the version is still one/)
        assert.deepEqual(await names(), ['account', 'entry'])
        assert.equal((await project.flask('db', 'current')).trim(), 'one')
      } else {
        assert.match(said, /The database is as it was before\./)
        assert.deepEqual(await names(), [])
        assert.equal(await project.flask('db', 'current'), '')
      }
    })
  }
})

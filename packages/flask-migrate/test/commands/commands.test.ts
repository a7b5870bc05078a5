import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { migrate, upgrade } from '@flask-ts/flask-migrate'
import type { SQLAlchemy } from '@flask-ts/flask-sqlalchemy'
import { Flask } from 'flask-ts'
import { makeWorkplace, type Workplace } from '../support/databases.ts'
import { writeMigration } from '../support/migration-source.ts'
import { Project, schemaOf } from '../support/project.ts'

function defineUsers(db: SQLAlchemy): void {
  db.Table('user', { id: db.Column(db.Integer, { primaryKey: true }), name: db.Column(db.String(20)) })
}

async function makeProject(context: TestContext, define = defineUsers) {
  const place = (await makeWorkplace(context, 'sqlite')) as Workplace
  return { place, project: new Project(place, define) }
}

describe('flask db', () => {
  it('asks for init first, and does not do it twice', async (context) => {
    const { place, project } = await makeProject(context)
    assert.match(await project.fails('db', 'upgrade'), /Path doesn't exist.*'flask db init'/)
    await project.flask('db', 'init')
    assert.ok(existsSync(join(place.folder, 'versions')))
    assert.match(await project.fails('db', 'init'), /already exists and is not empty/)
  })

  it('writes nothing when nothing has changed, and refuses while migrations wait', async (context) => {
    const { place, project } = await makeProject(context)
    await project.flask('db', 'init')
    await project.flask('db', 'migrate', '-m', 'Users, with näme & more words than a file name should have')
    const names = readdirSync(join(place.folder, 'versions')).filter((name) => name.endsWith('.ts'))
    assert.match(names.join(), /^[0-9a-f]{12}_users_with_näme_more_words_than_a_file_\.ts$/)
    assert.match(await project.fails('db', 'migrate'), /Target database is not up to date/)
    assert.match(await project.fails('db', 'check'), /Target database is not up to date/)
    await project.flask('db', 'upgrade')
    assert.equal(await project.flask('db', 'migrate'), '')
    assert.equal(await project.flask('db', 'check'), 'No new upgrade operations detected.\n')
    const more = new Project(place, () => undefined)
    assert.match(await more.fails('db', 'check'), /New upgrade operations detected: removed table 'user'/)
  })

  it('tells history, heads, branches and the current version', async (context) => {
    const { place, project } = await makeProject(context)
    writeMigration(place, { revision: 'a1', message: 'begin' })
    writeMigration(place, { revision: 'b1', down: 'a1' })
    writeMigration(place, { revision: 'c1', down: 'a1', labels: ['side'] })
    await project.flask('db', 'upgrade', 'b1')
    assert.equal(await project.flask('db', 'current'), 'b1 (head)\n')
    assert.equal(
      await project.flask('db', 'history', '-i'),
      'a1 -> c1 (side) (head), c1\na1 -> b1 (head) (current), b1\n<base> -> a1 (branchpoint), begin\n',
    )
    assert.equal(
      await project.flask('db', 'history', '-r', 'a1:current'),
      'a1 -> b1 (head), b1\n<base> -> a1 (branchpoint), begin\n',
    )
    assert.equal(await project.flask('db', 'heads'), 'b1 (head)\nc1 (side) (head)\n')
    assert.match(
      await project.flask('db', 'branches'),
      /a1 \(branchpoint\), begin\n {4}-> b1 \(head\)\n {4}-> c1/,
    )
    assert.match(
      await project.flask('db', 'show', 'a1'),
      /^Rev: a1 \(branchpoint\)\nParent: <base>\nBranches into: b1, c1/,
    )
    assert.match(await project.fails('db', 'upgrade'), /Multiple head revisions/)
    await project.flask('db', 'merge', 'heads', '-m', 'together', '--rev-id', 'm1')
    await project.flask('db', 'upgrade')
    assert.equal(await project.flask('db', 'current'), 'm1 (head) (mergepoint)\n')
    await project.flask('db', 'downgrade')
    assert.equal(await project.flask('db', 'current'), 'b1\nc1 (side)\n')
  })

  it('branches off only when told to', async (context) => {
    const { place, project } = await makeProject(context)
    writeMigration(place, { revision: 'a1' })
    writeMigration(place, { revision: 'b1', down: 'a1' })
    assert.match(
      await project.fails('db', 'revision', '--head', 'a1'),
      /not a head revision; please specify --splice/,
    )
    await project.flask(
      'db',
      'revision',
      '--head',
      'a1',
      '--splice',
      '--rev-id',
      'c1',
      '--branch-label',
      'side',
    )
    await project.flask('db', 'upgrade', 'heads')
    assert.equal(await project.flask('db', 'current'), 'b1 (head)\nc1 (side) (head)\n')
  })

  it('takes over a database that Alembic manages', async (context) => {
    const { place, project } = await makeProject(context)
    const versions = join(place.folder, 'versions')
    mkdirSync(versions, { recursive: true })
    const python = (id: string, down: string) =>
      `"""from python\n\nRevision ID: ${id}\n"""\nfrom alembic import op\n\nrevision: str = '${id}'\ndown_revision = ${down}\nbranch_labels = None\n`
    writeFileSync(join(versions, '1975ea83b712_first.py'), python('1975ea83b712', 'None'))
    writeFileSync(join(versions, 'ae1027a6acf_second.py'), python('ae1027a6acf', "'1975ea83b712'"))
    await project.connected(async (connection) => {
      await connection.executeDriver(
        'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)',
        [],
      )
      await connection.executeDriver("INSERT INTO alembic_version VALUES ('ae1027a6acf')", [])
      await connection.executeDriver('CREATE TABLE user (id INTEGER NOT NULL PRIMARY KEY)', [])
      await connection.commit()
    })
    assert.equal(await project.flask('db', 'current'), 'ae1027a6acf (head)\n')
    await project.flask('db', 'migrate', '-m', 'now in TypeScript')
    await project.flask('db', 'upgrade')
    assert.match(await project.flask('db', 'history'), /ae1027a6acf -> \w+ \(head\), now in TypeScript/)
    assert.match(
      await project.fails('db', 'downgrade', 'base'),
      /migration in Python, which only Alembic can carry out/,
    )
  })

  it('stamps, purges, and writes the stamp', async (context) => {
    const { place, project } = await makeProject(context)
    writeMigration(place, { revision: 'a1' })
    writeMigration(place, { revision: 'b1', down: 'a1' })
    await project.flask('db', 'stamp', 'a1')
    assert.equal(await project.flask('db', 'current'), 'a1\n')
    await project.flask('db', 'stamp')
    assert.equal(await project.flask('db', 'current'), 'b1 (head)\n')
    assert.match(
      await project.flask('db', 'stamp', 'a1:b1', '--sql'),
      /UPDATE alembic_version SET version_num='b1'/,
    )
    await project.connected(async (connection) => {
      await connection.executeDriver("UPDATE alembic_version SET version_num = 'lost'", [])
      await connection.commit()
    })
    assert.match(await project.fails('db', 'upgrade'), /Can't locate revision identified by 'lost'/)
    await project.flask('db', 'stamp', 'head', '--purge')
    assert.equal(await project.flask('db', 'current'), 'b1 (head)\n')
    await project.flask('db', 'stamp', 'base')
    assert.equal(await project.flask('db', 'current'), '')
  })

  it('needs both ends for the script of a downgrade', async (context) => {
    const { place, project } = await makeProject(context)
    writeMigration(place, { revision: 'a1', back: "await op.execute('DROP TABLE x')" })
    assert.match(await project.fails('db', 'downgrade', '--sql'), /requires <fromrev>:<torev>/)
    assert.match(
      await project.flask('db', 'downgrade', 'a1:base', '--sql'),
      /DROP TABLE x;[\s\S]*DELETE FROM alembic_version/,
    )
  })

  it('says what is wrong with a migration file', async (context) => {
    const { place, project } = await makeProject(context)
    await project.flask('db', 'init')
    writeFileSync(join(place.folder, 'versions', 'empty.ts'), 'export const nothing = 1\n')
    assert.match(await project.fails('db', 'heads'), /Could not determine revision id from '.*empty\.ts'/)
  })
})

describe('the functions', () => {
  it('do what the commands do', async (context) => {
    const { place, project } = await makeProject(context)
    await project.flask('db', 'init')
    await project.run(async () => {
      assert.match(String(await migrate({ message: 'users' })), /_users\.ts$/)
      await upgrade()
    })
    assert.equal(((await project.connected(schemaOf)) as unknown[]).length, 1)
    assert.ok(existsSync(place.folder))
  })

  it('need an application with migrations', async () => {
    await new Flask('bare').withAppContext(() =>
      assert.rejects(upgrade(), /give it to new Migrate\(app, db\)/),
    )
  })
})

describe('options', () => {
  it('leave tables out and compare as they say', async (context) => {
    const place = (await makeWorkplace(context, 'sqlite')) as Workplace
    await new Project(place, defineUsers).flask('db', 'init')
    const options = { includeObject: (name: string) => name !== 'user', versionTable: 'versions_of_mine' }
    const project = new Project(place, defineUsers, options)
    assert.equal(await project.flask('db', 'migrate'), '')
    writeMigration(place, { revision: 'a1' })
    await project.flask('db', 'upgrade')
    assert.deepEqual(
      ((await project.connected(schemaOf)) as { name: string }[]).map((table) => table.name),
      ['versions_of_mine'],
    )
  })
})

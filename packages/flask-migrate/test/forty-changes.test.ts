import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, migrate, upgrade } from '@flask-ts/flask-migrate'
import { databases, makeWorkplace } from './support/databases.ts'
import { changes, defineAt } from './support/forty-changes.ts'
import { Project, schemaOf } from './support/project.ts'

describe('forty changes of the models in a row', { timeout: 120_000 }, () => {
  for (const kind of databases) {
    it(`go up, down and up again on ${kind}`, async (context) => {
      const place = await makeWorkplace(context, kind)
      const ideal = await makeWorkplace(context, kind)
      if (!place || !ideal) return
      await new Project(place, defineAt(0)).flask('db', 'init')
      for (let count = 1; count <= changes; count++) {
        await new Project(place, defineAt(count)).run(async () => {
          assert.notEqual(await migrate({ message: `change ${count}` }), null, `change ${count}`)
          await upgrade()
          await check()
        })
      }
      const last = new Project(place, defineAt(changes))
      const wanted = new Project(ideal, defineAt(changes))
      await wanted.run(() => wanted.db.createAll())
      const schema = await wanted.connected(schemaOf)
      assert.deepEqual(await last.connected(schemaOf), schema)
      await last.flask('db', 'downgrade', 'base')
      assert.deepEqual(await last.connected(schemaOf), [])
      await last.flask('db', 'upgrade')
      assert.deepEqual(await last.connected(schemaOf), schema)
    })
  }
})

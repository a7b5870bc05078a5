import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
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
        const project = new Project(place, defineAt(count))
        assert.match(await project.flask('db', 'migrate', '-m', `change ${count}`), /done/, `change ${count}`)
        await project.flask('db', 'upgrade')
        assert.match(await project.flask('db', 'check'), /No new upgrade operations/, `change ${count}`)
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

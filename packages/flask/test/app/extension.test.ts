import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentApp, Flask, g } from 'flask-ts'

/** The extension of the guide: it opens a connection when it is first used, and closes it with the context. */
class Greeter {
  constructor(app?: Flask) {
    if (app !== undefined) this.initApp(app)
  }

  initApp(app: Flask): void {
    app.config.setdefault('GREETER_WORD', 'Hello')
    app.extensions.greeter = this
    app.teardownAppcontext(() => {
      const connection = g.pop('greeter_connection', null) as { open: boolean } | null
      if (connection !== null) connection.open = false
    })
    const group = app.cli.group('greet', { help: 'Greets.' })
    group.command('someone <name>', (name: string) => console.log(this.greet(name)))
  }

  get connection(): { open: boolean } {
    return g.setdefault('greeter_connection', { open: true }) as { open: boolean }
  }

  greet(name: string): string {
    return `${currentApp.config.GREETER_WORD}, ${name}! ${this.connection.open}`
  }
}

test('an extension serves several applications, each with its own configuration', async () => {
  const greeter = new Greeter()
  const [one, two] = [new Flask('one'), new Flask('two')]
  two.config.GREETER_WORD = 'Moin'
  for (const app of [one, two]) {
    greeter.initApp(app)
    app.get('/<name>', ({ name }) => greeter.greet(name))
  }
  assert.equal((await one.testClient().get('/ada')).text, 'Hello, ada! true')
  assert.equal((await two.testClient().get('/ada')).text, 'Moin, ada! true')
  assert.equal(one.extensions.greeter, greeter)
})

test('it is torn down with the context, and brings its commands', async () => {
  const app = new Flask('app')
  const greeter = new Greeter(app)
  let connection: { open: boolean } | undefined
  await app.withAppContext(() => {
    connection = greeter.connection
  })
  assert.deepEqual(connection, { open: false })
  assert.equal((await app.testCliRunner().invoke(['greet', 'someone', 'ada'])).stdout, 'Hello, ada! true\n')
})

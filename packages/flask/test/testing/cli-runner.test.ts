import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currentApp, Flask } from 'flask-ts'

function makeApp(): Flask {
  const app = new Flask('app')
  app.cli
    .command('create-user <name>', { help: 'Creates a user.' })
    .option('-n, --number <n>', { parse: Number, default: 1, description: 'How many.' })
    .option('--admin')
    .action((name: string, options: { number: number; admin?: boolean }) => {
      console.log(`${name} ${options.number} ${options.admin ?? false} in ${currentApp.name}`)
    })
  app.cli.command('bare', { withAppContext: false }, () => {
    console.log(currentApp.name)
  })
  app.cli.command('fail', async () => {
    throw new RangeError('no')
  })
  return app
}

test('a command gets its arguments and options, in the context of the application', async () => {
  const result = await makeApp().testCliRunner().invoke(['create-user', 'ada', '-n', '3', '--admin'])
  assert.deepEqual([result.exitCode, result.output], [0, 'ada 3 true in app\n'])
})

test('a wrong command line is told, with exit code 2', async () => {
  const runner = makeApp().testCliRunner()
  const missing = await runner.invoke(['create-user'])
  assert.equal(missing.exitCode, 2)
  assert.match(missing.stderr, /missing required argument 'name'/)
  assert.equal((await runner.invoke(['none'])).exitCode, 2)
  assert.match((await runner.invoke(['create-user', '--help'])).stdout, /Creates a user\./)
})

test('what a command throws is in the result', async () => {
  const runner = makeApp().testCliRunner()
  const failed = await runner.invoke(['fail'])
  assert.deepEqual([failed.exitCode, (failed.exception as Error).name], [1, 'RangeError'])
  assert.match(String((await runner.invoke(['bare'])).exception), /outside of application context/)
})

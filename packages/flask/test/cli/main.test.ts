import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const bin = join(here, '../../src/cli/bin.ts')
// Below the package, so that the programs find it by its name.
const folder = mkdtempSync(join(here, 'programs-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const programs: Readonly<Record<string, string>> = {
  'app.ts': `
    import { Flask } from 'flask-ts'
    export const app = new Flask(import.meta)
    app.route('/', function home() { return 'x' })
    app.post('/items', function addItem() { return 'x' })
    app.cli.command('hello <name>', (name: string) => console.log('hello ' + name + ' ' + process.env.FROM_FILE + ' ' + app.debug))
    app.run()`,
  'factory.ts': `
    import { Flask } from 'flask-ts'
    export async function createApp(name: string, options: { debug?: boolean } = {}) {
      const app = new Flask(name)
      app.cli.command('who', () => console.log(name, options.debug))
      return app
    }`,
  'two.ts': `
    import { Flask } from 'flask-ts'
    export const one = new Flask('one')
    export const other = new Flask('other')`,
  'broken.ts': `throw new RangeError('broken on purpose')`,
  'empty.ts': `export const nothing = 1`,
  '.env': 'FROM_FILE=env',
  '.flaskenv': 'FROM_FILE=flaskenv\\nFLASK_DEBUG=1',
  'named.env': 'FROM_FILE=named',
}
mkdirSync(join(folder, 'empty-folder'))
for (const [name, text] of Object.entries(programs))
  writeFileSync(join(folder, name), text.replaceAll('\\n', '\n'))

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function flask(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const env = { ...process.env, FLASK_APP: '', ...options.env }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...args],
      { cwd: options.cwd ?? folder, env },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      },
    )
  })
}

test('routes are listed with Flask’s columns, in the wanted order', async () => {
  const { stdout } = await flask(['routes', '--sort', 'rule'])
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd()),
    [
      'Endpoint  Methods  Rule',
      '--------  -------  -----------------------',
      'home      GET      /',
      'addItem   POST     /items',
      'static    GET      /static/<path:filename>',
    ],
  )
})

test('commands of the program run with the variables of the files, and its app.run() does nothing', async () => {
  const plain = await flask(['hello', 'ada'])
  assert.equal(plain.stdout, 'hello ada env true\n')
  assert.match(plain.stderr, /Ignoring a call to 'app\.run\(\)'/)
  const named = await flask(['--env-file', 'named.env', '--no-debug', 'hello', 'ada'])
  assert.equal(named.stdout, 'hello ada named false\n')
  const skipped = await flask(['hello', 'ada'], { env: { FLASK_SKIP_DOTENV: '1', FROM_FILE: 'process' } })
  assert.equal(skipped.stdout, 'hello ada process false\n')
})

test('factories are called with literal arguments, in either spelling of their name', async () => {
  const { stdout } = await flask(['--app', "factory:create_app('x', debug=True)", 'who'])
  assert.equal(stdout, 'x true\n')
  const bare = await flask(['--app', 'factory', 'routes'])
  assert.match(
    bare.stderr,
    /factory 'createApp' in module 'factory', but could not call it without arguments/,
  )
  assert.equal(bare.code, 2)
})

test('what is not found, ambiguous or broken is told', async () => {
  const cases: [args: string[], message: RegExp][] = [
    [['--app', 'none', 'routes'], /Could not import 'none'/],
    [['--app', 'two', 'routes'], /Detected multiple Flask applications in module 'two'/],
    [['--app', 'empty', 'routes'], /Failed to find Flask application or factory in module 'empty'/],
    [['--app', 'app:other', 'routes'], /Failed to find attribute 'other' in 'app'/],
    [['--app', 'app:a b', 'routes'], /Failed to parse 'a b' as an attribute name or function call/],
    [['--app', 'factory:createApp(x)', 'routes'], /Failed to parse arguments as literal values/],
    [['--app', 'empty:nothing', 'routes'], /A valid Flask application was not obtained from 'empty:nothing'/],
    [
      ['--app', 'broken', 'routes'],
      /While importing 'broken', an error was raised:.*broken on purpose.*broken\.ts:1/s,
    ],
  ]
  const outcomes = await Promise.all(cases.map(([args]) => flask(args)))
  for (const [at, { code, stderr }] of outcomes.entries()) {
    assert.match(stderr, cases[at]![1])
    assert.equal(code, 2)
  }
  // Node itself looks for --env-file anywhere on its command line, and has a message of its own.
  const noFile = await flask(['-e', 'none.env', 'routes'])
  assert.match(noFile.stderr, /File 'none\.env' does not exist/)
  assert.equal(noFile.code, 2)
  const nowhere = await flask(['routes'], { cwd: join(folder, 'empty-folder') })
  assert.match(nowhere.stderr, /Could not locate a Flask application/)
})

test('help names the commands of the program, and an unknown one is refused', async () => {
  assert.match((await flask(['--help'])).stdout, /hello <name>/)
  const unknown = await flask(['none'])
  assert.equal(unknown.code, 2)
  assert.match(unknown.stderr, /unknown command 'none'/)
})

test('the shell has the application and its names', async () => {
  const child = execFile(process.execPath, [bin, 'shell'], { cwd: folder })
  let output = ''
  child.stdout?.on('data', (chunk: string) => {
    output += chunk
  })
  child.stdin?.end('currentApp.name + " " + app.debug\n')
  await new Promise((resolve) => child.on('exit', resolve))
  assert.match(output, /App: app/)
  assert.match(output, /'app true'/)
})

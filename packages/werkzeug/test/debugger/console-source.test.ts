import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameConsole } from '../../src/debugger/frame-console.ts'
import { scopeEvaluator } from '../../src/debugger/scope-evaluator.ts'

function makeConsole(names: Record<string, unknown> = {}): (typed: string) => Promise<string> {
  const made = new FrameConsole({
    evaluate: scopeEvaluator(names),
    within: (work) => work(),
    error: new RangeError('the error'),
    bounded: (work) => work(),
  })
  return async (typed) => {
    const { output, value } = await made.run(typed)
    const lines = [...output, value].map((pieces) => pieces.map(([, text]) => text).join(''))
    return lines.filter((line) => line !== '').join(' | ')
  }
}

test('an expression gives its value', async () => {
  const run = makeConsole({ n: 4 })
  assert.equal(await run('n * 2'), '8')
  assert.equal(await run('{ a: n }'), '{ a: 4 }')
  assert.equal(await run('n // with a comment'), '4')
  assert.equal(await run('undefined'), '')
  assert.equal(await run('n;'), '4')
})

test('what is declared is there for the next input', async () => {
  const run = makeConsole()
  assert.equal(await run('const a = 1, { b, ...rest } = { b: 2, c: 3 }; let [d = 4] = []'), '')
  assert.equal(await run('[a, b, rest, d]'), '[ 1, 2, { c: 3 }, 4 ]')
  await run('function add(x) { return a + x }')
  await run('class Point { x = add(1) }')
  assert.equal(await run('new Point().x'), '2')
  assert.equal(await run('let a = 10; a + 1'), '11')
  assert.equal(await run('a'), '10')
})

test('await waits, also in declarations and statements', async () => {
  const run = makeConsole()
  assert.equal(await run('await Promise.resolve(5)'), '5')
  await run('const x = await Promise.resolve(6)')
  assert.equal(await run('x'), '6')
  assert.equal(await run('let sum = 0; for await (const n of [1, 2]) sum += n; sum'), '3')
  assert.equal(await run('await Promise.reject(new TypeError("no"))'), 'TypeError: no')
  assert.match(await run('Promise.resolve(1)'), /^Promise \{\s+1\b/)
})

test('TypeScript and import() are understood', async () => {
  const run = makeConsole()
  assert.equal(await run('const n: number = 3; n as unknown'), '3')
  assert.equal(await run('(await import("node:path")).posix.sep'), "'/'")
})

test('names of the frame go before the helpers', async () => {
  const run = makeConsole({ dump: 'my own' })
  assert.equal(await run('dump'), "'my own'")
  assert.equal(await run('1 + 1'), '2')
  assert.equal(await run('_ * 5'), '10')
  assert.equal(await run('$error.message'), "'the error'")
  assert.equal(await makeConsole()('dump({ a: 1 })'), 'a: 1')
})

test('what is written comes before the value, errors are told by name', async () => {
  const run = makeConsole()
  assert.equal(await run('console.log("hello", 5); 7'), 'hello 5 | 7')
  assert.match(await run('nope.x'), /^ReferenceError: nope is not defined$/)
  assert.match(await run('a b'), /^SyntaxError: /)
  assert.equal(await run('throw "a string"'), "Thrown: 'a string'")
})

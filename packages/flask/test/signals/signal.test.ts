import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Flask,
  gotRequestException,
  Namespace,
  requestFinished,
  requestStarted,
  requestTearingDown,
  Signal,
} from 'flask-ts'

test('a receiver hears its sender, and everything if it named none', () => {
  const signal = new Signal<{ n: number }>('test')
  const [one, other] = [{}, {}]
  const heard: string[] = []
  signal.connect((_sender, { n }) => heard.push(`all ${n}`))
  signal.connect((_sender, { n }) => heard.push(`one ${n}`), one)
  signal.send(other, { n: 1 })
  signal.send(one, { n: 2 })
  assert.deepEqual(heard, ['all 1', 'all 2', 'one 2'])
  assert.equal(signal.hasReceiversFor(other), true)
})

test('connections end by disconnecting and with their scope', () => {
  const signal = new Signal('test')
  const receiver = () => 'heard'
  {
    using _link = signal.connectedTo(receiver)
    assert.deepEqual(signal.send({}, {}), [[receiver, 'heard']])
  }
  assert.equal(signal.hasReceivers, false)
  signal.connect(receiver)
  signal.disconnect(receiver)
  assert.deepEqual(signal.send({}, {}), [])
})

test('async receivers can be waited for', async () => {
  const signal = new Signal('test')
  signal.connect(async () => 'later')
  const [[, result] = []] = await signal.sendAsync({}, {})
  assert.equal(result, 'later')
})

test('a namespace gives the same signal for the same name', () => {
  const names = new Namespace()
  assert.equal(names.signal('saved'), names.signal('saved'))
  assert.equal(names.signal('saved').name, 'saved')
})

test('an async receiver that fails is told by the log', async () => {
  const app = new Flask('app')
  const told: string[] = []
  app.logger = { error: (_details: object, text: string) => told.push(text) } as unknown as typeof app.logger
  app.route('/', () => 'x')
  using _link = requestStarted.connectedTo(async function slow() {
    throw new Error('no')
  }, app)
  assert.equal((await app.testClient().get('/')).text, 'x')
  assert.deepEqual(told, ["The receiver 'slow' of the signal 'request-started' failed"])
})

test('a request is told from its start to its teardown, with an exception in between', async () => {
  const app = new Flask('app')
  app.logger.level = 'silent'
  app.route('/crash', function crash() {
    throw new Error('boom')
  })
  const heard: string[] = []
  using _started = requestStarted.connectedTo(() => heard.push('started'), app)
  using _exception = gotRequestException.connectedTo(
    (_app, { exception }) => heard.push(`exception ${(exception as Error).message}`),
    app,
  )
  using _finished = requestFinished.connectedTo(
    (_app, { response }) => heard.push(`finished ${(response as { status: number }).status}`),
    app,
  )
  using _tearing = requestTearingDown.connectedTo(
    (_app, { exc }) => heard.push(`tearing ${(exc as Error).message}`),
    app,
  )
  await app.testClient().get('/crash')
  assert.deepEqual(heard, ['started', 'exception boom', 'finished 500', 'tearing boom'])
})

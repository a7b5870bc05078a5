import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flask, MethodView, tuple, View, type ViewDecorator } from 'flask-ts'

const shout: ViewDecorator = (view) => (params) => String(view(params)).toUpperCase()
const mark: ViewDecorator = (view) => (params) => `${view(params)}!`

test('each request gets an instance, unless they share one; decorators go from the inside out', async () => {
  class Counter extends View {
    static override decorators = [shout, mark]
    count = 0
    readonly word: string

    constructor(word: string) {
      super()
      this.word = word
    }

    dispatchRequest({ name }: { name: string }) {
      return `${this.word} ${name} ${++this.count}`
    }
  }
  class Shared extends Counter {
    static override initEveryRequest = false
  }
  const app = new Flask('app')
  app.addUrlRule('/own/<name>', { viewFunc: Counter.asView('own', 'hello') })
  app.addUrlRule('/shared/<name>', { viewFunc: Shared.asView('shared', 'hello') })
  const client = app.testClient()
  for (const path of ['/own/x', '/own/x']) assert.equal((await client.get(path)).text, 'HELLO X 1!')
  await client.get('/shared/x')
  assert.equal((await client.get('/shared/x')).text, 'HELLO X 2!')
})

test('a method view has the methods of its class and those it inherits', async () => {
  class Base extends MethodView {
    get() {
      return 'got'
    }
  }
  class Books extends Base {
    post() {
      return tuple('made', 201)
    }
  }
  class Listed extends Base {
    static override methods = ['GET']
  }
  assert.deepEqual([Base.methods, Books.methods, Listed.methods], [['GET'], ['GET', 'POST'], ['GET']])
  const app = new Flask('app')
  app.addUrlRule('/books', { viewFunc: Books.asView('books') })
  const client = app.testClient()
  assert.equal((await client.post('/books')).status, 201)
  assert.equal((await client.head('/books')).status, 200)
  assert.equal(
    (await client.put('/books')).headers.get('Allow')?.split(', ').sort().join(),
    'GET,HEAD,OPTIONS,POST',
  )
})

test('a rule for a method that the class lacks is an error that names both', async () => {
  class Books extends MethodView {
    get() {
      return 'got'
    }
  }
  const app = new Flask('app')
  app.testing = true
  app.addUrlRule('/books', { viewFunc: Books.asView('books'), methods: ['GET', 'PUT'] })
  await assert.rejects(app.testClient().put('/books'), /Unimplemented method 'PUT' in Books/)
})

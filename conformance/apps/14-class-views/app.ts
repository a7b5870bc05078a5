/** View and MethodView: methods, decorators, instances, arguments of asView, inheritance. */
import {
  Blueprint,
  Flask,
  jsonify,
  MethodView,
  request,
  tuple,
  urlFor,
  View,
  type ViewDecorator,
} from 'flask-ts'

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
const bookApi = new Blueprint('books', import.meta, { urlPrefix: '/books' })

function tagged(name: string): ViewDecorator {
  return (view) => (params) => {
    const rv = app.makeResponse(view(params))
    rv.headers.add('X-Tag', name)
    return rv
  }
}

const keyRequired: ViewDecorator = (view) => (params) => {
  if (request.headers.get('X-Key') !== 'open') return tuple({ error: 'key required' }, 401)
  return view(params)
}

class Greeting extends View {
  static override methods = ['GET', 'POST']
  static override decorators = [tagged('inner'), tagged('outer')]
  readonly word: string

  constructor(word = 'Hello') {
    super()
    this.word = word
  }

  dispatchRequest({ name = 'world' }: { name?: string }) {
    return `${this.word}, ${name}! (${request.method})`
  }
}

class Counter extends View {
  count = 0

  dispatchRequest() {
    this.count += 1
    return String(this.count)
  }
}

class SharedCounter extends Counter {
  static override initEveryRequest = false
}

class NoOptions extends View {
  static override provideAutomaticOptions = false

  dispatchRequest() {
    return 'plain'
  }
}

class Base extends MethodView {
  get() {
    return 'base get'
  }

  delete() {
    return 'base delete'
  }
}

class Child extends Base {
  put() {
    return 'child put'
  }

  head() {
    return tuple('', { 'X-Head': 'own' })
  }
}

class Options extends MethodView {
  get() {
    return 'get'
  }

  options() {
    return tuple('own options', { Allow: 'GET' })
  }
}

type Book = Record<string, unknown>

class KeyError extends Error {}

/** As `mapping.update(other)` in Python, which takes no list that has items and nothing else but mappings. */
function update(mapping: Book, other: unknown) {
  const isEmptyList = (Array.isArray(other) || typeof other === 'string') && other.length === 0
  if (isEmptyList) return
  if (typeof other !== 'object' || other === null || Array.isArray(other)) throw new TypeError('update')
  Object.assign(mapping, other)
}

/** As `mapping[key]` in Python: a missing key is an error. */
function item<K, V>(mapping: ReadonlyMap<K, V>, key: K): V {
  const value = mapping.get(key)
  if (value === undefined) throw new KeyError(String(key))
  return value
}

class Books extends MethodView {
  static override decorators = [keyRequired]
  static readonly store = new Map<number, Book>([
    [1, { title: 'Solaris' }],
    [2, { title: 'Ubik' }],
  ])

  get({ book_id }: { book_id: number | null }) {
    const { store } = Books
    if (book_id === null) {
      return jsonify(
        Array.from(store, ([id, book]) => ({ id, ...book, url: urlFor('.api', { book_id: id }) })),
      )
    }
    return store.get(book_id) ?? tuple({ error: 'no such book' }, 404)
  }

  post() {
    const data = request.getJson<Book>()
    const id = Math.max(...Books.store.keys()) + 1
    Books.store.set(id, { title: item(new Map(Object.entries(data)), 'title') })
    return tuple({ id }, 201, { Location: urlFor('books.api', { book_id: id }) })
  }

  patch({ book_id }: { book_id: number }) {
    const book = item(Books.store, book_id)
    update(book, request.getJson())
    return book
  }

  delete({ book_id }: { book_id: number }) {
    item(Books.store, book_id)
    Books.store.delete(book_id)
    return tuple('', 204)
  }
}

const view = Books.asView('api')
bookApi.addUrlRule('/', { viewFunc: view, defaults: { book_id: null }, methods: ['GET'] })
bookApi.addUrlRule('/', { viewFunc: view, methods: ['POST'] })
bookApi.addUrlRule('/<int:book_id>', { viewFunc: view, methods: ['GET', 'PATCH', 'DELETE'] })
app.registerBlueprint(bookApi)
app.addUrlRule('/hello', { viewFunc: Greeting.asView('hello') })
app.addUrlRule('/hello/<name>', { endpoint: 'hello', viewFunc: app.viewFunctions.get('hello') })
app.addUrlRule('/bye/<name>', { viewFunc: Greeting.asView('bye', 'Goodbye') })
app.addUrlRule('/fresh', { viewFunc: Counter.asView('fresh') })
app.addUrlRule('/shared', { viewFunc: SharedCounter.asView('shared') })
app.addUrlRule('/no-options', { viewFunc: NoOptions.asView('no_options') })
app.addUrlRule('/base', { viewFunc: Base.asView('base') })
app.addUrlRule('/child', { viewFunc: Child.asView('child') })
app.addUrlRule('/limited', { viewFunc: Child.asView('limited'), methods: ['GET'] })
app.addUrlRule('/options', { viewFunc: Options.asView('options') })

app.route('/methods', function methods() {
  const classes = { base: Base, child: Child, books: Books, greeting: Greeting }
  return Object.fromEntries(Object.entries(classes).map(([name, type]) => [name, [...type.methods!].sort()]))
})

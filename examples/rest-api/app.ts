/** A REST API: validation, pagination with links, entity tags, errors as JSON, CORS. */
import { CORS } from '@flask-ts/flask-cors'
import { int } from '@flask-ts/werkzeug/datastructures'
import { HTTPException, PreconditionFailed } from '@flask-ts/werkzeug/exceptions'
import { generateEtag } from '@flask-ts/werkzeug/http'
import { abort, Blueprint, Flask, jsonify, request, tuple, urlFor } from 'flask-ts'

interface Book {
  readonly id: number
  readonly title: string
  readonly year: number
}

/** The books by number, in place of a database. */
const books = new Map<number, Book>()
let lastId = 0

const api = new Blueprint('api', import.meta, { urlPrefix: '/api/v1' })

function find(id: number): Book {
  return books.get(id) ?? abort(404, `There is no book ${id}.`)
}

/** The fields of a book in the body, or a 422 that names all that is wrong. */
function readBook(): Omit<Book, 'id'> {
  const { title, year } = request.getJson<{ title?: unknown; year?: unknown }>()
  const problems: string[] = []
  if (typeof title !== 'string' || title === '') problems.push('title must be a text')
  if (!Number.isInteger(year)) problems.push('year must be a whole number')
  if (problems.length > 0) abort(422, problems.join('; '))
  return { title: title as string, year: year as number }
}

function etagOf(book: Book): string {
  return generateEtag(Buffer.from(JSON.stringify(book)))
}

function answer(book: Book) {
  const response = jsonify(book)
  response.setEtag(etagOf(book))
  return response
}

api.get('/books', function listBooks() {
  const page = Math.max(request.args.get('page', { type: int, default: 1 }), 1)
  const size = Math.min(request.args.get('per_page', { type: int, default: 10 }), 100)
  const all = [...books.values()]
  const response = jsonify(all.slice((page - 1) * size, page * size))
  response.headers.set('X-Total-Count', String(all.length))
  if (page * size < all.length) {
    response.headers.set('Link', `<${urlFor('.listBooks', { page: page + 1, per_page: size })}>; rel="next"`)
  }
  return response
})

api.post('/books', function addBook() {
  const book = { id: ++lastId, ...readBook() }
  books.set(book.id, book)
  return tuple(answer(book), 201, { Location: urlFor('.getBook', { id: book.id }) })
})

api.get('/books/<int:id>', function getBook({ id }) {
  return answer(find(id)).makeConditional(request.environ)
})

api.put('/books/<int:id>', function changeBook({ id }) {
  const book = find(id)
  // Who read the book before it was changed by somebody else does not overwrite that change.
  if (request.headers.has('If-Match') && !request.ifMatch.contains(etagOf(book)))
    throw new PreconditionFailed()
  const changed = { id, ...readBook() }
  books.set(id, changed)
  return answer(changed)
})

api.delete('/books/<int:id>', function deleteBook({ id }) {
  books.delete(find(id).id)
  return tuple('', 204)
})

export const app = new Flask(import.meta)
new CORS(app, { resources: '/api/*', exposeHeaders: ['ETag', 'Link', 'X-Total-Count'] })
app.registerBlueprint(api)

app.errorHandler(HTTPException, (error) =>
  tuple({ code: error.code, error: error.name, description: error.description }, error.code),
)

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })

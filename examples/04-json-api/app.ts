import { abort, Flask, jsonify, request } from 'flask-ts'

interface Book {
  readonly id: number
  readonly title: string
}

export const app = new Flask(import.meta)

const books = new Map<number, Book>([
  [1, { id: 1, title: 'Notes by the translator' }],
  [2, { id: 2, title: 'A relational model of data' }],
])

app.get('/books', function listBooks() {
  return jsonify([...books.values()])
})

app.get('/books/<int:id>', function getBook({ id }) {
  return jsonify(books.get(id) ?? abort(404, `There is no book ${id}.`))
})

app.post('/books', function addBook() {
  const { title } = request.json as { title?: unknown }
  if (typeof title !== 'string' || title === '') abort(400, 'A book needs a title.')
  const book = { id: books.size + 1, title }
  books.set(book.id, book)
  const response = jsonify(book)
  response.status = 201
  return response
})

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })

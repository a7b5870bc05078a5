/** A to-do REST API: validation, pagination headers, ETags, CORS for every route. */
import { createHash } from 'node:crypto'
import { CORS } from '@flask-ts/flask-cors'
import { int } from '@flask-ts/werkzeug/datastructures'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { abort, Flask, jsonify, makeResponse, request, type StatusValue, tuple, urlFor } from 'flask-ts'

interface Todo {
  id: number
  title: string
  done: boolean
  priority: number
}

type Data = Record<string, unknown>

class KeyError extends Error {}

export const app = new Flask(import.meta, { rootPath: process.env.APP_ROOT })
new CORS(app, { exposeHeaders: ['X-Total-Count', 'Link', 'ETag'] })
const todos = new Map<number, Todo>()
for (let n = 1; n < 8; n++) {
  todos.set(n, { id: n, title: `Task ${n}`, done: n % 3 === 0, priority: n % 4 || 4 })
}
let counter = 8

class ValidationError extends Error {
  readonly errors: Record<string, string>

  constructor(errors: Record<string, string>) {
    super('validation failed')
    this.errors = errors
  }
}

app.errorHandler(ValidationError, function invalid(error) {
  return tuple({ error: 'validation failed', fields: error.errors }, 422)
})

app.errorHandler(HTTPException, function httpError(error) {
  return tuple(
    { error: error.name, code: error.code, description: error.description },
    error.code,
    error.getHeaders().slice(1),
  )
})

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function validate(given: unknown, partial = false): Data {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ValidationError({ _: 'an object is needed' })
  }
  const data = given as Data
  const errors: Record<string, string> = {}
  const { title } = data
  if (!(partial && !('title' in data)) && (!isText(title) || title.trim() === '')) {
    errors.title = 'must be a text that is not empty'
  } else if (isText(title) && [...title].length > 40) {
    errors.title = `is ${[...title].length - 40} characters too long`
  }
  if ('done' in data && typeof data.done !== 'boolean') errors.done = 'must be true or false'
  if ('priority' in data && ![1, 2, 3, 4].includes(data.priority as number)) {
    errors.priority = 'must be between 1 and 4'
  }
  const known = ['title', 'done', 'priority']
  for (const name of Object.keys(data)
    .filter((key) => !known.includes(key))
    .sort())
    errors[name] = 'is not known'
  if (Object.keys(errors).length > 0) throw new ValidationError(errors)
  return data
}

function tag(todo: Todo) {
  const text = `${todo.id}|${todo.title}|${Number(todo.done)}|${todo.priority}`
  return createHash('md5').update(text).digest('hex')
}

function find(id: number): Todo {
  return todos.get(id) ?? abort(404, `There is no task ${id}.`)
}

function answer(todo: Todo, status: StatusValue = 200) {
  const response = makeResponse(todo, status)
  response.setEtag(tag(todo))
  return response
}

app.get('/todos', function index() {
  const page = request.args.get('page', { default: 1, type: int })
  const size = Math.min(request.args.get('per_page', { default: 3, type: int }), 5)
  if (page < 1 || size < 1) abort(400, 'page and per_page count from 1')
  const done = request.args.get('done')
  const found = [...todos.values()].filter((todo) => done === undefined || todo.done === (done === 'true'))
  const key = request.args.get('sort')
  if (key) {
    const name = key.replace(/^-+/, '')
    if (!['id', 'title', 'priority'].includes(name))
      throw new ValidationError({ sort: `cannot sort by ${key}` })
    const field = name as 'id' | 'title' | 'priority'
    const direction = key.startsWith('-') ? -1 : 1
    found.sort((a, b) => (a[field] < b[field] ? -direction : a[field] > b[field] ? direction : 0))
  }
  const last = Math.max(1, Math.ceil(found.length / size))
  const links = (
    [
      ['prev', page - 1],
      ['next', page + 1],
      ['last', last],
    ] as const
  )
    .filter(([, n]) => 1 <= n && n <= last)
    .map(([rel, n]) => `<${urlFor('index', { page: n, per_page: size, _external: true })}>; rel="${rel}"`)
  const response = jsonify(found.slice((page - 1) * size, page * size))
  response.headers.set('X-Total-Count', found.length)
  response.headers.set('Link', links.join(', '))
  return response
})

app.post('/todos', function create() {
  const data = validate(request.getJson())
  const todo: Todo = {
    id: counter++,
    title: (data.title as string).trim(),
    done: (data.done as boolean | undefined) ?? false,
    priority: (data.priority as number | undefined) ?? 2,
  }
  todos.set(todo.id, todo)
  const response = answer(todo, 201)
  response.location = urlFor('show', { todo_id: todo.id })
  return response
})

app.get('/todos/<int:todo_id>', function show({ todo_id }) {
  return answer(find(todo_id)).makeConditional(request)
})

app.route('/todos/<int:todo_id>', { methods: ['PUT', 'PATCH'] }, function change({ todo_id }) {
  const todo = find(todo_id)
  if (!request.ifMatch.isEmpty && !request.ifMatch.contains(tag(todo))) abort(412)
  Object.assign(todo, validate(request.getJson(), request.method === 'PATCH'))
  return answer(todo)
})

app.delete('/todos/<int:todo_id>', function remove({ todo_id }) {
  find(todo_id)
  if (!todos.delete(todo_id)) throw new KeyError(String(todo_id))
  return tuple('', 204)
})

/** A single-page application with its JSON back end: every path that is not the API's gets the page. */
import { abort, Flask, request, sendFromDirectory, tuple } from 'flask-ts'

interface Task {
  readonly id: number
  readonly title: string
  readonly done: boolean
}

// Script and style are below /assets, so that they cannot be taken for places inside of the page.
export const app = new Flask(import.meta, { staticUrlPath: '/assets' })

const tasks = new Map<number, Task>()
let lastId = 0

app.get('/api/tasks', () => [...tasks.values()])

app.post('/api/tasks', function addTask() {
  const { title } = request.getJson<{ title?: unknown }>()
  if (typeof title !== 'string' || title === '') abort(422, 'A task needs a title.')
  const task = { id: ++lastId, title, done: false }
  tasks.set(task.id, task)
  return tuple(task, 201)
})

app.patch('/api/tasks/<int:id>', function changeTask({ id }) {
  const task = tasks.get(id) ?? abort(404)
  const { done } = request.getJson<{ done?: unknown }>()
  const changed = { ...task, done: done === true }
  tasks.set(id, changed)
  return changed
})

// Unknown paths of the API are errors; all others are places inside of the page.
app.get('/api/<path:path>', () => abort(404))
app.get('/', () => sendFromDirectory('static', 'index.html'))
app.get('/<path:path>', () => sendFromDirectory('static', 'index.html'))

app.errorHandler(404, (error) => tuple({ error: error.description }, 404))

if (import.meta.main) app.run({ port: Number(process.env.PORT ?? 5000) })

import { abort, Blueprint, request, tuple, urlFor } from 'flask-ts'

interface Note {
  readonly id: number
  readonly text: string
}

export const notes = new Blueprint('notes', import.meta, { urlPrefix: '/notes' })

// In place of a database.
const store = new Map<number, Note>()
let lastId = 0

function find(id: number): Note {
  return store.get(id) ?? abort(404, `There is no note ${id}.`)
}

function readText(): string {
  const { text } = request.getJson<{ text?: unknown }>()
  if (typeof text !== 'string' || text === '') abort(422, 'A note needs a text.')
  return text
}

notes.get('', () => [...store.values()])

notes.post('', function addNote() {
  const note = { id: ++lastId, text: readText() }
  store.set(note.id, note)
  return tuple(note, 201, { Location: urlFor('notes.note', { id: note.id }) })
})

notes.get('/<int:id>', function note({ id }) {
  return find(id)
})

notes.put('/<int:id>', function changeNote({ id }) {
  const changed = { ...find(id), text: readText() }
  store.set(id, changed)
  return changed
})

notes.delete('/<int:id>', function removeNote({ id }) {
  store.delete(find(id).id)
  return tuple('', 204)
})

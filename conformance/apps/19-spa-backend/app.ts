/** The back end of a single-page application: its files, its JSON API, CORS for the API only. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { CORS } from '@flask-ts/flask-cors'
import { HTTPException } from '@flask-ts/werkzeug/exceptions'
import { Blueprint, Flask, jsonify, request, sendFromDirectory, session, tuple } from 'flask-ts'

class KeyError extends Error {}
class AttributeError extends Error {}

/** Only a dictionary has Python's `get`. */
function dictionary(value: unknown) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new AttributeError('get')
}

/** As `mapping[key]` in Python: a missing key is an error. */
function item(mapping: Record<string, unknown>, key: string) {
  if (!(key in mapping)) throw new KeyError(key)
  return mapping[key]
}

export const app = new Flask(import.meta, { staticFolder: null, rootPath: process.env.APP_ROOT })
app.config.update({ SECRET_KEY: 'spa', SESSION_COOKIE_SAMESITE: 'Strict' })
const api = new Blueprint('api', import.meta, { urlPrefix: '/api' })
const DIST = join(app.rootPath, 'dist')
const NOTES: Record<string, unknown>[] = [{ id: 1, text: 'first' }]
new CORS(app, {
  resources: { '/api/*': { origins: ['https://spa.example.com', /https:\/\/.*\.preview\.example\.com/] } },
  supportsCredentials: true,
  allowHeaders: ['Content-Type', 'X-CSRF'],
  methods: ['GET', 'POST', 'DELETE'],
  maxAge: 600,
})

api.errorHandler(HTTPException, function apiError(error) {
  return tuple({ error: error.name }, error.code)
})

api.beforeRequest(function csrf() {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && request.headers.get('X-CSRF') !== 'spa-token') {
    return tuple({ error: 'CSRF token missing' }, 403)
  }
})

api.post('/session', function login() {
  const data = dictionary(request.getJson())
  if (data.password !== 'open sesame') return tuple({ error: 'wrong password' }, 401)
  session.user = item(data, 'user')
  return { user: item(data, 'user') }
})

api.get('/session', function me() {
  return { user: session.get('user', null) }
})

api.delete('/session', function logout() {
  session.pop('user', null)
  return tuple('', 204)
})

api.get('/notes', function notes() {
  return jsonify(NOTES)
})

api.post('/notes', { endpoint: 'add_note' }, function addNote() {
  if (!('user' in session)) return tuple({ error: 'log in first' }, 401)
  const note = {
    id: NOTES.length + 1,
    text: item(request.getJson<Record<string, unknown>>(), 'text'),
    by: session.user,
  }
  NOTES.push(note)
  return tuple(note, 201)
})

api.route(
  '/',
  { defaults: { rest: '' } },
  api.route('/<path:rest>', function unknown({ rest }) {
    return tuple({ error: 'no such endpoint', path: rest }, 404)
  }),
)

app.registerBlueprint(api)

function isFile(path: string) {
  return !path.includes('\0') && statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

app.route(
  '/',
  { defaults: { path: 'index.html' } },
  app.route('/<path:path>', function spa({ path }) {
    const found = isFile(join(DIST, path)) && !path.includes('..') ? path : 'index.html'
    const response = sendFromDirectory(DIST, found)
    if (found.startsWith('assets/')) {
      response.cacheControl.noCache = null
      response.cacheControl.public = true
      response.cacheControl.maxAge = 31536000
      response.cacheControl.immutable = true
    }
    return response
  }),
)

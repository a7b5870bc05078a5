import { checkPasswordHashAsync, generatePasswordHashAsync } from '@flask-ts/werkzeug/security'
import {
  Blueprint,
  flash,
  g,
  redirect,
  renderTemplate,
  request,
  session,
  urlFor,
  type ViewFunction,
} from 'flask-ts'
import { getDb, type User } from './db.ts'

export const bp = new Blueprint('auth', import.meta, { urlPrefix: '/auth' })

bp.route('/register', { methods: ['GET', 'POST'] }, async function register() {
  if (request.method === 'POST') {
    const error = await tryToRegister(request.form.getItem('username'), request.form.getItem('password'))
    if (error === undefined) return redirect(urlFor('auth.login'))
    flash(error)
  }
  return renderTemplate('auth/register.html')
})

async function tryToRegister(username: string, password: string): Promise<string | undefined> {
  if (username === '') return 'Username is required.'
  if (password === '') return 'Password is required.'
  const { changes } = getDb()
    .prepare('INSERT INTO user (username, password) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(username, await generatePasswordHashAsync(password))
  return changes === 1 ? undefined : `User ${username} is already registered.`
}

bp.route('/login', { methods: ['GET', 'POST'] }, async function login() {
  if (request.method === 'POST') {
    const user = findUser('username', request.form.getItem('username'))
    const isRight =
      user !== undefined && (await checkPasswordHashAsync(user.password, request.form.getItem('password')))
    if (isRight) {
      session.clear()
      session.user_id = user.id
      return redirect(urlFor('index'))
    }
    flash('Incorrect username or password.')
  }
  return renderTemplate('auth/login.html')
})

bp.get('/logout', function logout() {
  session.clear()
  return redirect(urlFor('index'))
})

bp.beforeAppRequest(function loadLoggedInUser() {
  const id = session.user_id
  g.user = (typeof id === 'number' && findUser('id', id)) || null
})

function findUser(column: 'id' | 'username', value: number | string): User | undefined {
  return getDb().prepare(`SELECT * FROM user WHERE ${column} = ?`).get(value) as User | undefined
}

/** Sends visitors who are not logged in to the login page, and everybody else to the view. */
export function loginRequired<Params>(view: ViewFunction<Params>): ViewFunction<Params> {
  const guarded: ViewFunction<Params> = (params) =>
    g.user === null ? redirect(urlFor('auth.login')) : view(params)
  // The endpoint is the name of the view: as functools.wraps does it in Python.
  return Object.defineProperty(guarded, 'name', { value: view.name })
}

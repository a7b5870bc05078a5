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
import { db, User } from './db.ts'

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
  const taken = await User.query.filterBy({ username }).first()
  if (taken !== null) return `User ${username} is already registered.`
  db.session.add(new User({ username, password: await generatePasswordHashAsync(password) }))
  await db.session.commit()
  return undefined
}

bp.route('/login', { methods: ['GET', 'POST'] }, async function login() {
  if (request.method === 'POST') {
    const user = await User.query.filterBy({ username: request.form.getItem('username') }).first()
    const isRight =
      user !== null && (await checkPasswordHashAsync(user.password, request.form.getItem('password')))
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

bp.beforeAppRequest(async function loadLoggedInUser() {
  const id = session.user_id
  g.user = typeof id === 'number' ? await db.session.get(User, id) : null
})

/** Sends visitors who are not logged in to the login page, and everybody else to the view. */
export function loginRequired<Params>(view: ViewFunction<Params>): ViewFunction<Params> {
  const guarded: ViewFunction<Params> = (params) =>
    g.user === null ? redirect(urlFor('auth.login')) : view(params)
  // The endpoint is the name of the view: as functools.wraps does it in Python.
  return Object.defineProperty(guarded, 'name', { value: view.name })
}

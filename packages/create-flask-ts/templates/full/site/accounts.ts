import { checkPasswordHashAsync, generatePasswordHashAsync } from '@flask-ts/werkzeug/security'
import { Blueprint, flash, redirect, renderTemplate, request, session, urlFor } from 'flask-ts'

declare module 'flask-ts' {
  interface SessionData {
    user?: string
  }
}

export const accounts = new Blueprint('accounts', import.meta, { urlPrefix: '/accounts' })

// In place of a database: the hashes of the passwords by name.
const users = new Map<string, string>()

accounts.route('/register', { methods: ['GET', 'POST'] }, async function register() {
  if (request.method === 'GET') return renderTemplate('account.html', { title: 'Register' })
  const name = request.form.getItem('name')
  if (name === '' || users.has(name)) {
    flash('This name is empty or taken.')
    return renderTemplate('account.html', { title: 'Register' })
  }
  users.set(name, await generatePasswordHashAsync(request.form.getItem('password')))
  flash('Your account is ready. Please log in.')
  return redirect(urlFor('accounts.login'))
})

accounts.route('/login', { methods: ['GET', 'POST'] }, async function login() {
  if (request.method === 'GET') return renderTemplate('account.html', { title: 'Log in' })
  const name = request.form.getItem('name')
  const hash = users.get(name)
  if (hash === undefined || !(await checkPasswordHashAsync(hash, request.form.getItem('password')))) {
    flash('Wrong name or password.')
    return renderTemplate('account.html', { title: 'Log in' })
  }
  session.clear()
  session.user = name
  return redirect(urlFor('pages.home'))
})

accounts.post('/logout', function logout() {
  session.clear()
  return redirect(urlFor('pages.home'))
})

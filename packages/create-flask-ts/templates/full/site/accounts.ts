import { checkPasswordHashAsync, generatePasswordHashAsync } from '@flask-ts/werkzeug/security'
import { Blueprint, flash, redirect, renderTemplate, request, session, urlFor } from 'flask-ts'
import { db, User } from './db.ts'

declare module 'flask-ts' {
  interface SessionData {
    user?: string
  }
}

export const accounts = new Blueprint('accounts', import.meta, { urlPrefix: '/accounts' })

function form(title: string) {
  return renderTemplate('account.html', { title })
}

accounts.route('/register', { methods: ['GET', 'POST'] }, async function register() {
  if (request.method === 'GET') return form('Register')
  const name = request.form.getItem('name')
  if (name === '' || (await User.query.filterBy({ name }).first()) !== null) {
    flash('This name is empty or taken.')
    return form('Register')
  }
  const password = await generatePasswordHashAsync(request.form.getItem('password'))
  db.session.add(new User({ name, password }))
  await db.session.commit()
  flash('Your account is ready. Please log in.')
  return redirect(urlFor('accounts.login'))
})

accounts.route('/login', { methods: ['GET', 'POST'] }, async function login() {
  if (request.method === 'GET') return form('Log in')
  const user = await User.query.filterBy({ name: request.form.getItem('name') }).first()
  if (user === null || !(await checkPasswordHashAsync(user.password, request.form.getItem('password')))) {
    flash('Wrong name or password.')
    return form('Log in')
  }
  session.clear()
  session.user = user.name
  return redirect(urlFor('pages.home'))
})

accounts.post('/logout', function logout() {
  session.clear()
  return redirect(urlFor('pages.home'))
})

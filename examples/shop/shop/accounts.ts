import { IntegrityError } from '@flask-ts/sqlalchemy'
import { Blueprint, flash, g, redirect, renderTemplate, request, session, tuple, urlFor } from 'flask-ts'
import { db } from './database.ts'
import { Form } from './form.ts'
import { Account } from './models.ts'
import { loginRequired } from './permissions.ts'

declare module 'flask-ts' {
  interface SessionData {
    accountId?: number
  }
}

export const accounts = new Blueprint('accounts', import.meta, { urlPrefix: '/account' })

accounts.beforeAppRequest(async function loadAccount() {
  // Visitors without an account cost no query.
  if (session.accountId !== undefined) g.account = await db.session.get(Account, session.accountId)
})

accounts.get('/register', function register() {
  return renderTemplate('accounts/register.html', { form: new Form({}) })
})

accounts.post('/register', async function create() {
  const form = new Form()
  const account = new Account({
    fullName: form.text('full_name', { max: 120 }),
    email: form.email('email'),
    passwordHash: '',
  })
  const password = form.values.password ?? ''
  if (password.length < 8) form.reject('password', 'At least 8 characters, please.')
  if (form.isValid) {
    await account.setPassword(password)
    if (await tryToStore(account)) {
      logIn(account)
      flash(`Welcome, ${account.fullName}!`, 'success')
      return redirect(nextPage())
    }
    form.reject('email', 'There is an account with this address already.')
  }
  return tuple(renderTemplate('accounts/register.html', { form }), 422)
})

/** Two people may ask for the same address at the same moment, so the database's constraint decides. */
async function tryToStore(account: Account): Promise<boolean> {
  db.session.add(account)
  try {
    await db.session.commit()
    return true
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    await db.session.rollback()
    return false
  }
}

accounts.get('/login', function login() {
  return renderTemplate('accounts/login.html', { form: new Form({}) })
})

accounts.post('/login', async function enter() {
  const form = new Form()
  const account = await Account.query.filterBy({ email: form.email('email') }).first()
  if (account !== null && (await account.checkPassword(form.values.password ?? ''))) {
    logIn(account)
    flash(`Welcome back, ${account.fullName}!`, 'success')
    return redirect(nextPage())
  }
  form.reject('password', 'Wrong address or password.')
  return tuple(renderTemplate('accounts/login.html', { form }), 422)
})

accounts.post('/logout', function logout() {
  session.clear()
  flash('You are logged out.')
  return redirect(urlFor('catalogue.index'))
})

accounts.get(
  '/',
  loginRequired(async function overview() {
    return renderTemplate('accounts/overview.html', { orders: await g.account!.awaitableAttrs.orders })
  }),
)

/** Begins the session anew, so that nobody else can have prepared it. The cart stays. */
function logIn(account: Account): void {
  const { cart } = session
  session.clear()
  if (cart !== undefined) session.cart = cart
  session.accountId = account.id
}

/** Where to go on: only paths of this shop, or a link could lead elsewhere after the login. */
function nextPage(): string {
  const next = request.args.get('next', '')
  return /^\/(?![/\\])/.test(next) ? next : urlFor('catalogue.index')
}

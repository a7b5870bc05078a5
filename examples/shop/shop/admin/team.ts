import { Blueprint, flash, g, redirect, renderTemplate, urlFor } from 'flask-ts'
import { db } from '../database.ts'
import { Form } from '../form.ts'
import { Account, ROLES } from '../models.ts'
import { requireRole } from '../permissions.ts'

export const team = new Blueprint('team', import.meta, { urlPrefix: '/team' })

// The hook of the blueprint around this one lets editors in; roles are for admins alone.
team.beforeRequest(function adminsOnly() {
  return requireRole('admin')
})

team.get('/', async function list() {
  const accounts = await Account.query.orderBy(Account.email).paginate({ perPage: 50 })
  return renderTemplate('admin/team.html', { accounts, roles: ROLES })
})

team.post('/<int:id>', async function setRole({ id }) {
  const account = await Account.query.getOr404(id)
  if (account.id === g.account!.id) flash('Nobody changes the own role: ask another admin.', 'error')
  else {
    account.role = new Form().choice('role', ROLES)
    await db.session.commit()
    flash(`${account.fullName} is ${account.role} now.`, 'success')
  }
  return redirect(urlFor('admin.team.list'))
})

import { abort, g, redirect, request, urlFor, type ViewFunction } from 'flask-ts'
import type { Account, Role } from './models.ts'

declare module 'flask-ts' {
  interface AppGlobals {
    /** Who is logged in. */
    account?: Account | null
  }
}

function toLogin() {
  return redirect(urlFor('accounts.login', { next: request.fullPath.replace(/\?$/, '') }))
}

/** Shows a view only to those who are logged in, and the login page to everybody else. */
export function loginRequired<Params>(view: ViewFunction<Params>): ViewFunction<Params> {
  const guarded: ViewFunction<Params> = (params) => (g.account ? view(params) : toLogin())
  // The endpoint is the name of the view: as functools.wraps does it in Python.
  return Object.defineProperty(guarded, 'name', { value: view.name })
}

/** Ends the request of those who may not do something. As a hook of a blueprint it guards all of its views. */
export function requireRole(role: Role) {
  if (!g.account) return toLogin()
  if (!g.account.may(role)) abort(403, 'Your account may not do this.')
}

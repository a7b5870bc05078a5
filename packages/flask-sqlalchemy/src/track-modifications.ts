import { listen } from '@flask-ts/sqlalchemy'
import { currentAppContext, type Flask, hasAppContext } from 'flask-ts'
import { Signal } from 'flask-ts/signals'
import type { ModelOperation, Session } from './session.ts'

/** What a signal of changes tells: objects, and what happened to each. */
export interface ModelChanges {
  readonly changes: readonly (readonly [object, ModelOperation])[]
}

/** Sent by the application after a commit that changed models. */
export const modelsCommitted = new Signal<ModelChanges>('models-committed')

/** Sent by the application before a commit that changes models. */
export const beforeModelsCommitted = new Signal<ModelChanges>('before-models-committed')

function trackingApp(): Flask | undefined {
  if (!hasAppContext()) return undefined
  const app = currentAppContext().app as Flask
  return app.config.SQLALCHEMY_TRACK_MODIFICATIONS ? app : undefined
}

function recordOperations(session: Session): void {
  if (trackingApp() === undefined) return
  for (const object of session.new) session.modelChanges.set(object, 'insert')
  for (const object of session.dirty) session.modelChanges.set(object, 'update')
  for (const object of session.deleted) session.modelChanges.set(object, 'delete')
}

async function announce(signal: Signal<ModelChanges>, session: Session): Promise<void> {
  const app = trackingApp()
  if (app === undefined || session.modelChanges.size === 0) return
  await signal.sendAsync(app, { changes: [...session.modelChanges] })
}

async function beforeCommit(session: Session): Promise<void> {
  recordOperations(session)
  await announce(beforeModelsCommitted, session)
}

async function afterCommit(session: Session): Promise<void> {
  await announce(modelsCommitted, session)
  session.modelChanges.clear()
}

/** Watches a session for the signals of changes. */
export function trackModificationsOf(session: Session): void {
  listen(session, 'beforeFlush', recordOperations)
  listen(session, 'beforeCommit', beforeCommit)
  listen(session, 'afterCommit', afterCommit)
  listen(session, 'afterRollback', (rolledBack: Session) => rolledBack.modelChanges.clear())
}

import { CallbackDict, type DictData } from '@flask-ts/werkzeug/datastructures'
import type { SessionMixin } from './session.ts'

const PERMANENT = '_permanent'

/**
 * A session that knows when it was changed. Changes inside of a value, such as a list, are not seen: set `modified`
 * after them.
 *
 * @see https://flask.palletsprojects.com/api/#flask.sessions.SecureCookieSession
 */
export class SecureCookieSession extends CallbackDict<unknown> implements SessionMixin {
  modified = false
  accessed = false

  constructor(initial?: DictData<unknown> | null) {
    super(initial)
    this.onUpdate = () => {
      this.modified = true
    }
  }

  get permanent(): boolean {
    return Boolean(this.get(PERMANENT))
  }

  set permanent(value: boolean) {
    this.set(PERMANENT, Boolean(value))
  }
}

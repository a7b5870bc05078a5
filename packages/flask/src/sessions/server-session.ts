import { randomBytes } from 'node:crypto'
import type { DictData } from '@flask-ts/werkzeug/datastructures'
import { SecureCookieSession } from './secure-cookie-session.ts'

/** Bytes of an identifier: enough that none can be guessed. */
const ID_BYTES = 32

/** A session whose entries stay on the server; the browser has only its identifier. */
export class ServerSession extends SecureCookieSession {
  #id: string
  #abandoned: string[] = []
  /** Whether the browser does not know the identifier yet. */
  fresh: boolean

  /**
   * @param id - The identifier that the browser sent, or `undefined` for a new session.
   */
  constructor(id?: string, initial?: DictData<unknown> | null) {
    super(initial)
    this.#id = id ?? newId()
    this.fresh = id === undefined
  }

  /** The identifier under which it is stored. */
  get id(): string {
    return this.#id
  }

  /** Identifiers that must be forgotten when the session is saved. */
  get abandoned(): readonly string[] {
    return this.#abandoned
  }

  get new(): boolean {
    return this.fresh
  }

  /**
   * Gives the session a new identifier and keeps its entries. Call it when somebody logs in, so that an identifier
   * from before, which another may know, is worth nothing (session fixation).
   */
  regenerate(): void {
    if (!this.fresh) this.#abandoned.push(this.#id)
    this.#id = newId()
    this.fresh = true
    this.modified = true
  }
}

function newId(): string {
  return randomBytes(ID_BYTES).toString('base64url')
}

import { closeSync, fchownSync, openSync, writeSync } from 'node:fs'

/** A file, or a standard stream, that a log is appended to. It can be opened anew after it was moved away. */
export class LogFile {
  readonly #path: string | undefined
  #descriptor: number

  /**
   * @param path - `-` for the standard stream.
   * @param stream - The descriptor of that stream: 1 or 2.
   * @param owner - User and group ids that get the file, so that workers that changed their user can open it anew.
   */
  constructor(path: string, stream: number, owner?: readonly [uid: number, gid: number]) {
    this.#path = path === '-' ? undefined : path
    this.#descriptor = this.#path === undefined ? stream : openSync(this.#path, 'a', 0o644)
    if (this.#path !== undefined && owner !== undefined) fchownSync(this.#descriptor, ...owner)
  }

  /** The descriptor, for processes that inherit it. */
  get descriptor(): number {
    return this.#descriptor
  }

  /** Appends a text. A reader that went away, or a full disk, must not stop the server. */
  write(text: string): void {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) {
      try {
        at += writeSync(this.#descriptor, bytes, at)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      }
    }
  }

  /** Closes the file. Standard streams stay open. */
  close(): void {
    if (this.#path !== undefined) closeSync(this.#descriptor)
  }

  /** Opens the file by its name again: `logrotate` has moved the old one away. */
  reopen(): void {
    if (this.#path === undefined) return
    const before = this.#descriptor
    this.#descriptor = openSync(this.#path, 'a', 0o644)
    closeSync(before)
  }
}

import { closeSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { HaltServer } from '../errors.ts'

/** The file that holds the arbiter's process id. */
export class PidFile {
  #path: string
  readonly #pid: number

  /**
   * Writes the file.
   *
   * @throws HaltServer if another process that still runs has it.
   */
  constructor(path: string, pid: number) {
    const other = runningPid(path)
    if (other === pid) {
      this.#path = path
      this.#pid = pid
      return
    }
    if (other !== undefined) {
      throw new HaltServer(`Already running on PID ${other} (or pid file '${path}' is stale)`)
    }
    const temporary = `${path}.${pid}.tmp`
    const descriptor = openSync(temporary, 'w', 0o644)
    writeSync(descriptor, `${pid}\n`)
    closeSync(descriptor)
    renameSync(temporary, path)
    this.#path = path
    this.#pid = pid
  }

  get path(): string {
    return this.#path
  }

  /** Gives it another name: that of the arbiter before, whose place this one takes. */
  rename(path: string): void {
    if (path === this.#path) return
    renameSync(this.#path, path)
    this.#path = path
  }

  /** Removes it, unless it belongs to another arbiter by now. */
  unlink(): void {
    if (readPid(this.#path) === this.#pid) unlinkSync(this.#path)
  }
}

function readPid(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim())
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function runningPid(path: string): number | undefined {
  const pid = readPid(path)
  if (pid === undefined) return undefined
  try {
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // Without permission to signal it, it runs all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined
  }
}

import { type FSWatcher, globSync, statSync, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Changes that come this close together are one, in milliseconds. */
const settleTime = 100

/** Watches files, and tells which has changed. */
export class Reloader {
  readonly #polls: boolean
  readonly #onChange: (file: string) => void
  readonly #times = new Map<string, number>()
  readonly #watchers = new Map<string, FSWatcher>()
  #timer: NodeJS.Timeout | undefined

  /**
   * @param polls - Whether to look every second instead of letting the system tell.
   */
  constructor(polls: boolean, onChange: (file: string) => void) {
    this.#polls = polls
    this.#onChange = onChange
    if (polls) setInterval(() => this.#look(), 1000).unref()
  }

  /** Watches more files. */
  add(files: readonly string[]): void {
    for (const file of files) {
      if (this.#times.has(file)) continue
      this.#times.set(file, modified(file))
      if (!this.#polls) this.#watchFolder(dirname(file))
    }
  }

  /** Watches the files that patterns name. */
  addPatterns(patterns: readonly string[], cwd: string): void {
    this.add(patterns.flatMap((pattern) => globSync(pattern, { cwd })).map((file) => resolve(cwd, file)))
  }

  /** Editors replace files, so that a watcher of the file itself would lose it: the folder is watched. */
  #watchFolder(folder: string): void {
    if (this.#watchers.has(folder)) return
    const watcher = watch(folder, { persistent: false }, () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#look(), settleTime)
    })
    watcher.on('error', () => this.#watchers.delete(folder))
    this.#watchers.set(folder, watcher)
  }

  #look(): void {
    let changed: string | undefined
    for (const [file, time] of this.#times) {
      const now = modified(file)
      if (now === time) continue
      this.#times.set(file, now)
      // A file that is gone for a moment is being replaced.
      if (now !== 0) changed = file
    }
    if (changed !== undefined) this.#onChange(changed)
  }
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

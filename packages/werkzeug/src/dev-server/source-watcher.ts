import { existsSync, statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { fileNamePattern } from '../middleware/file-name-pattern.ts'

/** How long several writes of one save may be apart, in milliseconds. */
const SETTLE_MS = 15
const SOURCE = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'])

/** What a watcher tells. */
export interface WatcherEvents {
  /** A file of the program has changed. */
  changed(path: string): void
  /** A template or static file has changed. */
  assetChanged(path: string): void
}

/**
 * Watches the files of a program.
 *
 * Folders are watched, not files: editors that save by renaming put another file in the place of the watched one.
 */
export class SourceWatcher {
  readonly #files = new Set<string>()
  readonly #folders = new Set<string>()
  readonly #trees = new Set<string>()
  readonly #assets = new Set<string>()
  readonly #excluded: readonly RegExp[]
  readonly #events: WatcherEvents
  readonly #flat: FSWatcher
  readonly #deep: FSWatcher
  #timer: NodeJS.Timeout | undefined
  #pending: string | undefined
  /** Whether any source file counts: after an error nobody knows which file is missing. */
  anySource = false

  constructor(events: WatcherEvents, excludePatterns: readonly string[]) {
    this.#events = events
    this.#excluded = excludePatterns.map(fileNamePattern)
    const shared = { ignoreInitial: true, atomic: false, followSymlinks: true }
    this.#flat = watch([], { ...shared, depth: 0 })
    this.#deep = watch([], {
      ...shared,
      ignored: (path: string) => /[\\/](?:node_modules|\.git|\.hg|\.venv|__pycache__)(?:[\\/]|$)/.test(path),
    })
    for (const watcher of [this.#flat, this.#deep]) {
      watcher.on('all', (event, path) => this.#happened(event, resolve(path)))
      // A folder that cannot be watched (no rights, limit reached) must not end the server; the others still work.
      watcher.on('error', (error) => process.stderr.write(` * Cannot watch for changes: ${String(error)}\n`))
    }
  }

  /** Watches files of the program, which need not exist yet. */
  add(files: Iterable<string>): void {
    for (const file of files) {
      const path = resolve(file)
      if (this.#files.has(path)) continue
      this.#files.add(path)
      const folder = dirname(path)
      if (this.#folders.has(folder) || !existsSync(folder)) continue
      this.#folders.add(folder)
      this.#flat.add(folder)
    }
  }

  /**
   * Looks for files of the program that were saved after a moment: a folder is not watched at once, and what is saved
   * until then would be missed.
   *
   * @param since - In milliseconds since 1970.
   */
  checkSince(since: number): void {
    const now = Date.now()
    for (const path of this.#files) {
      const saved = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
      // A time to come would be found again after every restart.
      if (saved > since && saved <= now) this.#happened('change', path)
    }
  }

  /** Watches everything below a folder as if it were a file of the program. */
  addTree(folder: string): void {
    this.#watchDeep(folder, this.#trees)
  }

  /** Watches everything below a folder, for the browser only. */
  addAssets(folder: string): void {
    this.#watchDeep(folder, this.#assets)
  }

  #watchDeep(folder: string, kind: Set<string>): void {
    const path = resolve(folder)
    if (kind.has(path) || !existsSync(path)) return
    kind.add(path)
    this.#deep.add(path)
  }

  #happened(event: string, path: string): void {
    if (event === 'addDir' || event === 'unlinkDir') return
    if (this.#excluded.some((pattern) => pattern.test(path))) return
    if (this.#isSource(path)) this.#report(path)
    else if (isBelow(path, this.#assets)) this.#events.assetChanged(path)
  }

  #isSource(path: string): boolean {
    if (this.#files.has(path) || isBelow(path, this.#trees)) return true
    return this.anySource && SOURCE.has(extname(path))
  }

  #report(path: string): void {
    this.#pending ??= path
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const changed = this.#pending!
      this.#pending = undefined
      this.#events.changed(changed)
    }, SETTLE_MS)
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await Promise.all([this.#flat.close(), this.#deep.close()])
  }
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (const folder of folders)
    if (path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`)) return true
  return false
}

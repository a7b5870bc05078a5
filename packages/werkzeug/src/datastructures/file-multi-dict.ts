import { readFileSync } from 'node:fs'
import { FileStorage, type FileStorageOptions } from './file-storage.ts'
import { MultiDict } from './multi-dict.ts'

/** A `MultiDict` of files, as the test client sends them. */
export class FileMultiDict extends MultiDict<FileStorage> {
  /**
   * Adds a file.
   *
   * @param name - The form field.
   * @param file - A file, its bytes, or the path to read it from.
   * @param options - A path is the file's name if none is given.
   */
  addFile(
    name: string,
    file: FileStorage | Uint8Array | string | URL,
    options: FileStorageOptions = {},
  ): void {
    if (file instanceof FileStorage) {
      this.add(name, file)
      return
    }
    const isPath = typeof file === 'string' || file instanceof URL
    const bytes = isPath ? readFileSync(file) : file
    const filename = options.filename ?? (isPath ? String(file) : null)
    const contentType = options.contentType ?? (filename === null ? undefined : 'application/octet-stream')
    this.add(name, new FileStorage(bytes, { ...options, name, filename, contentType }))
  }

  /** Closes every file. */
  close(): void {
    for (const [, file] of this.items({ multi: true })) if (!file.closed) file.close()
  }

  /** Closes every file and removes it. */
  override clear(): void {
    this.close()
    super.clear()
  }
}

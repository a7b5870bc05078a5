/** The command line does not say what to make. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** There are files already where the project would be. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'

  constructor(folder: string) {
    super(`The folder ${folder} is not empty. Name another: npm create flask-ts@latest NAME`)
  }
}

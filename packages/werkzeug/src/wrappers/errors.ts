/** The body was touched before it was there. */
export class BodyNotLoadedError extends Error {
  override readonly name = 'BodyNotLoadedError'

  constructor(attribute: string) {
    super(
      `request.${attribute} was read before the body arrived: call await request.loadBody() first, ` +
        'or read the body piece by piece from request.stream',
    )
  }
}

/** The body was read piece by piece, or is to be, and is wanted whole. */
export class ShallowRequestError extends Error {
  override readonly name = 'ShallowRequestError'

  constructor() {
    super(
      "this request was made with 'shallow: true', which keeps its body unread for the application behind it",
    )
  }
}

import type { BodyInput } from '../message/body-kinds.ts'
import type { ResponseOptions } from '../message/response-head.ts'
import type { Request } from '../wrappers/request.ts'
import { Response } from '../wrappers/response.ts'

/** What a test response has besides what every response has. */
export interface TestResponseOptions extends ResponseOptions {
  /** The request that it answers. */
  readonly request: Request
}

/** The answer to a request of the test client. */
export class TestResponse extends Response {
  /** What the application did not say is not made up. */
  static override readonly defaultMimetype: string | null = null
  static override readonly automaticallySetContentLength: boolean = false

  /** The request that it answers. */
  readonly request: Request
  /** The redirects that led here, first one first. */
  history: readonly TestResponse[] = []

  constructor(body: BodyInput, options: TestResponseOptions) {
    super(body, options)
    this.request = options.request
  }
}

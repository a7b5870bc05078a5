import type { RequestRefused } from './errors.ts'
import { type HeadPlan, responseHead } from './response-head.ts'
import { errorResponse } from './response-size.ts'

/** The whole answer to a request that is refused, after which the connection ends. */
export function refusal(error: RequestRefused, serverName: string): string {
  const response = errorResponse(error.status, error.message)
  const plan: HeadPlan = {
    size: response.body.length,
    hasBody: true,
    isHead: false,
    minor: 1,
    keepAlive: false,
    server: serverName,
    framing: 'none',
    announced: -1,
  }
  return responseHead(response, plan) + response.body
}

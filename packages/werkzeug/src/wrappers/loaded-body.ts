import type { RequestBody } from '@flask-ts/wsgi'
import { type FileContent, MemoryContent } from '../datastructures/file-content.ts'
import { SpooledContent } from '../forms/spool.ts'
import { RequestStream } from './request-stream.ts'

/** Size in bytes up to which a body that is still to come is kept in memory. */
const memoryThreshold = 1024 * 1024

/**
 * Receives a whole body: a small one in memory, a large one in a temporary file.
 *
 * @param body - Not yet read.
 * @param limit - Bytes that may come; `null` is no limit.
 * @throws RequestEntityTooLarge if more comes.
 * @throws ClientDisconnected if the client goes away in the middle.
 */
export async function receiveBody(body: RequestBody, limit: number | null): Promise<FileContent> {
  const stream = new RequestStream(body, limit)
  if (body.length !== undefined && body.length <= memoryThreshold)
    return new MemoryContent(await stream.read())
  const content = new SpooledContent(memoryThreshold)
  try {
    for await (const piece of stream) content.write(piece)
    return content
  } catch (error) {
    content.close()
    throw error
  }
}

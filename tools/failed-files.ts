/** A reporter for `node --test`: the file of each test that failed, a line each. */
import type { TestEvent } from 'node:test/reporters'

// biome-ignore lint/style/noDefaultExport: `node --test` takes a reporter from there.
export default async function* failedFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type === 'test:fail' && event.data.file !== undefined) yield `${event.data.file}\n`
  }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConfigFile } from '../../src/settings/registry.ts'
import { settingTable } from '../../src/settings/registry.ts'

test('a config file is checked by the compiler, in both spellings', () => {
  const config = {
    workers: 'auto',
    max_memory: '512M',
    workerClass: 'http2',
    bind: ['127.0.0.1:8000'],
    timeout: 2.5,
    whenReady: (server) => server.log.info(`ready with ${server.numWorkers} workers`),
    post_request: (worker, environ, record) => worker.log.debug(`${environ.method} ${record.status}`),
  } satisfies ConfigFile
  assert.equal(typeof config.whenReady, 'function')

  // @ts-expect-error There is no such setting.
  const unknown: ConfigFile = { wokers: 3 }
  // @ts-expect-error A number of workers is no list.
  const wrong: ConfigFile = { workers: [3] }
  assert.ok(!settingTable.has(Object.keys(unknown)[0]!) && wrong !== undefined)
})

import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync, renameSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { LogFile } from '../../src/logging/log-file.ts'
import { Logger } from '../../src/logging/logger.ts'
import { parseSyslogAddress, Syslog } from '../../src/logging/syslog.ts'
import { defaultConfig } from '../../src/settings/registry.ts'
import { Site } from '../support/running-gunicorn.ts'

test('a log file that was moved away is opened anew', () => {
  using site = new Site({})
  const file = new LogFile(site.path('x.log'), 1)
  file.write('one\n')
  renameSync(site.path('x.log'), site.path('x.log.1'))
  file.write('two\n')
  file.reopen()
  file.write('three\n')
  assert.equal(readFileSync(site.path('x.log.1'), 'utf8'), 'one\ntwo\n')
  assert.equal(readFileSync(site.path('x.log'), 'utf8'), 'three\n')
})

test('levels below the threshold are left out', () => {
  using site = new Site({})
  const errorlog = site.path('error.log')
  const log = new Logger({ ...defaultConfig(), errorlog, loglevel: 'warning' }, 'app')
  log.debug('a')
  log.info('b')
  log.warning('c')
  log.critical('d')
  const lines = readFileSync(errorlog, 'utf8').split('\n')
  assert.equal(lines.length, 3)
  assert.match(lines[0]!, /\[WARNING\] c$/)
  assert.match(lines[1]!, /\[CRITICAL\] d$/)
})

test('syslog gets lines by UDP and TCP, with facility and severity', async () => {
  const udp = createSocket('udp4')
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const { port } = udp.address()
  new Syslog(parseSyslogAddress(`udp://127.0.0.1:${port}`), 'local0', 'gunicorn.app.error').send(
    'error',
    'broken',
  )
  const [datagram] = (await once(udp, 'message')) as [Buffer]
  udp.close()
  assert.match(String(datagram), /^<131>\w{3} \d\d [\d:]{8} \S+ gunicorn\.app\.error: \[\d+\] broken$/)

  const tcp = createServer().listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const address = `tcp://127.0.0.1:${(tcp.address() as { port: number }).port}`
  new Syslog(parseSyslogAddress(address), 'user', 'gunicorn.app.access').send('info', 'a line')
  const [socket] = await once(tcp, 'connection')
  const [bytes] = await once(socket, 'data')
  socket.destroy()
  tcp.close()
  assert.match(String(bytes), /^<14>.* gunicorn\.app\.access: \[\d+\] a line\n$/)
})

test('addresses of syslog are checked', () => {
  assert.deepEqual(parseSyslogAddress('udp://log.example'), { kind: 'udp', host: 'log.example', port: 514 })
  assert.deepEqual(parseSyslogAddress('tcp://[::1]:5140'), { kind: 'tcp', host: '::1', port: 5140 })
  assert.deepEqual(parseSyslogAddress('unix:///run/x#stream'), { kind: 'unix', path: '/run/x' })
  assert.throws(() => parseSyslogAddress('unix:///dev/log'), /no datagram sockets on files/)
  assert.throws(() => parseSyslogAddress('log.example'), /must be udp/)
  assert.throws(() => new Syslog({ kind: 'unix', path: 'x' }, 'nobody', ''), /unknown facility/)
})

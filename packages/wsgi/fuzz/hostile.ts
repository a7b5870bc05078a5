/**
 * Attacks a server and measures what a normal client feels meanwhile:
 * `node packages/wsgi/fuzz/hostile.ts [--seconds 3] [--connections 500]`.
 *
 * It prints a line for each attack, and exits 1 if the normal client was refused, if one in a hundred of its requests
 * took longer than a second, or if the server's memory grew by more than 200 MB.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Server } from '../src/server.ts'

type Attack = (socket: Socket, every: (milliseconds: number, act: () => void) => void) => void

const post = 'POST / HTTP/1.1\r\nHost: h\r\n'

const attacks: Readonly<Record<string, Attack>> = {
  nothing: (socket) => socket.destroy(),
  silence: () => {},
  slowloris: (socket, every) => {
    socket.write('GET / HTTP/1.1\r\nHost: h\r\n')
    every(50, () => socket.write('X-A: b\r\n'))
  },
  'slow body': (socket, every) => {
    socket.write(`${post}Content-Length: 1000000\r\n\r\n`)
    every(50, () => socket.write('x'))
  },
  'slow reader': (socket, every) => {
    socket.pause()
    every(50, () => socket.write('GET /large HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(50)))
  },
  'header bomb': (socket, every) => {
    socket.write('GET / HTTP/1.1\r\nHost: h\r\n')
    every(5, () => socket.write(`X-A: ${'a'.repeat(8000)}\r\n`))
  },
  'giant chunk': (socket, every) => {
    socket.write(`${post}Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n`)
    every(5, () => socket.write('x'.repeat(60_000)))
  },
  'tiny chunks': (socket, every) => {
    socket.write(`${post}Transfer-Encoding: chunked\r\n\r\n`)
    every(10, () => socket.write('1\r\nx\r\n'.repeat(1000)))
  },
  'pipelined flood': (socket, every) => {
    socket.resume()
    every(20, () => socket.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(200)))
  },
  'connection flood': (socket) => {
    socket.write('GET / HTTP/1.1\r\n')
    setTimeout(() => socket.destroy(), 5)
  },
}

/** In the child process: a server whose application never reads bodies and has a large page. */
async function serve(): Promise<void> {
  const large = 'x'.repeat(1_000_000)
  const server = new Server((environ) => ({
    status: 200,
    headers: [],
    body: environ.target === '/large' ? large : 'hello',
  }))
  const { port } = await server.listen()
  process.send?.(port)
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

/** Asks for a page again and again, and tells how long each answer took, in milliseconds. */
async function normalClient(port: number, seconds: number): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    const begin = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) })
    if ((await response.text()) !== 'hello') throw new Error('the normal client got another page')
    times.push(performance.now() - begin)
    await sleep(5)
  }
  return times.sort((a, b) => a - b)
}

/** In a child process: keeps so many attackers at work; one that is thrown out comes back. */
function besiege(port: number, attack: Attack, connections: number): void {
  const begin = (): void => {
    const socket = connect(port, '127.0.0.1')
    const timers: NodeJS.Timeout[] = []
    socket.on('connect', () =>
      attack(socket, (milliseconds, act) => {
        timers.push(setInterval(() => socket.writableLength < 1_000_000 && act(), milliseconds))
      }),
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const timer of timers) clearInterval(timer)
      setTimeout(begin, 5)
    })
  }
  for (let i = 0; i < connections; i++) begin()
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, connections: { type: 'string' } } })
  const seconds = Number(values.seconds ?? 3)
  const connections = Number(values.connections ?? 500)
  let failures = 0
  for (const name of Object.keys(attacks)) {
    const child = fork(import.meta.filename, ['--serve'])
    const [port] = (await once(child, 'message')) as [number]
    const before = residentMegabytes(child.pid!)
    const attackers = fork(import.meta.filename, ['--attack', name, String(port), String(connections)])
    await sleep(300)
    const times = await normalClient(port, seconds).catch((error: unknown) => String(error))
    const grown = residentMegabytes(child.pid!) - before
    attackers.kill()
    child.kill()
    const worst = typeof times === 'string' ? 0 : times[Math.floor(times.length * 0.99)]!
    const slowest = typeof times === 'string' ? times : `${worst.toFixed(0)} ms for 99 %`
    const median =
      typeof times === 'string' ? '' : `${times[times.length >> 1]!.toFixed(1)} ms in the middle, `
    const bad = typeof times === 'string' || worst > 1000 || grown > 200
    if (bad) failures++
    console.log(`${bad ? 'BAD ' : 'ok  '} ${name}: ${median}${slowest}, memory +${grown.toFixed(0)} MB`)
  }
  return failures === 0 ? 0 : 1
}

const [, , mode, name = '', port, connections] = process.argv
if (mode === '--serve') await serve()
else if (mode === '--attack') besiege(Number(port), attacks[name]!, Number(connections))
else process.exitCode = await main()

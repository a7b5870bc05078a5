/**
 * What one match costs, among 10, 1,000 and 10,000 rules: `node bench/routing/match.ts`.
 *
 * Every request gets a path that was never seen before as a string, as a server's requests do; what making it costs
 * is measured beside it and taken off. The least of several rounds counts, because the machine has other work too.
 */
import { Rule, UrlMap } from '@flask-ts/werkzeug/routing'
import type { Environ } from '@flask-ts/wsgi'

const sizes = [10, 1000, 10_000]
const rounds = 7
const requests = 100_000
const paths = [
  '/',
  '/about',
  '/user/42',
  '/post/hello/2026/11/23',
  '/range/1-20',
  '/r7/edit/ada',
  '/missing/x',
]

function makeMap(size: number): UrlMap {
  const methods = ['GET', 'OPTIONS']
  const rules = ['/', '/about', '/user/<int:id>', '/post/<slug>/<path:rest>', '/range/<int:from>-<int:to>']
  while (rules.length < size) rules.push(`/r${rules.length}/edit/<name>`, `/r${rules.length}/static`)
  const made = rules.slice(0, size).map((rule, at) => new Rule(rule, { endpoint: `e${at}`, methods }))
  return new UrlMap(made, { subdomainMatching: false })
}

const host = 'example.com'
const headers = { get: (name: string) => (name === 'host' ? host : undefined) }

function environ(target: string): Environ {
  const local = { host: '127.0.0.1', port: 80 }
  return { method: 'GET', target, scheme: 'http', scriptName: '', headers, local } as unknown as Environ
}

/** Nanoseconds for one call. */
function time(call: (target: string) => unknown, path: string): number {
  const bytes = Buffer.from(path)
  const begin = performance.now()
  for (let i = 0; i < requests; i++) call(bytes.latin1Slice())
  return ((performance.now() - begin) * 1e6) / requests
}

const maps = sizes.map(makeMap)
const ways: Record<string, (map: UrlMap) => (target: string) => unknown> = {
  lookup: (map) => {
    const adapter = map.bind(host)
    return (target) => adapter.lookup(target, 'GET')
  },
  'bind and lookup': (map) => (target) => map.bindToEnviron(environ(target)).lookup(),
}

for (const [name, way] of Object.entries(ways)) {
  console.log(`\n${name}, ns${sizes.map((size) => `${size} rules`.padStart(14)).join('')}`)
  for (const path of paths) {
    const best = maps.map(() => Number.POSITIVE_INFINITY)
    for (let round = 0; round < rounds; round++) {
      const empty = time((target) => target, path)
      for (const [at, map] of maps.entries()) {
        best[at] = Math.min(best[at] as number, time(way(map), path) - empty)
      }
    }
    const columns = best.map((ns) => ns.toFixed(0).padStart(14)).join('')
    console.log(`${path.padEnd(name.length + 4)}${columns}`)
  }
}

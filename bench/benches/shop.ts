/** The example shop as its visitors use it: 256 connections, one worker; its front page beside Flask's. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchOptions, Row, Target } from '../harness/bench.ts'
import { httpBench } from '../harness/http-bench.ts'
import { gunicorn } from '../harness/targets.ts'
import type { Load } from '../harness/wrk.ts'

const root = new URL('../..', import.meta.url).pathname
const shop = join(root, 'examples/shop')
const connections = 256

/** A filled shop in a folder of its own, made when the first bench runs. */
async function filledShop(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-bench-'))
  const { createApp } = await import('../../examples/shop/shop/index.ts')
  const { prepare } = await import('../../examples/shop/shop/prepare.ts')
  await prepare(createApp({ SECRET_KEY: 'bench' }, { instancePath: folder }))
  return folder
}

let made: Promise<string> | undefined

function targets(folder: string): { ours: Target; flask: Target } {
  const options = ['-w', '1', '--chdir', shop, '--access-logfile', join(folder, 'access.log')]
  return {
    ours: {
      name: 'flask-ts + Gunicorn',
      command: (port) => [
        process.execPath,
        join(root, 'packages/gunicorn/src/bin.ts'),
        ...options,
        '-b',
        `127.0.0.1:${port}`,
        'shop:createApp()',
      ],
      env: { SHOP_SECRET_KEY: 'bench', SHOP_INSTANCE_PATH: folder },
    },
    flask: {
      ...gunicorn('shop_flask'),
      env: { SHOP_DATABASE: join(folder, 'shop.db'), SHOP_TEMPLATES: join(shop, 'shop/templates') },
    },
  }
}

/** Requests before the load: 256 cold ones at once would wait longer than wrk's two seconds. */
async function warmUp(port: number, load: Load): Promise<Load> {
  for (let round = 0; round < 60; round++) {
    const answers = Array.from({ length: 16 }, () => fetch(`http://127.0.0.1:${port}${load.path}`))
    for (const answer of await Promise.all(answers)) await answer.arrayBuffer()
  }
  return load
}

/** Has a visitor open a product page, whose cookie and form token the load then sends. */
async function asVisitor(port: number, load: Load): Promise<Load> {
  await warmUp(port, { path: '/products/mug' })
  const page = await fetch(`http://127.0.0.1:${port}/products/mug`)
  const token = /name="form_token" value="(\w+)"/.exec(await page.text())?.[1]
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0]
  if (token === undefined || cookie === undefined)
    throw new Error('bench: the product page has no form or no cookie')
  const headers = { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' }
  return { ...load, headers, body: `form_token=${token}&count=1` }
}

function bench(name: string, load: Load, options: { beside?: boolean; visitor?: boolean } = {}): Bench {
  return {
    name,
    async run(given: BenchOptions): Promise<Row[]> {
      made ??= filledShop()
      const { ours, flask } = targets(await made)
      const prepare = options.visitor ? asVisitor : warmUp
      const all = (options.beside ? [ours, flask] : [ours]).map((target) => ({ ...target, prepare }))
      return await httpBench(name, { ...load, connections }, all).run(given)
    },
  }
}

export const benches: readonly Bench[] = [
  bench('shop front page', { path: '/' }, { beside: true }),
  bench('shop product page', { path: '/products/mug' }),
  bench('shop cart post', { method: 'POST', path: '/cart/add/1' }, { visitor: true }),
  bench('shop API', { path: '/api/v1/products?per_page=8' }),
]

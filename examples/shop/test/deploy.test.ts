/** What can be known of the files in `deploy/` without the systems that they are for. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { bind } from '../gunicorn.conf.ts'
import { createApp } from '../shop/index.ts'
import { freePort, StartedShop } from './started-shop.ts'

const shop = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(shop, 'deploy', path), 'utf8')
const port = Number(bind.split(':')[1])

function missing(program: string, args: readonly string[]): string | false {
  if (process.env.CI === 'true' || spawnSync(program, args).status === 0) return false
  return `skipped: there is no ${program} on this machine (${args.join(' ')})`
}

/** The documents of a YAML file: Python reads them, as Node brings nothing that could. */
function yaml(path: string): Record<string, never>[] {
  const script = 'import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))'
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], { input: read(path) })
  assert.equal(status, 0, String(stderr))
  return JSON.parse(String(stdout))
}

/** All objects within a value. */
function* objects(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown>
  for (const part of Object.values(value)) yield* objects(part)
}

/** The settings that the shop knows: what else is set by the deployment would be a slip of the pen. */
function knownSettings(): Set<string> {
  const instancePath = mkdtempSync(join(tmpdir(), 'shop-'))
  const app = createApp({ SECRET_KEY: 'test' }, { instancePath })
  rmSync(instancePath, { recursive: true })
  const keys = Object.keys(app.config).map((key) => `SHOP_${key}`)
  return new Set([...keys, 'SHOP_INSTANCE_PATH', 'SHOP_BIND'])
}

test('every setting that the files name is one of the shop', () => {
  const known = knownSettings()
  for (const path of ['Dockerfile', 'compose.yaml', 'shop.service', 'kubernetes/shop.yaml']) {
    const names = read(path).match(/SHOP_[A-Z_]+/g) ?? []
    assert.ok(names.length > 0, path)
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
      path,
    )
  }
})

test('the Dockerfile copies what is there, and serves what Gunicorn finds', () => {
  const lines = read('Dockerfile').split('\n')
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1))
    .filter((name) => !name.includes('*'))
  for (const name of copied) assert.ok(existsSync(join(shop, name)), name)
  assert.ok(lines.includes(`EXPOSE ${port}`))
  const [program, ...args] = JSON.parse(lines.find((line) => line.startsWith('CMD '))!.slice(4)) as string[]
  const folder = mkdtempSync(join(tmpdir(), 'shop-'))
  const { status, stderr } = spawnSync('npx', ['--no-install', program!, '--check-config', ...args], {
    cwd: shop,
    env: { ...process.env, SHOP_SECRET_KEY: 'test', SHOP_INSTANCE_PATH: folder },
  })
  rmSync(folder, { recursive: true })
  assert.equal(status, 0, String(stderr))
})

const noYaml = missing('python3', ['-c', 'import yaml'])

test('the services of compose wait for what is there', { skip: noYaml }, () => {
  const [{ services, volumes }] = yaml('compose.yaml') as unknown as [Record<string, Record<string, never>>]
  for (const [name, service] of Object.entries(services!)) {
    const { depends_on: needs = {}, volumes: mounts = [] } = service as {
      depends_on?: object
      volumes?: string[]
    }
    for (const other of Array.isArray(needs) ? needs : Object.keys(needs)) {
      assert.ok(other in services!, `${name} needs ${other}`)
    }
    for (const mount of mounts) {
      const [from] = mount.split(':') as [string]
      assert.ok(from.startsWith('.') ? existsSync(join(shop, 'deploy', from)) : from in volumes!, mount)
    }
  }
})

test('Kubernetes probes pages that are there, on the port that is served', { skip: noYaml }, async () => {
  const documents = yaml('kubernetes/shop.yaml')
  assert.deepEqual(
    documents.map((document) => document.kind),
    [
      'Deployment',
      'PersistentVolumeClaim',
      'Service',
      'Ingress',
      'PodDisruptionBudget',
      'HorizontalPodAutoscaler',
    ],
  )
  const all = [...objects(documents)]
  assert.ok(all.some((one) => one.containerPort === port))
  const probes = all.filter((one) => 'httpGet' in one).map((one) => one.httpGet as { path: string })
  assert.equal(probes.length, 3)
  const instancePath = mkdtempSync(join(tmpdir(), 'shop-'))
  const client = createApp({ SECRET_KEY: 'test' }, { instancePath }).testClient()
  for (const { path } of probes) assert.equal((await client.get(path)).status, 200, path)
  rmSync(instancePath, { recursive: true })
  assert.equal(yaml('kubernetes/migrate.yaml')[0]?.kind, 'Job')
})

const noSystemd = missing('systemd-analyze', ['--version'])

test('systemd understands its unit', { skip: noSystemd }, () => {
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(shop, 'deploy/shop.service')])
  assert.equal(status, 0, String(stderr))
  assert.doesNotMatch(String(stderr), /shop\.service:\d+: (Unknown|Failed)/)
})

const noNginx = missing('nginx', ['-v'])

suite('nginx before the shop', { skip: noNginx }, () => {
  test('passes requests on, limits logins, and keeps the metrics to itself', async () => {
    const behind = await StartedShop.start({ SHOP_PROXIES: '1' })
    const folder = mkdtempSync(join(tmpdir(), 'shop-nginx-'))
    const front = await freePort()
    const config = read('nginx.conf')
      .replace('server web:8000', `server ${new URL(behind.url).host}`)
      .replace('listen 80;', `listen 127.0.0.1:${front};`)
      .replace('pid /run/nginx.pid;', `pid ${folder}/nginx.pid; daemon off; error_log ${folder}/error.log;`)
      .replace('sendfile on;', `sendfile on; access_log off; ${temporaryFolders(folder)}`)
    writeFileSync(join(folder, 'nginx.conf'), config)
    const args = ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]
    const tested = spawnSync('nginx', ['-t', ...args])
    assert.equal(tested.status, 0, String(tested.stderr))
    const nginx = spawn('nginx', args, { stdio: 'ignore' })
    try {
      await checkProxied(`http://127.0.0.1:${front}`)
    } finally {
      nginx.kill('SIGTERM')
      await once(nginx, 'exit')
      await behind.stop()
      rmSync(folder, { recursive: true })
    }
  })
})

function temporaryFolders(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')
}

async function checkProxied(url: string): Promise<void> {
  const front = await eventually(() => fetch(url))
  assert.equal(front.status, 200)
  const style = await fetch(`${url}/static/style.css`)
  assert.equal(style.headers.get('Content-Encoding'), 'gzip')
  // The addresses in the answer are those of the outside.
  const product = (await (await fetch(`${url}/api/v1/products/mug`)).json()) as { url: string }
  assert.equal(product.url, `${url}/api/v1/products/mug`)
  assert.equal((await fetch(`${url}/metrics`)).status, 404)
  const logins = await Promise.all(Array.from({ length: 15 }, () => fetch(`${url}/account/login`)))
  const statuses = logins.map((login) => login.status)
  assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join(' '))
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
}

const root = resolve(import.meta.dirname, '../..')
const manifests = new Map<string, { folder: string; manifest: Manifest }>()
for (const folder of readdirSync(join(root, 'packages'))) {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))
  manifests.set(manifest.name, { folder, manifest })
}

/** The package and those of ours that it needs. */
function withOwn(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const dependency of Object.keys(manifests.get(name)!.manifest.dependencies ?? {})) {
    if (manifests.has(dependency)) withOwn(dependency, found)
  }
  return found
}

function run(cwd: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** A copy of the packages, so that packing changes no file that another test reads. */
function copyWorkspace(to: string): void {
  for (const path of run(
    root,
    'git',
    'ls-files',
    '-co',
    '--exclude-standard',
    'packages',
    'tools',
    'tsconfig.base.json',
  ).split('\n')) {
    if (path === '' || /^packages\/[^/]+\/(test|fuzz)\//.test(path)) continue
    mkdirSync(join(to, path, '..'), { recursive: true })
    try {
      writeFileSync(join(to, path), readFileSync(join(root, path)))
    } catch (error) {
      // Listed, but removed in the work tree.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  // The installed packages, with our own pointing to the copy.
  const modules = join(to, 'node_modules')
  mkdirSync(join(modules, '@flask-ts'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@flask-ts' || manifests.has(name)) continue
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const [name, { folder }] of manifests) symlinkSync(join(to, 'packages', folder), join(modules, name))
}

suite('packed packages', () => {
  const work = mkdtempSync(join(tmpdir(), 'flask-ts-pack-'))
  const tarballs = join(work, 'tarballs')
  before(() => {
    const copy = join(work, 'copy')
    mkdirSync(tarballs)
    mkdirSync(copy)
    copyWorkspace(copy)
    for (const { folder } of manifests.values()) {
      run(join(copy, 'packages', folder), 'npm', 'pack', '--pack-destination', tarballs, '--silent')
    }
  })
  after(() => rmSync(work, { recursive: true }))

  for (const [name, { folder, manifest }] of manifests) {
    test(`${name} installs into an empty folder, and every entry can be imported`, () => {
      const place = join(work, folder)
      mkdirSync(place)
      const files = readdirSync(tarballs)
      const dependencies = Object.fromEntries(
        [...withOwn(name)].map((one) => {
          const file = `${one.replace('@', '').replace('/', '-')}-${manifests.get(one)!.manifest.version}.tgz`
          assert.ok(files.includes(file), `${file} is among ${files.join(', ')}`)
          return [one, `file:${join(tarballs, file)}`]
        }),
      )
      writeFileSync(
        join(place, 'package.json'),
        JSON.stringify({ private: true, type: 'module', dependencies }),
      )
      run(place, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--omit=peer', '--silent')
      const entries = Object.keys(manifest.exports ?? {}).map((entry) => name + entry.slice(1))
      const program = entries.map(
        (entry) => `if (Object.keys(await import('${entry}')).length === 0) console.log('${entry} is empty')`,
      )
      writeFileSync(join(place, 'all.mjs'), program.join('\n'))
      const empty = run(place, process.execPath, 'all.mjs')
      // Entries that hold only types are there for the compiler.
      assert.doesNotMatch(empty, /Error/)
      const installed: Manifest = JSON.parse(
        readFileSync(join(place, 'node_modules', name, 'package.json'), 'utf8'),
      )
      assert.doesNotMatch(JSON.stringify(installed.exports ?? {}), /src\//)
      for (const file of ['README.md', 'LICENSE']) {
        assert.ok(readFileSync(join(place, 'node_modules', name, file), 'utf8').length > 0)
      }
    })
  }
})

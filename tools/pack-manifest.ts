/**
 * Turns a package's manifest to what is published, and back: `pack-manifest.ts prepare|restore`, run in the
 * package's folder by npm's `prepack` and `postpack`.
 *
 * In the repository `exports` names TypeScript sources, so that Node runs them as they are; published packages
 * hold the JavaScript and the declarations that `tsc -b` makes of them.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

interface Manifest {
  exports?: Record<string, unknown>
  bin?: Record<string, string>
  scripts?: Record<string, string>
  [field: string]: unknown
}

const MANIFEST = 'package.json'
const KEPT = '.package.json.orig'

function toDist(path: string): string {
  return path.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '.js')
}

function publishedExport(target: unknown): unknown {
  if (typeof target !== 'string' || !target.endsWith('.ts')) return target
  const script = toDist(target)
  return { types: script.replace(/\.js$/, '.d.ts'), default: script }
}

function prepare(): void {
  execFileSync('tsc', ['-b'], { stdio: ['ignore', process.stderr, 'inherit'] })
  const original = readFileSync(MANIFEST, 'utf8')
  const manifest: Manifest = JSON.parse(original)
  const published: Manifest = { ...manifest }
  if (manifest.exports !== undefined) {
    published.exports = Object.fromEntries(
      Object.entries(manifest.exports).map(([key, target]) => [key, publishedExport(target)]),
    )
  }
  if (manifest.bin !== undefined) {
    published.bin = Object.fromEntries(Object.entries(manifest.bin).map(([key, path]) => [key, toDist(path)]))
  }
  delete published.scripts
  writeFileSync(KEPT, original)
  writeFileSync(MANIFEST, `${JSON.stringify(published, null, 2)}\n`)
}

function restore(): void {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST)
}

const step = process.argv[2]
if (step === 'prepare') prepare()
else if (step === 'restore') restore()
else throw new Error(`pack-manifest: unknown step ${step}: use prepare or restore`)

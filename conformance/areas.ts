import { basename, dirname } from 'node:path'
import type { AreaSession, CaseRunner } from './case.ts'

/** A kind of corpus. */
export interface Area {
  /** The name by which `deviations.json` knows it: the beginning of the file's name, or `apps/NN-name`. */
  readonly name: string
  open(file: string): Promise<AreaSession>
}

/** Areas whose module in `areas/` exports `runCase`, by the beginning of the file's name; longer names first. */
const modules: readonly string[] = [
  'jinja',
  'werkzeug-routing',
  'werkzeug-http',
  'werkzeug-formparser',
  'werkzeug-datastructures',
  'werkzeug-responses',
  'werkzeug-security',
  'werkzeug-exceptions',
  'werkzeug-middleware',
  'werkzeug-urls',
  'signing',
  'sessions',
  'cors',
  'http1',
  'sqlalchemy',
]

interface AreaModule {
  readonly runCase: CaseRunner
  readonly parseLine?: AreaSession['parse']
}

function simpleArea(name: string): Area {
  return {
    name,
    async open() {
      const { runCase, parseLine } = (await import(`./areas/${name}.ts`)) as AreaModule
      return { run: runCase, parse: parseLine, async [Symbol.asyncDispose]() {} }
    },
  }
}

function appArea(file: string): Area {
  const name = basename(dirname(file))
  return {
    name: `apps/${name}`,
    async open() {
      const { openTwin } = (await import('./areas/apps.ts')) as {
        openTwin: (folder: string) => Promise<AreaSession>
      }
      return openTwin(dirname(file))
    },
  }
}

/**
 * The area of a corpus file.
 *
 * @throws If no area's name begins the file's name.
 */
export function areaOf(file: string): Area {
  const name = basename(file)
  if (name === 'transcript.jsonl') return appArea(file)
  const area = modules.find((prefix) => name.startsWith(prefix))
  if (area === undefined) {
    throw new Error(`conformance: no area for ${file}: its name must begin with one of ${modules.join(', ')}`)
  }
  return simpleArea(area)
}

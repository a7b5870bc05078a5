import { writeFileSync } from 'node:fs'
import { type Profiler, Session } from 'node:inspector'
import { join } from 'node:path'
import type { Application, Environ, WsgiResponse } from '@flask-ts/wsgi'
import { Request } from '../wrappers/request.ts'
import { Response } from '../wrappers/response.ts'
import { type FunctionTime, functionTimes } from './cpu-profile.ts'

/** What is known of a profiled request. */
export interface ProfiledRequest {
  readonly environ: Environ
  /** Milliseconds. */
  readonly elapsed: number
  /** Seconds since 1970. */
  readonly time: number
}

/** How requests are profiled. */
export interface ProfilerOptions {
  /** Where tables are written: standard output unless given, nowhere if `null`. */
  readonly stream?: { write(text: string): unknown } | null | undefined
  /** The columns to sort by, the first one first: `['selfMs']` unless given. */
  readonly sortBy?: readonly ('selfMs' | 'totalMs' | 'samples' | 'name')[] | undefined
  /** Which rows are shown: how many (a fraction below 1 of all), or those whose name or place fits a pattern. */
  readonly restrictions?: readonly (number | RegExp)[] | undefined
  /** A folder for a `.cpuprofile` of each request, which the browser's developer tools open. */
  readonly profileDir?: string | undefined
  /** Names of these files, with `{method}`, `{path}`, `{elapsed}` and `{time}`, or a function that makes them. */
  readonly filenameFormat?: string | ((request: ProfiledRequest) => string) | undefined
}

/**
 * Measures where each request spends its time. The answers are read whole, so that they are measured too.
 *
 * Requests that overlap are in each other's profiles: send one at a time.
 *
 * @param app - The application.
 * @param options - See {@link ProfilerOptions}.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/profiler/
 */
export function profiler(app: Application, options: ProfilerOptions = {}): Application {
  const { stream = process.stdout, profileDir } = options
  return async (environ) => {
    const begin = performance.now()
    const [answer, profile] = await profiled(async () => {
      const response = Response.forceType(await app(environ))
      const { headers, reason, status } = response
      const pieces: Buffer[] = []
      try {
        for await (const piece of response.encodedParts()) pieces.push(piece)
      } finally {
        response.close()
      }
      return { status, reason, headers, body: Buffer.concat(pieces) } satisfies WsgiResponse
    })
    const request = { environ, elapsed: performance.now() - begin, time: Date.now() / 1000 }
    if (profileDir !== undefined) {
      writeFileSync(join(profileDir, fileName(request, options.filenameFormat)), JSON.stringify(profile))
    }
    if (stream !== null) stream.write(table(new Request(environ).path, functionTimes(profile), options))
    return answer
  }
}

async function profiled<T>(run: () => Promise<T>): Promise<[result: T, profile: Profiler.Profile]> {
  const session = new Session()
  session.connect()
  try {
    session.post('Profiler.enable')
    session.post('Profiler.start')
    const result = await run()
    const profile = await new Promise<Profiler.Profile>((resolve, reject) => {
      session.post('Profiler.stop', (error, stopped) => (error ? reject(error) : resolve(stopped.profile)))
    })
    return [result, profile]
  } finally {
    session.disconnect()
  }
}

function fileName(
  request: ProfiledRequest,
  format: ProfilerOptions['filenameFormat'] = '{method}.{path}.{elapsed}ms.{time}.cpuprofile',
): string {
  if (typeof format === 'function') return format(request)
  const path = new Request(request.environ).path.replace(/^\/+|\/+$/g, '').replaceAll('/', '.')
  const values: Readonly<Record<string, string>> = {
    method: request.environ.method,
    path: path === '' ? 'root' : path,
    elapsed: request.elapsed.toFixed(0),
    time: request.time.toFixed(0),
  }
  return format.replace(/\{(\w+)\}/g, (field, name: string) => values[name] ?? field)
}

function restricted(rows: FunctionTime[], restriction: number | RegExp): FunctionTime[] {
  if (typeof restriction !== 'number')
    return rows.filter((row) => restriction.test(`${row.name} ${row.place}`))
  return rows.slice(0, restriction < 1 ? Math.round(rows.length * restriction) : restriction)
}

function table(path: string, times: FunctionTime[], options: ProfilerOptions): string {
  const { sortBy = ['selfMs'], restrictions = [] } = options
  let rows = times.sort((one, other) => {
    for (const column of sortBy) {
      const order = column === 'name' ? one.name.localeCompare(other.name) : other[column] - one[column]
      if (order !== 0) return order
    }
    return 0
  })
  for (const restriction of restrictions) rows = restricted(rows, restriction)
  const line = '-'.repeat(80)
  const body = rows.map(
    (row) =>
      `${row.selfMs.toFixed(2).padStart(10)} ${row.totalMs.toFixed(2).padStart(10)} ` +
      `${String(row.samples).padStart(8)}  ${row.name} ${row.place}\n`,
  )
  const head = `${'self ms'.padStart(10)} ${'total ms'.padStart(10)} ${'samples'.padStart(8)}  function\n`
  return `${line}\nPATH: '${path}'\n${head}${body.join('')}${line}\n\n`
}

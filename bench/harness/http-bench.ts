import { type Bench, type BenchOptions, median, type Row, type Target, withRatios } from './bench.ts'
import { ServerProcess } from './processes.ts'
import { drive, type Load } from './wrk.ts'

interface Sample {
  readonly rps: number
  readonly p99Ms: number
  readonly cpuUs: number
  readonly rssKb: number
}

/** A server that is up, and what was measured of it. */
interface Running {
  readonly target: Target
  readonly server: ServerProcess
  readonly load: Load
  readonly samples: Sample[]
}

async function sample(running: Running, seconds: number): Promise<Sample> {
  const { server, target, load } = running
  const before = server.usage()
  const result = await drive(server.port, load, seconds)
  const after = server.usage()
  if (result.errors > 0) {
    throw new Error(
      `bench: ${target.name} answered ${result.errors} of ${result.requests} requests with errors`,
    )
  }
  return {
    rps: result.rps,
    p99Ms: result.p99Ms,
    cpuUs: (after.cpuUs - before.cpuUs) / Math.max(1, result.requests),
    rssKb: after.rssKb,
  }
}

/**
 * A bench over HTTP: all servers are up, and the load goes round them, so that noise meets all alike.
 *
 * @param cores - The cores of the servers, as `taskset` takes them. Default the first.
 */
export function httpBench(name: string, load: Load, targets: readonly Target[], cores = '0'): Bench {
  return {
    name,
    async run({ seconds, rounds }: BenchOptions): Promise<Row[]> {
      const running: Running[] = []
      try {
        for (const target of targets) {
          const server = await ServerProcess.start(target.command, target.env ?? {}, cores)
          const own = (await target.prepare?.(server.port, load)) ?? load
          running.push({ target, server, load: own, samples: [] })
        }
        for (const each of running) await sample(each, 1)
        for (let round = 0; round < rounds; round++) {
          for (const each of running) each.samples.push(await sample(each, seconds))
        }
      } finally {
        for (const { server } of running) await server.stop()
      }
      return withRatios(
        running.map(({ target, samples }) => ({ bench: name, target: target.name, ...middle(samples) })),
      )
    },
  }
}

function middle(samples: readonly Sample[]): Sample {
  return {
    rps: median(samples.map((one) => one.rps)),
    p99Ms: median(samples.map((one) => one.p99Ms)),
    cpuUs: median(samples.map((one) => one.cpuUs)),
    rssKb: median(samples.map((one) => one.rssKb)),
  }
}

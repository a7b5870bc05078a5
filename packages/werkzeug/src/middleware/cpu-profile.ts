import type { Profiler } from 'node:inspector'

/** What a function took in one profile. */
export interface FunctionTime {
  readonly name: string
  /** File and line. */
  readonly place: string
  /** Milliseconds in the function itself. */
  selfMs: number
  /** Milliseconds in it and in what it called. */
  totalMs: number
  /** How many samples were taken in it. */
  samples: number
}

/** Sums a profile up by function. */
export function functionTimes(profile: Profiler.Profile): FunctionTime[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const selfMs = selfTimes(profile)
  const functions = new Map<string, FunctionTime>()
  const visit = (node: Profiler.ProfileNode, above: ReadonlySet<string>): number => {
    const { functionName, url, lineNumber } = node.callFrame
    const place = url === '' ? '' : `${url}:${lineNumber + 1}`
    const key = `${functionName}\n${place}`
    const times = functions.get(key) ?? {
      name: functionName || '(anonymous)',
      place,
      selfMs: 0,
      totalMs: 0,
      samples: 0,
    }
    functions.set(key, times)
    const own = selfMs.get(node.id) ?? 0
    times.selfMs += own
    times.samples += node.hitCount ?? 0
    const stack = new Set(above).add(key)
    let total = own
    for (const id of node.children ?? []) total += visit(nodes.get(id)!, stack)
    // A function that calls itself counts once.
    if (!above.has(key)) times.totalMs += total
    return total
  }
  const root = profile.nodes[0]
  if (root !== undefined) visit(root, new Set())
  return [...functions.values()]
}

function selfTimes(profile: Profiler.Profile): Map<number, number> {
  const times = new Map<number, number>()
  const { samples = [], timeDeltas = [] } = profile
  for (const [at, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + (timeDeltas[at] ?? 0) / 1000)
  return times
}

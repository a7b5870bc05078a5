import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** The CPU limit of the control group, in processors; `undefined` for none. */
function cgroupLimit(root: string): number | undefined {
  const v2 = read(`${root}/cpu.max`)?.split(' ')
  if (v2 !== undefined) return v2[0] === 'max' ? undefined : Number(v2[0]) / Number(v2[1])
  const quota = Number(read(`${root}/cpu/cpu.cfs_quota_us`) ?? -1)
  const period = Number(read(`${root}/cpu/cpu.cfs_period_us`) ?? 100_000)
  return quota > 0 ? quota / period : undefined
}

/**
 * How many workers `auto` means: the processors that this process may use, and no more than its container's limit,
 * rounded up.
 *
 * @param root - Where control groups are mounted.
 */
export function cpuCount(root = '/sys/fs/cgroup', processors: number = availableParallelism()): number {
  const limit = cgroupLimit(root)
  return Math.max(1, limit === undefined ? processors : Math.min(processors, Math.ceil(limit)))
}

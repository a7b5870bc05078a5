import { readFileSync } from 'node:fs'
import { SettingError } from '../errors.ts'
import type { Config } from '../settings/registry.ts'

/** Documented by Node, forgotten by its types. */
const withAllGroups = process as unknown as { initgroups(user: string, extraGroup: number): void }

/** User and group as numbers. */
export interface Owner {
  readonly uid: number
  readonly gid: number
  /** The user's name, where it has one. */
  readonly user: string | undefined
}

function entryOf(file: string, wanted: string): readonly string[] | undefined {
  const column = /^\d+$/.test(wanted) ? 2 : 0
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[column] === wanted)
}

function numberOf(file: string, wanted: string, setting: string): number {
  if (/^\d+$/.test(wanted)) return Number(wanted)
  const entry = entryOf(file, wanted)
  if (entry === undefined) throw new SettingError(`${setting} '${wanted}' does not exist in ${file}.`)
  return Number(entry[2])
}

/**
 * Who workers are to be, `undefined` if they stay who the arbiter is.
 *
 * @throws SettingError if there is no such user or group.
 */
export function ownerOf({ user, group }: Pick<Config, 'user' | 'group'>): Owner | undefined {
  if (user === null && group === null) return undefined
  const uid = user === null ? process.geteuid!() : numberOf('/etc/passwd', user, 'user')
  const gid = group === null ? process.getegid!() : numberOf('/etc/group', group, 'group')
  return { uid, gid, user: entryOf('/etc/passwd', String(uid))?.[0] }
}

/** The ids of `ownerOf`, for files that workers are to open. */
export function ownerIds(config: Pick<Config, 'user' | 'group'>): [uid: number, gid: number] | undefined {
  const owner = ownerOf(config)
  return owner === undefined ? undefined : [owner.uid, owner.gid]
}

/**
 * Becomes another user and group, for good.
 *
 * @throws Node's EPERM if this process may not.
 */
export function become({ uid, gid, user }: Owner, initgroups: boolean): void {
  if (gid !== process.getegid!()) {
    if (process.geteuid!() === 0) {
      if (initgroups && user !== undefined) withAllGroups.initgroups(user, gid)
      else process.setgroups!([gid])
    }
    process.setgid!(gid)
  }
  if (uid !== process.geteuid!()) process.setuid!(uid)
}

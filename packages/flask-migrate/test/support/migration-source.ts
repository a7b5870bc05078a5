import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workplace } from './databases.ts'

/** What a migration file written by hand holds. */
export interface Source {
  readonly revision: string
  readonly down?: string | readonly string[] | null
  readonly labels?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly message?: string
  /** Body of `upgrade`. */
  readonly up?: string
  /** Body of `downgrade`. */
  readonly back?: string
}

/** Writes a migration as a programmer would. */
export function writeMigration(place: Workplace, source: Source): void {
  const {
    revision,
    down = null,
    labels = null,
    dependsOn = null,
    message = revision,
    up = '',
    back = '',
  } = source
  const versions = join(place.folder, 'versions')
  mkdirSync(versions, { recursive: true })
  writeFileSync(
    join(versions, `${revision}.ts`),
    `/**
 * ${message}
 */
import type { Operations } from '@flask-ts/flask-migrate'
import * as sa from '@flask-ts/sqlalchemy'

export const revision = ${JSON.stringify(revision)}
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = ${JSON.stringify(labels)}
export const dependsOn = ${JSON.stringify(dependsOn)}

export async function upgrade(op: Operations): Promise<void> {
  void [op, sa]
${up}
}

export async function downgrade(op: Operations): Promise<void> {
  void [op, sa]
${back}
}
`,
  )
}

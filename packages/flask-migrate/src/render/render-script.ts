import type { Directive } from '../compare/directive.ts'
import { renderDirective } from './render-directive.ts'
import { indented, quoted, quotedList } from './text.ts'

/** What a migration file says of itself. */
export interface ScriptFacts {
  readonly revision: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
  readonly message: string
  readonly createDate: Date
}

function oneOrSeveral(ids: readonly string[]): string {
  if (ids.length === 0) return 'null'
  return ids.length === 1 ? quoted(ids[0] as string) : quotedList(ids)
}

function renderFunction(name: string, directives: readonly Directive[]): string[] {
  const lines = directives.flatMap(renderDirective)
  const parameter = lines.length ? 'op' : '_op'
  return [`export async function ${name}(${parameter}: Operations): Promise<void> {`, ...indented(lines), '}']
}

/** The text of a migration file. */
export function renderScript(
  facts: ScriptFacts,
  upgrades: readonly Directive[],
  downgrades: readonly Directive[],
): string {
  const body = [...renderFunction('upgrade', upgrades), '', ...renderFunction('downgrade', downgrades)]
  const usesNames = body.some((line) => line.includes('sa.'))
  const lines = [
    '/**',
    ` * ${(facts.message || 'empty message').replaceAll('*/', '* /').replaceAll('\n', '\n * ')}`,
    ' *',
    ` * Revision ID: ${facts.revision}`,
    ` * Revises: ${facts.downRevisions.join(', ')}`,
    ` * Create Date: ${facts.createDate.toISOString().replace('T', ' ').replace('Z', '')}`,
    ' */',
    "import type { Operations } from '@flask-ts/flask-migrate'",
    ...(usesNames ? ["import * as sa from '@flask-ts/sqlalchemy'"] : []),
    '',
    `export const revision = ${quoted(facts.revision)}`,
    `export const downRevision = ${oneOrSeveral(facts.downRevisions)}`,
    `export const branchLabels = ${oneOrSeveral(facts.branchLabels)}`,
    `export const dependsOn = ${oneOrSeveral(facts.dependsOn)}`,
    '',
    ...body,
  ]
  return `${lines.join('\n').replaceAll(/[ \t]+$/gm, '')}\n`
}

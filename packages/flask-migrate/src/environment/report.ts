import type { Directive, TableChange } from '../compare/directive.ts'
import type { Step } from '../script/plan.ts'

/** Tells the user how a command gets on; results go to the standard output, this does not. */
export function report(line: string): void {
  process.stderr.write(`INFO  [flask-migrate] ${line}\n`)
}

/** A step in words: `Running upgrade ab12 -> cd34, add users`. */
export function describeStep({ migration, isUpgrade }: Step): string {
  const { revision, downRevisions, message } = migration
  const before = downRevisions.join(', ')
  const move = isUpgrade ? `upgrade ${before} -> ${revision}` : `downgrade ${revision} -> ${before}`
  return `Running ${move}, ${message || 'empty message'}`
}

function describeChange(table: string, change: TableChange): string {
  switch (change.kind) {
    case 'addColumn':
      return `added column '${table}.${change.column.name}'`
    case 'dropColumn':
      return `removed column '${table}.${change.column.name}'`
    case 'alterColumn':
      return `changed ${Object.keys(change.to).join(', ')} of column '${table}.${change.name}'`
    case 'createIndex':
    case 'dropIndex':
      return `${change.kind === 'createIndex' ? 'added' : 'removed'} index '${change.index.name}' on '${table}'`
    case 'createCheck':
    case 'dropCheck':
      return `${change.kind === 'createCheck' ? 'added' : 'removed'} check constraint on '${table}'`
    case 'tableComment':
      return `changed comment of table '${table}'`
    default: {
      const what = { Unique: 'unique constraint', ForeignKey: 'foreign key', PrimaryKey: 'primary key' }
      const [, verb, kind] = /^(create|drop)(\w+)$/.exec(change.kind) ?? []
      const columns = change.key.columns.join(', ')
      return `${verb === 'create' ? 'added' : 'removed'} ${what[kind as keyof typeof what]} (${columns}) on '${table}'`
    }
  }
}

/** What a comparison found, a line each. */
export function describeDirectives(directives: readonly Directive[]): string[] {
  return directives.flatMap((directive) => {
    if (directive.kind === 'createTable') return [`added table '${directive.table.name}'`]
    if (directive.kind === 'dropTable') return [`removed table '${directive.table.name}'`]
    return directive.changes.map((change) => describeChange(directive.name, change))
  })
}

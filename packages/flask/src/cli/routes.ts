import type { Rule } from '@flask-ts/werkzeug/routing'

/** How the rules are listed. */
export interface RoutesOptions {
  readonly sort: RoutesSort
  /** Shows `HEAD` and `OPTIONS` too. */
  readonly allMethods: boolean
}

export const ROUTES_SORTS = ['endpoint', 'methods', 'domain', 'rule', 'match'] as const

/** A column, or `match` for the order in which rules are tried. */
export type RoutesSort = (typeof ROUTES_SORTS)[number]

/** What the list reads of the application. */
export interface RoutesHost {
  readonly urlMap: { readonly hostMatching: boolean; iterRules(): Rule[] }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * The rules of an application as a table.
 *
 * @see https://flask.palletsprojects.com/cli/#show-routes-with-flask-routes
 */
export function listRoutes(app: RoutesHost, options: RoutesOptions): string {
  const { hostMatching } = app.urlMap
  const rules = app.urlMap.iterRules()
  if (rules.length === 0) return 'No routes were registered.'
  const domainOf = (rule: Rule): string => (hostMatching ? rule.host : rule.subdomain) ?? ''
  const hasDomain = rules.some((rule) => domainOf(rule) !== '')
  const shown = (method: string): boolean => options.allMethods || (method !== 'HEAD' && method !== 'OPTIONS')
  const rows = rules.map((rule) => {
    const methods = [...(rule.methods ?? [])].filter(shown).sort().join(', ')
    return [rule.endpoint, methods, ...(hasDomain ? [domainOf(rule)] : []), rule.rule]
  })
  const columns: RoutesSort[] = ['endpoint', 'methods', ...(hasDomain ? (['domain'] as const) : []), 'rule']
  const column = columns.indexOf(options.sort)
  if (column !== -1) rows.sort((left, right) => compare(left[column]!, right[column]!))
  const domainTitle = hasDomain ? [hostMatching ? 'Host' : 'Subdomain'] : []
  const header = ['Endpoint', 'Methods', ...domainTitle, 'Rule']
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)))
  const table = [header, widths.map((width) => '-'.repeat(width)), ...rows]
  return table.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ')).join('\n')
}

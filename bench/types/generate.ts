/** An application of 500 routes in 20 blueprints as source, with views that use their parameters' types or not. */

const BLUEPRINTS = 20
const ROUTES = 25
const converters = ['int', 'string', 'float', 'path', 'uuid'] as const

function route(blueprint: number, index: number, typed: boolean): string {
  const first = converters[(blueprint + index) % converters.length]!
  const rule = `/area${blueprint}/thing${index}/<${first}:id>/<int:page>`
  const view = typed ? '({ id, page }) => ({ id, next: page + 1 })' : '(params: any): any => ({ params })'
  return `b${blueprint}.get('${rule}', ${view})`
}

/** The source of the application. */
export function generateApp(typed: boolean): string {
  const lines = ["import { Blueprint, Flask } from 'flask-ts'", 'export const app = new Flask(import.meta)']
  for (let blueprint = 0; blueprint < BLUEPRINTS; blueprint++) {
    lines.push(`const b${blueprint} = new Blueprint('b${blueprint}', import.meta)`)
    for (let index = 0; index < ROUTES; index++) lines.push(route(blueprint, index, typed))
    lines.push(`app.registerBlueprint(b${blueprint}, { urlPrefix: '/p${blueprint}' })`)
  }
  return `${lines.join('\n')}\n`
}

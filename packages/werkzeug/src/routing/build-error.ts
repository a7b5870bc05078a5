import { pythonRepr } from './python-text.ts'
import type { Rule } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'
import { similarity } from './similarity.ts'

function list(names: Iterable<string>): string {
  return pythonRepr([...names].sort())
}

/** Thrown when no rule can build a URL for an endpoint and its values; names the rule that comes closest. */
export class BuildError extends Error {
  override name = 'BuildError'
  readonly endpoint: string
  readonly values: Readonly<RouteValues>
  readonly method: string | undefined
  readonly #rules: readonly Rule[]
  #suggested: Rule | undefined
  #text: string | undefined

  /**
   * @param rules - All rules of the map.
   */
  constructor(
    endpoint: string,
    values: Readonly<RouteValues>,
    method: string | undefined,
    rules: readonly Rule[],
  ) {
    super()
    this.endpoint = endpoint
    this.values = values
    this.method = method
    this.#rules = rules
  }

  /** The rule that comes closest, or `undefined` if there are no rules. */
  get suggested(): Rule | undefined {
    this.#suggested ??= this.#closestRule()
    return this.#suggested
  }

  #closestRule(): Rule | undefined {
    const names = Object.keys(this.values)
    const likeness = new Map<string, number>()
    let [best, bestScore] = [this.#rules[0], -1]
    for (const rule of this.#rules) {
      const endpoint = String(rule.endpoint)
      const ratio = likeness.get(endpoint) ?? similarity(endpoint, String(this.endpoint))
      likeness.set(endpoint, ratio)
      const fits = names.every((name) => rule.arguments.has(name))
      const takes = this.method !== undefined && rule.methods?.has(this.method)
      const score = 0.98 * ratio + (fits ? 0.01 : 0) + (takes ? 0.01 : 0)
      if (score > bestScore) {
        best = rule
        bestScore = score
      }
    }
    return best
  }

  /** Made on first use: whoever catches the error to try another way should not pay for the search. */
  override get message(): string {
    this.#text ??= this.#describe()
    return this.#text
  }

  #describe(): string {
    let text = `Could not build url for endpoint ${pythonRepr(this.endpoint)}`
    if (this.method !== undefined) text += ` (${pythonRepr(this.method)})`
    const given = Object.keys(this.values)
    if (given.length > 0) text += ` with values ${list(given)}`
    text += '.'
    const { suggested } = this
    if (suggested === undefined) return text
    if (suggested.endpoint !== this.endpoint) {
      return `${text} Did you mean ${pythonRepr(suggested.endpoint)} instead?`
    }
    if (this.method !== undefined && !suggested.takes(this.method)) {
      text += ` Did you mean to use methods ${list(suggested.methods ?? [])}?`
    }
    const missing = [...suggested.arguments].filter((name) => !Object.hasOwn(this.values, name))
    return missing.length > 0 ? `${text} Did you forget to specify values ${list(missing)}?` : text
  }
}

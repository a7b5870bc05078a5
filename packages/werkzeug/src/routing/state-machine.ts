import { type BaseConverter, ValidationError } from './converter.ts'
import { DuplicateRuleError } from './duplicate-rule-error.ts'
import type { Rule } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'
import { compareWeightings, type DynamicPart } from './rule-part.ts'

/** What matching a path came to. */
export type Outcome =
  /** A rule that takes the path and the method. */
  | { readonly kind: 'match'; readonly rule: Rule; readonly values: RouteValues }
  /** The path is right but for its slashes. */
  | { readonly kind: 'path'; readonly path: string }
  /** Nothing; `methods` are those of rules that would take the path. */
  | { readonly kind: 'none'; readonly methods: ReadonlySet<string>; readonly websocketMismatch: boolean }

/** A point between two parts of a path, with the ways on from it. */
class State {
  readonly statics = new Map<string, State>()
  readonly dynamics: { readonly part: DynamicPart; readonly to: State }[] = []
  /** The rules that end here. */
  readonly rules: Rule[] = []
  /** Where a trailing slash leads to. */
  branch: State | undefined
  /** At the states of static domains: where complete paths of static parts end. */
  readonly leaves = new Map<string, State>()
  readonly #byKey = new Map<string, State>()

  staticStep(text: string): State {
    let next = this.statics.get(text)
    if (next === undefined) {
      next = new State()
      this.statics.set(text, next)
      if (text === '') this.branch = next
    }
    return next
  }

  dynamicStep(part: DynamicPart): State {
    let next = this.#byKey.get(part.key)
    if (next === undefined) {
      next = new State()
      this.#byKey.set(part.key, next)
      const later = this.dynamics.findIndex((edge) => compareWeightings(edge.part.weight, part.weight) > 0)
      this.dynamics.splice(later === -1 ? this.dynamics.length : later, 0, { part, to: next })
    }
    return next
  }
}

const NO_METHODS: ReadonlySet<string> = new Set()
const ADDED_METHODS = new Set(['HEAD', 'OPTIONS'])

function collide(left: Rule, right: Rule): boolean {
  if (left.websocket !== right.websocket) return false
  const [a, b] = [left.methods, right.methods]
  if (a === undefined || b === undefined) return true
  if (a.size === b.size && a.isSubsetOf(b)) return true
  // HEAD comes with GET and frameworks add OPTIONS, so these two alone are no collision.
  return !a.intersection(b).isSubsetOf(ADDED_METHODS)
}

/** Found instead of a rule where the path would match with a trailing slash. */
const SLASH_REQUIRED = 'slash required'
type Found = Rule | typeof SLASH_REQUIRED | undefined

/**
 * Finds the rule for a path by walking it part by part.
 *
 * At every part the static way is tried first, then the dynamic ones by weight, and a dead end goes back to the last
 * choice: the cost depends on the depth of the path and not on the number of rules.
 */
export class StateMachine {
  readonly #root = new State()
  readonly #mergeSlashes: boolean
  // The state of one search. Searches are synchronous and call no user code, so one of each will do.
  #path = ''
  #method = ''
  #websocket = false
  #methods: Set<string> | undefined
  #websocketMismatch = false
  #values: string[] = []

  constructor(mergeSlashes: boolean) {
    this.#mergeSlashes = mergeSlashes
  }

  /**
   * Adds a bound rule.
   *
   * @throws DuplicateRuleError if another rule matches just the same.
   */
  add(rule: Rule): void {
    let state = this.#root
    for (const part of rule.parts)
      state = part.dynamic ? state.dynamicStep(part) : state.staticStep(part.text)
    for (const existing of state.rules)
      if (collide(existing, rule)) throw new DuplicateRuleError(existing, rule)
    state.rules.push(rule)
    this.#addLeaf(rule, state)
  }

  #addLeaf(rule: Rule, state: State): void {
    const texts: string[] = []
    for (const part of rule.parts) {
      if (part.dynamic) return
      texts.push(part.text)
    }
    const [domain, ...path] = texts
    this.#root.statics.get(domain as string)?.leaves.set(path.join('/'), state)
  }

  /**
   * Finds the rule for a path.
   *
   * @param domain - The subdomain or host; empty if the map matches neither.
   * @param path - Decoded; empty, or begins with one slash.
   * @param method - In upper case.
   */
  match(domain: string, path: string, method: string, websocket: boolean): Outcome {
    // Static ways come first at every part, so a rule of static parts only that fits is what the walk would find.
    const home = this.#root.statics.get(domain)
    const leaf = home?.leaves.get(path)
    if (leaf !== undefined) {
      for (const rule of leaf.rules) {
        if (rule.websocket === websocket && (rule.methods === undefined || rule.methods.has(method))) {
          return { kind: 'match', rule, values: rule.defaults === undefined ? {} : { ...rule.defaults } }
        }
      }
    }
    this.#method = method
    this.#websocket = websocket
    this.#methods = undefined
    this.#websocketMismatch = false
    const found = this.#search(home, domain, path)
    if (found === undefined) return this.#retryMerged(home, domain, path)
    return found === SLASH_REQUIRED ? { kind: 'path', path: `${path}/` } : this.#finish(found)
  }

  #search(home: State | undefined, domain: string, path: string): Found {
    this.#path = path
    this.#values.length = 0
    if (home !== undefined) {
      // Every rule begins with a slash, so the empty part before a path's first slash leads one way only.
      const found = path === '' ? this.#walk(home, 0) : home.branch && this.#walk(home.branch, 1)
      if (found !== undefined) return found
    }
    for (const { part, to } of this.#root.dynamics) {
      const found = this.#follow(part, to, 0, part.final ? `${domain}/${path}` : domain)
      if (found !== undefined) return found
    }
    return undefined
  }

  #retryMerged(home: State | undefined, domain: string, path: string): Outcome {
    if (this.#mergeSlashes && path.includes('//')) {
      const merged = path.replace(/\/{2,}/g, '/')
      const found = this.#search(home, domain, merged)
      if (found === SLASH_REQUIRED) return { kind: 'path', path: `${merged}/` }
      if (found !== undefined && found.mergeSlashes !== false) return { kind: 'path', path: merged }
    }
    return this.#nothing()
  }

  #nothing(): Outcome {
    return {
      kind: 'none',
      methods: this.#methods ?? NO_METHODS,
      websocketMismatch: this.#websocketMismatch,
    }
  }

  /** `start` is where the next part begins in the path; beyond its end, all parts are matched. */
  #walk(state: State, start: number): Found {
    const path = this.#path
    if (start > path.length) return this.#arrive(state)
    let end = path.indexOf('/', start)
    if (end === -1) end = path.length
    const text = path.slice(start, end)
    const { statics, dynamics } = state
    if (statics.size > 0) {
      const next = statics.get(text)
      const found = next && this.#walk(next, end + 1)
      if (found !== undefined) return found
    }
    for (let i = 0; i < dynamics.length; i++) {
      const { part, to } = dynamics[i] as { part: DynamicPart; to: State }
      const found = this.#follow(part, to, end + 1, part.final ? path.slice(start) : text)
      if (found !== undefined) return found
    }
    return start === path.length && state.rules.length > 0 ? this.#forgiveSlash(state) : undefined
  }

  #follow(part: DynamicPart, to: State, next: number, target: string): Found {
    const values = this.#values
    const before = values.length
    const matched = part.test(target, values)
    if (matched === 0) return undefined
    // A slash that was cut off a final part is the one part left: the empty one at the path's end.
    const { length } = this.#path
    const rest = part.final ? (matched === 2 ? length : length + 1) : next
    const found = this.#walk(to, rest)
    if (found === undefined) values.length = before
    return found
  }

  /** Whether the rule takes the request; if not, why not is kept for the answer. */
  #fits(rule: Rule): boolean {
    if (rule.methods !== undefined && !rule.methods.has(this.#method)) {
      this.#methods ??= new Set()
      for (const method of rule.methods) this.#methods.add(method)
      return false
    }
    if (rule.websocket === this.#websocket) return true
    this.#websocketMismatch = true
    return false
  }

  #arrive(state: State): Found {
    for (const rule of state.rules) if (this.#fits(rule)) return rule
    if (state.branch === undefined) return undefined
    for (const rule of state.branch.rules) {
      if (rule.websocket === this.#websocket && rule.takes(this.#method)) {
        return rule.strictSlashes === true ? SLASH_REQUIRED : rule
      }
    }
    return undefined
  }

  #forgiveSlash(state: State): Found {
    for (const rule of state.rules) if (rule.strictSlashes !== true && this.#fits(rule)) return rule
    return undefined
  }

  #finish(rule: Rule): Outcome {
    const { variables, converters } = rule
    // A converter of the application's may match another path in the meantime.
    const texts = rule.hasOwnConverter ? this.#values.slice() : this.#values
    const methods = this.#methods ?? NO_METHODS
    const websocketMismatch = this.#websocketMismatch
    const values: RouteValues = {}
    try {
      for (let i = 0; i < variables.length; i++) {
        values[variables[i] as string] = (converters[i] as BaseConverter).toPython(texts[i] as string)
      }
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error
      return { kind: 'none', methods, websocketMismatch }
    }
    if (rule.defaults !== undefined) Object.assign(values, rule.defaults)
    return { kind: 'match', rule, values }
  }
}

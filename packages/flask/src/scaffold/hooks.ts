import type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  Teardown,
  UrlDefaults,
  UrlValuePreprocessor,
} from '../view-types.ts'

/** Functions by the name of the blueprint whose requests they serve; `null` for all requests. */
export type HookTable<F> = Map<string | null, F[]>

/** Everything that an application or blueprint runs around its views. */
export interface HookTables {
  readonly beforeRequestFuncs: HookTable<BeforeRequest>
  readonly afterRequestFuncs: HookTable<AfterRequest>
  readonly teardownRequestFuncs: HookTable<Teardown>
  readonly urlValuePreprocessors: HookTable<UrlValuePreprocessor>
  readonly urlDefaultFunctions: HookTable<UrlDefaults>
  readonly templateContextProcessors: HookTable<ContextProcessor>
}

/** Adds a function at the end of a name's list. */
export function addHook<F>(table: HookTable<F>, name: string | null, hook: F): void {
  const hooks = table.get(name)
  if (hooks === undefined) table.set(name, [hook])
  else hooks.push(hook)
}

/** Adds all functions of a blueprint's table to the application's, under the name of its registration. */
export function mergeHooks<F>(target: HookTable<F>, source: HookTable<F>, name: string): void {
  for (const [key, hooks] of source) {
    for (const hook of hooks) addHook(target, key === null ? name : `${name}.${key}`, hook)
  }
}

/** The functions of several names, one list after the other. */
export function collectHooks<F>(table: HookTable<F>, names: readonly (string | null)[]): F[] {
  return names.flatMap((name) => table.get(name) ?? [])
}

/** As `collectHooks`, each list from its end: the order in which what was begun is ended. */
export function collectReversed<F>(table: HookTable<F>, names: readonly (string | null)[]): F[] {
  return names.flatMap((name) => (table.get(name) ?? []).toReversed())
}

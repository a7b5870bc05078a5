import type { RouteOptions } from '../scaffold/route-options.ts'
import type { SetupTarget } from '../scaffold/setup-target.ts'
import type { AnyView, UrlValues } from '../scaffold/view-endpoint.ts'

/** What `registerBlueprint` takes, over what the blueprint says of itself. */
export interface BlueprintOptions {
  /** Another name, under which a blueprint can be registered once more. */
  readonly name?: string | undefined
  readonly urlPrefix?: string | undefined
  readonly subdomain?: string | undefined
  /** Values for variables of all its rules. */
  readonly urlDefaults?: UrlValues | undefined
  /** Name of its command group; `null` puts the commands directly below `flask`. */
  readonly cliGroup?: string | null | undefined
  /** Further options are for the blueprint's own `record` functions. */
  readonly [name: string]: unknown
}

/** A blueprint as far as it is registered on others, whatever its prefix. */
export interface NestableBlueprint {
  readonly name: string
  readonly urlPrefix: string | null
  readonly subdomain: string | null
  register(app: SetupTarget, options?: BlueprintOptions, outerName?: string | null): void
}

/** What the state reads of its blueprint. */
export interface RegisteredBlueprint {
  readonly name: string
  readonly urlPrefix: string | null
  readonly subdomain: string | null
  readonly urlValuesDefaults: UrlValues
}

function joinRule(prefix: string, rule: string): string {
  return rule === '' ? prefix : `${prefix.replace(/\/+$/, '')}/${rule.replace(/^\/+/, '')}`
}

/**
 * One registration of a blueprint on an application: what its recorded functions get.
 *
 * @see https://flask.palletsprojects.com/api/#flask.blueprints.BlueprintSetupState
 */
export class BlueprintSetupState {
  readonly app: SetupTarget
  readonly blueprint: RegisteredBlueprint
  readonly options: BlueprintOptions
  /** Whether the blueprint was not on this application before. */
  readonly firstRegistration: boolean
  readonly subdomain: string | null
  readonly urlPrefix: string | null
  /** The name of the registration, with the names of the blueprints around it. */
  readonly fullName: string
  readonly urlDefaults: UrlValues

  constructor(
    blueprint: RegisteredBlueprint,
    app: SetupTarget,
    options: BlueprintOptions,
    fullName: string,
    firstRegistration: boolean,
  ) {
    this.app = app
    this.blueprint = blueprint
    this.options = options
    this.firstRegistration = firstRegistration
    this.subdomain = options.subdomain ?? blueprint.subdomain
    this.urlPrefix = options.urlPrefix ?? blueprint.urlPrefix
    this.fullName = fullName
    this.urlDefaults = { ...blueprint.urlValuesDefaults, ...options.urlDefaults }
  }

  /** Registers a rule of the blueprint, with its prefix, its subdomain and its name before the endpoint. */
  addUrlRule(rule: string, endpoint: string, view: AnyView | undefined, options: RouteOptions): void {
    const prefixed = this.urlPrefix === null ? rule : joinRule(this.urlPrefix, rule)
    this.app.addBlueprintRule(prefixed, `${this.fullName}.${endpoint}`, view, {
      ...options,
      subdomain: options.subdomain ?? this.subdomain ?? undefined,
      defaults: { ...this.urlDefaults, ...options.defaults },
    })
  }
}

import type { CommandGroup } from '../cli/group.ts'
import type { Config } from '../config/config.ts'
import type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  ErrorHandler,
  Teardown,
  UrlDefaults,
  UrlValuePreprocessor,
} from '../view-types.ts'
import type { ErrorClass, ErrorHandlers } from './error-handlers.ts'
import type { HookTables } from './hooks.ts'
import type { RouteOptions } from './route-options.ts'
import type { TemplateFunction } from './template-names.ts'
import type { AnyView } from './view-endpoint.ts'

/** What the application offers to the recorded steps of a blueprint. */
export interface SetupTarget extends HookTables {
  readonly config: Config
  readonly cli: CommandGroup
  readonly extensions: Record<string, unknown>
  readonly errorHandlers: ErrorHandlers
  readonly viewFunctions: Map<string, AnyView>
  /** The registered blueprints by name. */
  readonly blueprints: Map<string, object>
  addBlueprintRule(rule: string, endpoint: string, view: AnyView | undefined, options: RouteOptions): void
  beforeRequest(hook: BeforeRequest): unknown
  afterRequest(hook: AfterRequest): unknown
  teardownRequest(hook: Teardown): unknown
  contextProcessor(processor: ContextProcessor): unknown
  urlValuePreprocessor(hook: UrlValuePreprocessor): unknown
  urlDefaults(hook: UrlDefaults): unknown
  templateFilter(name: string, run: TemplateFunction): unknown
  templateTest(name: string, run: TemplateFunction): unknown
  templateGlobal(name: string, run: TemplateFunction): unknown
  registerErrorHandler(codeOrClass: number | ErrorClass, handler: ErrorHandler<never>): void
}

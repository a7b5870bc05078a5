import { type EnvironmentOptions, Environment as JinjaEnvironment } from '@flask-ts/jinja'
import { localProxy } from '@flask-ts/werkzeug/local'
import { requireContext, requireRequestContext } from '../context/require.ts'
import { getFlashedMessages } from '../flash.ts'
import { sessionView } from '../sessions/session-view.ts'
import { camelCaseName } from './attribute-names.ts'

const ESCAPED = ['.html', '.htm', '.xml', '.xhtml', '.svg']

/** Whether a template's output is escaped: by the end of its name; a template without one is. */
export function selectJinjaAutoescape(name: string | null): boolean {
  return name === null || ESCAPED.some((suffix) => name.endsWith(suffix))
}

type Switch = 'trimBlocks' | 'lstripBlocks' | 'keepTrailingNewline'

/**
 * Jinja's environment as Flask sets it up: attributes of objects are also found under their camelCase names.
 *
 * @see https://flask.palletsprojects.com/templating/#jinja-setup
 */
export class Environment extends JinjaEnvironment {
  constructor(options: EnvironmentOptions = {}) {
    super({ autoescape: selectJinjaAutoescape, alternateName: camelCaseName, ...options })
  }

  /** Whether the first newline after a block is removed. */
  get trimBlocks(): boolean {
    return this.syntax.trimBlocks
  }

  set trimBlocks(value: boolean) {
    this.#switch('trimBlocks', value)
  }

  /** Whether white space before a block on its line is removed. */
  get lstripBlocks(): boolean {
    return this.syntax.lstripBlocks
  }

  set lstripBlocks(value: boolean) {
    this.#switch('lstripBlocks', value)
  }

  /** Whether a newline at the end of a template is kept. */
  get keepTrailingNewline(): boolean {
    return this.syntax.keepTrailingNewline
  }

  set keepTrailingNewline(value: boolean) {
    this.#switch('keepTrailingNewline', value)
  }

  #switch(name: Switch, value: boolean): void {
    this.changeSyntax({ [name]: value })
  }
}

/** What the globals of templates need of the application. */
export interface GlobalsHost {
  readonly config: object
  readonly json: { dumps(value: unknown, options?: object): string }
  urlFor(endpoint: string, values?: Record<string, unknown>): string
}

interface FlashedArguments {
  readonly with_categories?: boolean
  readonly category_filter?: readonly string[]
}

/** `get_flashed_messages` takes its arguments by position or by their Python names. */
function flashedMessages(first?: unknown, second?: unknown): unknown[] {
  const named = [first, second].find(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  )
  const { with_categories, category_filter } = (named ?? {}) as FlashedArguments
  const withCategories = with_categories ?? (typeof first === 'boolean' ? first : false)
  const categoryFilter = category_filter ?? (Array.isArray(second) ? (second as string[]) : [])
  return getFlashedMessages({ withCategories, categoryFilter })
}

/** Python's names for what `json.dumps` is told by the policies of templates. */
function jsonOptions(given: Readonly<Record<string, unknown>>): object {
  const { sort_keys, ensure_ascii, indent, separators } = given
  return {
    ...(sort_keys === undefined ? {} : { sortKeys: sort_keys }),
    ...(ensure_ascii === undefined ? {} : { ensureAscii: ensure_ascii }),
    ...(typeof indent === 'number' ? { indent } : {}),
    ...(separators === undefined ? {} : { separators }),
  }
}

/** Puts what every template sees onto an environment; imported templates see no more than this. */
export function addFlaskGlobals(environment: JinjaEnvironment, host: GlobalsHost): void {
  Object.assign(environment.globals, {
    url_for: (endpoint: string, values?: Record<string, unknown>) => host.urlFor(endpoint, values),
    get_flashed_messages: flashedMessages,
    config: host.config,
    request: localProxy(() => requireRequestContext().request),
    session: sessionView(() => requireRequestContext().session),
    g: localProxy(() => requireContext().g),
  })
  environment.policies['json.dumps_function'] = (
    value: unknown,
    options: Readonly<Record<string, unknown>>,
  ) => host.json.dumps(value, jsonOptions(options))
}

import type { Rule, RuleFactory, RuleHost } from './rule.ts'
import type { RouteValues } from './rule-builder.ts'

/** Puts rules on a subdomain: `new Subdomain('<lang>', [new Rule('/', { endpoint: 'index' })])`. */
export class Subdomain implements RuleFactory {
  readonly subdomain: string
  readonly rules: Iterable<RuleFactory>

  /**
   * @param subdomain - The rule for the subdomain.
   * @param rules - Rules or factories.
   */
  constructor(subdomain: string, rules: Iterable<RuleFactory>) {
    this.subdomain = subdomain
    this.rules = rules
  }

  *getRules(map: RuleHost): Generator<Rule> {
    for (const factory of this.rules) {
      for (const rule of factory.getRules(map)) yield rule.empty({ subdomain: this.subdomain })
    }
  }
}

/** Puts a path before the paths of rules: `new Submount('/blog', [new Rule('/entry', { endpoint: 'entry' })])`. */
export class Submount implements RuleFactory {
  readonly path: string
  readonly rules: Iterable<RuleFactory>

  /**
   * @param path - The path, with or without a slash at its end.
   * @param rules - Rules or factories.
   */
  constructor(path: string, rules: Iterable<RuleFactory>) {
    this.path = path.replace(/\/+$/, '')
    this.rules = rules
  }

  *getRules(map: RuleHost): Generator<Rule> {
    for (const factory of this.rules) {
      for (const rule of factory.getRules(map)) yield rule.empty({ rule: this.path + rule.rule })
    }
  }
}

/** Puts text before the endpoints of rules: `new EndpointPrefix('blog/', rules)`. */
export class EndpointPrefix implements RuleFactory {
  readonly prefix: string
  readonly rules: Iterable<RuleFactory>

  /**
   * @param prefix - The text.
   * @param rules - Rules or factories.
   */
  constructor(prefix: string, rules: Iterable<RuleFactory>) {
    this.prefix = prefix
    this.rules = rules
  }

  *getRules(map: RuleHost): Generator<Rule> {
    for (const factory of this.rules) {
      for (const rule of factory.getRules(map)) yield rule.empty({ endpoint: this.prefix + rule.endpoint })
    }
  }
}

/** Thrown for a placeholder of a rule template that is malformed or has no value. */
export class RuleTemplateError extends Error {
  override name = 'RuleTemplateError'
}

type TemplateContext = Readonly<Record<string, unknown>>

const PLACEHOLDER = /\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\}|)/g

function substitute(template: string, context: TemplateContext): string {
  return template.replace(PLACEHOLDER, (_whole, dollar?: string, bare?: string, braced?: string) => {
    if (dollar !== undefined) return '$'
    const name = bare ?? braced
    if (name === undefined) {
      throw new RuleTemplateError(
        `a lone '$' in '${template}': write $$ for a dollar sign, $name for a value`,
      )
    }
    if (Object.hasOwn(context, name)) return String(context[name])
    throw new RuleTemplateError(
      `no value for '$${name}' in '${template}': give one when the template is filled`,
    )
  })
}

function fillDefaults(defaults: Readonly<RouteValues>, context: TemplateContext): RouteValues {
  const filled = Object.entries(defaults).map(([name, value]) => [
    name,
    typeof value === 'string' ? substitute(value, context) : value,
  ])
  return Object.fromEntries(filled)
}

class RuleTemplateFactory implements RuleFactory {
  readonly #rules: readonly RuleFactory[]
  readonly #context: TemplateContext

  constructor(rules: readonly RuleFactory[], context: TemplateContext) {
    this.#rules = rules
    this.#context = context
  }

  *getRules(map: RuleHost): Generator<Rule> {
    const context = this.#context
    for (const factory of this.#rules) {
      for (const rule of factory.getRules(map)) {
        yield rule.empty({
          rule: substitute(rule.rule, context),
          defaults: rule.defaults && fillDefaults(rule.defaults, context),
          subdomain: rule.subdomain === undefined ? undefined : substitute(rule.subdomain, context),
          endpoint: typeof rule.endpoint === 'string' ? substitute(rule.endpoint, context) : rule.endpoint,
        })
      }
    }
  }
}

/**
 * Rules with `$name` placeholders in path, endpoint, subdomain and defaults, to be filled several times.
 *
 *     const resource = new RuleTemplate([new Rule('/$name/<int:id>', { endpoint: '$name.show' })])
 *     new UrlMap([resource.fill({ name: 'user' }), resource.fill({ name: 'page' })])
 */
export class RuleTemplate {
  readonly rules: readonly RuleFactory[]

  /** @param rules - Rules or factories. */
  constructor(rules: Iterable<RuleFactory>) {
    this.rules = [...rules]
  }

  /**
   * The rules with values for the placeholders (in Werkzeug, the template is called).
   *
   * @throws RuleTemplateError (when the rules are added to a map) if a placeholder has no value.
   */
  fill(context: TemplateContext): RuleFactory {
    return new RuleTemplateFactory(this.rules, context)
  }
}

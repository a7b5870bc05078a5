import type { Template } from '@flask-ts/jinja'
import type { AppContext } from '../context/app-context.ts'
import { TemplateContextError } from '../errors.ts'
import { collectHooks, type HookTable } from '../scaffold/hooks.ts'
import { type Announcer, announce } from '../signals/announce.ts'
import { beforeRenderTemplate, templateRendered } from '../signals/flask-signals.ts'
import { isPromise } from '../then.ts'
import type { ContextProcessor } from '../view-types.ts'

/** The names that a template is given. */
export type TemplateValues = Record<string, unknown>

/** What rendering needs of the application. */
export interface RenderHost extends Announcer {
  readonly templateContextProcessors: HookTable<ContextProcessor>
}

/**
 * The names that a template sees: those of the context, of the processors, and, over all, those it is given.
 *
 * @throws TemplateContextError - if a processor is async: templates are rendered at once.
 */
export function templateValues(host: RenderHost, context: AppContext, given: TemplateValues): TemplateValues {
  const values: TemplateValues = { g: context.g }
  if (context.hasRequest) values.request = context.request
  const names = context.hasRequest ? [null, ...context.request.blueprints.toReversed()] : [null]
  for (const processor of collectHooks(host.templateContextProcessors, names)) {
    const more: unknown = processor()
    if (isPromise(more)) {
      throw new TemplateContextError(
        `The context processor '${processor.name}' is async. Await its values in the view or in beforeRequest, and put them on g.`,
      )
    }
    Object.assign(values, more)
  }
  return Object.assign(values, given)
}

/** Renders a template to text, with the signals around it. */
export function renderInContext(
  host: RenderHost,
  context: AppContext,
  template: Template,
  given: TemplateValues,
): string {
  const values = templateValues(host, context, given)
  announce(beforeRenderTemplate, host, { template, context: values })
  const text = template.render(values)
  announce(templateRendered, host, { template, context: values })
  return text
}

/** Renders a template piece by piece, with the signals around it. */
export function streamInContext(
  host: RenderHost,
  context: AppContext,
  template: Template,
  given: TemplateValues,
): Iterable<string> {
  const values = templateValues(host, context, given)
  announce(beforeRenderTemplate, host, { template, context: values })
  return pieces(host, template, values)
}

function* pieces(host: RenderHost, template: Template, values: TemplateValues): Iterable<string> {
  yield* template.generate(values)
  announce(templateRendered, host, { template, context: values })
}

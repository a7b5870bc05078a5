import { Kwargs, type Template } from '@flask-ts/jinja'
import type { Flask } from '../app/app.ts'
import { requireContext } from '../context/require.ts'
import { renderInContext, streamInContext, type TemplateValues } from '../templating/render.ts'
import { streamWithContext } from './stream.ts'

/** The name of a template, the template itself, or several, of which the first that exists is taken. */
export type TemplateChoice = string | Template | readonly (string | Template)[]

function currentFlask(): Flask {
  return requireContext().app as Flask
}

/**
 * Renders a template of the application or of a blueprint.
 *
 * @param values - The names that the template sees, over those of context processors.
 * @throws TemplateNotFound - if there is no such template.
 * @see https://flask.palletsprojects.com/api/#flask.render_template
 */
export function renderTemplate(template: TemplateChoice, values: TemplateValues = {}): string {
  const app = currentFlask()
  return renderInContext(app, requireContext(), app.jinjaEnv.getOrSelectTemplate(template), values)
}

/** Renders a template from its source; as `renderTemplate`. */
export function renderTemplateString(source: string, values: TemplateValues = {}): string {
  const app = currentFlask()
  return renderInContext(app, requireContext(), app.jinjaEnv.fromString(source), values)
}

/**
 * Renders a template piece by piece, for a response that begins before all of it is there. The context stays until the
 * last piece.
 *
 * @see https://flask.palletsprojects.com/api/#flask.stream_template
 */
export function streamTemplate(template: TemplateChoice, values: TemplateValues = {}): Iterable<string> {
  const app = currentFlask()
  const found = app.jinjaEnv.getOrSelectTemplate(template)
  return streamWithContext(streamInContext(app, requireContext(), found, values))
}

/** Renders a template from its source piece by piece; as `streamTemplate`. */
export function streamTemplateString(source: string, values: TemplateValues = {}): Iterable<string> {
  const app = currentFlask()
  return streamWithContext(streamInContext(app, requireContext(), app.jinjaEnv.fromString(source), values))
}

function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** A macro with its keyword arguments as an object of options, as elsewhere in this framework. */
function withOptions(macro: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const last = args.at(-1)
    return isOptions(last) ? macro(...args.slice(0, -1), new Kwargs(last)) : macro(...args)
  }
}

/**
 * What a template exports under a name, such as a macro, to call it from the program. Keyword arguments of a macro come
 * last, as one object; give a `Map` where a dictionary is meant as an argument by position.
 *
 * @see https://flask.palletsprojects.com/api/#flask.get_template_attribute
 */
export function getTemplateAttribute(templateName: string, attribute: string): unknown {
  const { module } = currentFlask().jinjaEnv.getTemplate(templateName)
  const exported = module.exported[attribute]
  return typeof exported === 'function' ? withOptions(exported as (...args: unknown[]) => unknown) : exported
}

import type { Capture } from './capture.ts'
import type { Evaluator } from './evaluator.ts'
import { summarizeValue } from './inspect-value.ts'
import { isSecretName, REDACTED, redactText } from './redact.ts'
import { type ScopeNames, scopeNames } from './scope-names.ts'
import { readSource } from './source-lines.ts'
import type { TraceFrame } from './trace-frame.ts'

/** A variable of a frame as text, with secrets hidden. */
export interface Variable {
  readonly name: string
  readonly value: string
}

const MAX_VARIABLES = 80

/** The names that can be seen in a frame; those of a template are the template's own. */
export function namesInFrame(frame: TraceFrame, capture: Capture | undefined): ScopeNames {
  const generated = frame.scope?.generated
  if (generated === undefined) {
    const source = readSource(frame.file)
    return source === undefined ? { local: [], module: [] } : scopeNames(source, frame.line, frame.column)
  }
  const source = capture?.sourceOf(generated.scriptId)
  return source === undefined ? { local: [], module: [] } : functionBodyNames(source, generated)
}

/** Scripts of `new Function` begin with a head that no module could have. */
function functionBodyNames(source: string, { line, column }: { line: number; column: number }): ScopeNames {
  return scopeNames(source.startsWith('(') ? source : `(${source})`, line, line === 1 ? column + 1 : column)
}

interface TemplateContext {
  readonly locals: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, unknown>> | null
}

/** The variables of a compiled template: what it was rendered with, and what it has set itself. */
export function templateVariables(
  frame: TraceFrame,
  evaluate: Evaluator,
  capture: Capture | undefined,
): Record<string, unknown> {
  const context = attempt(() => evaluate('ctx', {})) as TemplateContext | undefined
  const found: Record<string, unknown> = { ...context?.locals, ...context?.vars }
  // Inner loops come first in the list, and hide what is outside of them.
  for (const name of namesInFrame(frame, capture).local.toReversed()) {
    const [, variable] = /^l_\d+_(.+)$/.exec(name) ?? []
    if (variable === undefined) continue
    const value = attempt(() => evaluate(name, {}))
    if (value !== undefined) found[variable] = value
  }
  return found
}

/** A variable that is not assigned yet, or was not kept, throws when it is read. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}

function variable(name: string, read: () => unknown): Variable | undefined {
  let value: unknown
  try {
    value = read()
  } catch (error) {
    // Not kept by V8, or used before it was assigned: there is nothing to show.
    if (error instanceof ReferenceError || error instanceof SyntaxError) return undefined
    return { name, value: `<cannot be read: ${String(error)}>` }
  }
  return { name, value: isSecretName(name) ? `'${REDACTED}'` : redactText(summarizeValue(value)) }
}

/** The variables of a frame's functions, the nearest first, and `this` where it is something. */
export function frameVariables(frame: TraceFrame, capture: Capture | undefined): Variable[] {
  const { scope } = frame
  if (scope === undefined) return []
  const { evaluate } = scope
  return scope.within(() => {
    if (scope.generated !== undefined) {
      const values = templateVariables(frame, evaluate, capture)
      // What was set last is nearest; what every template has, such as `request`, came first.
      return Object.keys(values)
        .toReversed()
        .slice(0, MAX_VARIABLES)
        .flatMap((name) => variable(name, () => values[name]) ?? [])
    }
    const names = namesInFrame(frame, capture).local.slice(0, MAX_VARIABLES)
    const own = names.flatMap((name) => variable(name, () => evaluate(name, {})) ?? [])
    const self = attempt(() => evaluate('this', {}))
    if (self === undefined || self === globalThis) return own
    return [...own, ...['this'].flatMap((name) => variable(name, () => self) ?? [])]
  })
}

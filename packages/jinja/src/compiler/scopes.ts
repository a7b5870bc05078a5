import type { Statement } from '../syntax/nodes.ts'
import { type Compilation, literal } from './compilation.ts'
import type { Frame } from './frame.ts'

/** The code that looks a name up in the context. */
function resolveName(unit: Compilation, name: string): string {
  unit.resolved.add(name)
  if (name in Object.prototype) return `${unit.context}.resolve(${literal(name)})`
  const key = literal(name)
  // Most names are given to `render`; reading them here lets the JIT see one property of one shape.
  const getter = unit.constant(
    'var',
    `(c) => { if (c.vars === null) { const v = c.locals[${key}]; if (v !== undefined) return v } return c.resolve(${key}) }`,
  )
  return `${getter}(${unit.context})`
}

/** Declares the variables of a frame; parameters are declared by whoever gives them their values. */
export function enterFrame(unit: Compilation, frame: Frame): void {
  for (const [target, load] of frame.symbols.loads) {
    if (load.from === 'context') unit.out.line(`let ${target} = ${resolveName(unit, load.name)};`)
    else if (load.from === 'alias') unit.out.line(`let ${target} = ${load.target};`)
    else if (load.from === 'nothing') unit.out.line(`let ${target};`)
  }
}

/**
 * Looks up before a loop what the frame of its body reads from the context.
 *
 * @returns A function that declares the variables of the frame inside the loop.
 */
export function hoistFrame(unit: Compilation, frame: Frame): () => void {
  const hoisted = new Map<string, string>()
  for (const [target, load] of frame.symbols.loads) {
    if (load.from !== 'context') continue
    const name = unit.identifier()
    hoisted.set(target, name)
    unit.out.line(`const ${name} = ${resolveName(unit, load.name)};`)
  }
  return () => {
    for (const [target, load] of frame.symbols.loads) {
      if (load.from === 'context') unit.out.line(`let ${target} = ${hoisted.get(target)};`)
      else if (load.from === 'alias') unit.out.line(`let ${target} = ${load.target};`)
      else if (load.from === 'nothing') unit.out.line(`let ${target};`)
    }
  }
}

/** Starts to note the names that a statement assigns. */
export function beginAssignments(unit: Compilation): void {
  unit.assigned.push(new Set())
}

/** Makes the names that a statement assigned known to the context, where they are visible there. */
export function endAssignments(unit: Compilation, frame: Frame): void {
  const names = [...(unit.assigned.pop() as Set<string>)].sort()
  if (!frame.blockFrame && !frame.loopFrame && !frame.toplevel) return
  for (const name of names) {
    const ref = frame.symbols.ref(name)
    if (frame.loopFrame || frame.blockFrame) {
      if (frame.localVars !== null) unit.out.line(`${frame.localVars}[${literal(name)}] = ${ref};`)
    } else {
      unit.out.line(`ctx.setVar(${literal(name)}, ${ref}, ${!name.startsWith('_')});`)
    }
  }
}

/** Whether a body assigns variables that functions with access to the context must see. */
export function assignsVariables(body: readonly Statement[]): boolean {
  return body.some((node) => {
    if (node.type === 'If') {
      return assignsVariables(node.body) || assignsVariables(node.elifs) || assignsVariables(node.elseBody)
    }
    if (node.type === 'ScopedEvalContextModifier') return assignsVariables(node.body)
    return node.type === 'Assign' || node.type === 'AssignBlock'
  })
}

import { escapeText } from '@flask-ts/markupsafe'
import { print } from '../python/print.ts'
import { passedArgument } from '../python/signature.ts'
import type { Call, Expression, Output } from '../syntax/nodes.ts'
import { findAll } from '../syntax/walk.ts'
import { bufferContents, printedCall } from './calls.ts'
import { type Compilation, literal } from './compilation.ts'
import { constantValue } from './constant-folding.ts'
import { directCall } from './direct-calls.ts'
import type { Frame } from './frame.ts'

/** One piece of output: code that gives it, and where in the template it stands. */
interface Part {
  readonly code: string
  readonly lineno: number
}

/** How many pieces one statement joins; more would only make the code hard to read. */
const MAX_JOINED = 40

/** Starts a buffer for a frame. */
export function openBuffer(unit: Compilation, frame: Frame): string {
  frame.buffer = unit.identifier()
  unit.out.line(`let ${frame.buffer} = ${unit.host.nativeTypes ? '[]' : '""'};`)
  return frame.buffer
}

/** Writes a value that is ready for output as it is. */
export function writeValue(unit: Compilation, frame: Frame, code: string, lineno?: number): void {
  const { buffer } = frame
  if (buffer === null) unit.out.line(`yield ${code};`, lineno)
  else if (unit.host.nativeTypes) unit.out.line(`${buffer}.push(${code});`, lineno)
  else unit.out.line(`${buffer} += ${code};`, lineno)
}

/** Writes what a function without promise of text gave; in text output it must be text. */
export function writeResult(unit: Compilation, frame: Frame, code: string, lineno: number): void {
  writeValue(unit, frame, unit.host.nativeTypes ? code : `${unit.runtime('written')}(${code})`, lineno)
}

/**
 * Writes the output of a block or another template.
 *
 * @param code A call of its function, which gives text, a list of values, or pieces.
 */
export function writeRendered(unit: Compilation, frame: Frame, code: string, lineno: number): void {
  const { isAsync, nativeTypes } = unit.host
  const { buffer } = frame
  if (buffer === null) {
    unit.out.line(`yield* ${code};`, lineno)
    return
  }
  const awaited = isAsync ? `await ${code}` : code
  if (nativeTypes) unit.out.line(`${buffer}.push(...${awaited});`, lineno)
  else unit.out.line(`${buffer} += ${awaited};`, lineno)
}

/** Writes the output of a block whose function yields its pieces although this frame collects them. */
export function writeBlock(unit: Compilation, frame: Frame, code: string, lineno: number): void {
  if (!unit.streaming || frame.buffer === null) {
    writeRendered(unit, frame, code, lineno)
    return
  }
  const piece = unit.identifier()
  unit.out.block(`for ${unit.host.isAsync ? 'await ' : ''}(const ${piece} of ${code})`, () =>
    writeValue(unit, frame, piece, lineno),
  )
}

/** What a function that collected output returns: text for the caller, or the collected list. */
export function returnOutput(unit: Compilation, buffer: string): void {
  unit.out.line(`return ${buffer};`)
}

/** Returns the contents of a macro's buffer. */
export function returnBuffer(unit: Compilation, buffer: string): void {
  unit.out.line(`return ${bufferContents(unit, buffer)};`)
}

function constantText(unit: Compilation, node: Expression, frame: Frame): string | null {
  if (node.type === 'TemplateData') return node.data
  if (unit.host.finalize !== null) return null
  const constant = constantValue(unit.host, node)
  if (constant === null) return null
  // The environment of native types wants the value itself, unless there is text around it.
  if (unit.host.nativeTypes && typeof constant.value !== 'string') return null
  if (unit.host.nativeTypes) return constant.value as string
  if (frame.evalContext.volatile) return null
  const text = print(constant.value)
  return frame.evalContext.autoescape ? escapeText(text) : text
}

function finalized(unit: Compilation, code: string): string {
  if (unit.host.finalize === null) return code
  const passed = { context: 'ctx, ', evalContext: 'ctx.evalCtx, ', environment: 'env, ' }
  const argument = passedArgument(unit.host.finalize)
  return `env.finalize(${argument === undefined ? '' : passed[argument]}${code})`
}

/** The code of `{{ super() }}` in a block, which gives the text without making a block reference of it. */
function parentText(unit: Compilation, node: Call, frame: Frame): string | null {
  if (unit.host.isAsync || unit.streaming) return null
  if (node.node.type !== 'Name' || node.node.name !== 'super') return null
  const isPlain = node.args.length === 0 && node.kwargs.length === 0
  if (!isPlain || node.dynArgs !== null || node.dynKwargs !== null) return null
  const block = unit.blocks.get(frame.block ?? '')
  const ref = frame.symbols.findRef('super')
  if (block === undefined || ref !== 'l_0_super' || frame.symbols.findLoad(ref)?.from !== 'parameter')
    return null
  if (findAll(block, 'Name').some(({ name, ctx }) => name === 'super' && ctx !== 'load')) return null
  const { autoescape } = frame.evalContext
  const name = literal(block.name)
  return `${unit.runtime('superText')}(ctx, ${name}, b_${block.name}, ${autoescape})`
}

function outputCode(unit: Compilation, node: Expression, frame: Frame): string {
  const isPlain = !unit.host.nativeTypes && unit.host.finalize === null && !frame.evalContext.volatile
  if (node.type === 'Call' && isPlain) {
    const text =
      parentText(unit, node, frame) ?? directCall(unit, node, frame) ?? printedCall(unit, node, frame)
    if (text !== null) return text
  }
  const value = finalized(unit, unit.expression(node, frame))
  if (unit.host.nativeTypes) return value
  if (frame.evalContext.volatile) return `${unit.runtime('textIf')}(ctx.evalCtx.autoescape, ${value})`
  return `${unit.runtime(frame.evalContext.autoescape ? 'esc' : 'str')}(${value})`
}

function parts(unit: Compilation, node: Output, frame: Frame): Part[] {
  const result: Part[] = []
  let text = ''
  let textLine = node.lineno
  const flush = (): void => {
    if (text !== '') result.push({ code: literal(text), lineno: textLine })
    text = ''
  }
  for (const child of node.nodes) {
    const constant = constantText(unit, child, frame)
    if (constant === null) {
      flush()
      result.push({ code: outputCode(unit, child, frame), lineno: child.lineno })
    } else {
      if (text === '') textLine = child.lineno
      text += constant
    }
  }
  flush()
  return result
}

function writeParts(unit: Compilation, found: readonly Part[], frame: Frame): void {
  if (frame.buffer === null || unit.host.nativeTypes) {
    for (const { code, lineno } of found) writeValue(unit, frame, code, lineno)
    return
  }
  for (let begin = 0; begin < found.length; begin += MAX_JOINED) {
    const joined = found.slice(begin, begin + MAX_JOINED)
    for (const [index, { code, lineno }] of joined.entries()) {
      const head = index === 0 ? `${frame.buffer} += ` : '  + '
      unit.out.line(`${head}${code}${index === joined.length - 1 ? ';' : ''}`, lineno)
    }
  }
}

/** Text and printed expressions. */
export function output(unit: Compilation, node: Output, frame: Frame): void {
  if (!frame.requireOutputCheck) {
    writeParts(unit, parts(unit, node, frame), frame)
  } else if (!unit.hasKnownExtends) {
    unit.out.block('if (parent === null)', () => writeParts(unit, parts(unit, node, frame), frame))
  }
}

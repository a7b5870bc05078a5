import { escapeText } from '@flask-ts/markupsafe'
import { htmlText } from '../python/format-host.ts'
import { print } from '../python/print.ts'
import { MISSING } from '../python/protocol.ts'
import { callAttribute, callWithContext } from './call.ts'
import type { Context } from './context.ts'
import { TEMPLATE_ATTRIBUTE } from './lookup.ts'
import { invokeMacro, MACRO, type MacroFunction } from './macro.ts'
import { TemplateModule } from './templates.ts'

/** The text of what a call gives; that of a macro is taken as it is, without making markup of it in between. */
export function printCall(context: Context, fn: unknown, args: unknown[], escaped: boolean): string {
  const macro = typeof fn === 'function' ? (fn as unknown as Partial<MacroFunction>)[MACRO] : undefined
  if (macro === undefined) {
    const value = callWithContext(context, fn, args)
    return escaped ? htmlText(value) : print(value)
  }
  const text = invokeMacro(macro, args, false) as string
  return escaped && !context.evalCtx.autoescape ? escapeText(text) : text
}

/** The text of a macro of the template itself, for escaped output. */
export function macroText(context: Context, text: string): string {
  return context.evalCtx.autoescape ? text : escapeText(text)
}

/** The text of what the call of a method gives; see {@link printCall}. */
export function printMethod(
  context: Context,
  value: unknown,
  name: string,
  args: unknown[],
  escaped: boolean,
): string {
  if (value instanceof TemplateModule) {
    const fn = value[TEMPLATE_ATTRIBUTE](name)
    if (fn !== MISSING) return printCall(context, fn, args, escaped)
  }
  const result = callAttribute(context, value, name, args)
  return escaped ? htmlText(result) : print(result)
}

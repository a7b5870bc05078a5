import { Markup } from '@flask-ts/markupsafe'
import { add, div, floordiv, mod, mul, neg, pos, pow, sub } from '../python/arithmetic.ts'
import { Kwargs } from '../python/call.ts'
import { equal, greaterEqual, greaterThan, lessEqual, lessThan } from '../python/compare.ts'
import { dictFrom } from '../python/dict.ts'
import { iterate } from '../python/iterate.ts'
import { MISSING } from '../python/protocol.ts'
import { Slice, sliceValue } from '../python/subscript.ts'
import { isTrue } from '../python/truth.ts'
import { tuple } from '../python/tuple.ts'
import { asyncLoop, iterateAsync } from './async-loop.ts'
import { superBlock, superText, TemplateReference } from './blocks.ts'
import { callAttribute, callSandboxed, callWithContext, mergeKwargs, methodTarget } from './call.ts'
import { getAttribute, getItem } from './lookup.ts'
import { Filtered, loop } from './loop.ts'
import { makeMacro } from './macro.ts'
import { callSite, printNamed, printNamedMethod } from './named-call.ts'
import { checkNamespace, setNamespace } from './namespace.ts'
import { macroText, printCall, printMethod } from './print-call.ts'
import { isPromise } from './promise.ts'
import * as templates from './templates.ts'
import * as values from './values.ts'

interface SandboxLookup {
  getAttr(value: unknown, name: string): unknown
  getItem(value: unknown, key: unknown): unknown
}

/** Everything that compiled templates call, by the names under which they call it. */
export const RUNTIME = Object.freeze({
  ...values,
  ...templates,
  Filtered,
  Kwargs,
  MISSING,
  Markup,
  Slice,
  TemplateReference,
  add,
  asyncLoop,
  call: callWithContext,
  callAttribute,
  callSandboxed,
  callSite,
  checkNamespace,
  dictFrom,
  div,
  equal,
  floordiv,
  getAttribute,
  getAttributeSandboxed: (env: SandboxLookup, value: unknown, name: string) => env.getAttr(value, name),
  getItem,
  getItemSandboxed: (env: SandboxLookup, value: unknown, key: unknown) => env.getItem(value, key),
  greaterEqual,
  greaterThan,
  isPromise,
  isTrue,
  iterate,
  iterateAsync,
  lessEqual,
  lessThan,
  loop,
  macroText,
  makeMacro,
  mergeKwargs,
  methodTarget,
  mod,
  mul,
  neg,
  pos,
  pow,
  printCall,
  printMethod,
  printNamed,
  printNamedMethod,
  setNamespace,
  sliceValue,
  sub,
  superBlock,
  superText,
  tuple,
})

/** The type of {@link RUNTIME}. */
export type Runtime = typeof RUNTIME

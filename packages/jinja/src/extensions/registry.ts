import { DebugExtension } from './debug.ts'
import { ExprStmtExtension } from './do.ts'
import type { ExtensionClass } from './extension.ts'
import { InternationalizationExtension } from './i18n.ts'
import { LoopControlExtension } from './loop-controls.ts'

const byName: Readonly<Record<string, ExtensionClass>> = {
  do: ExprStmtExtension,
  loopcontrols: LoopControlExtension,
  i18n: InternationalizationExtension,
  debug: DebugExtension,
}

const byIdentifier = new Map(Object.values(byName).map((extension) => [extension.identifier, extension]))

/**
 * An extension of Jinja's by the name it has in Python (`jinja2.ext.do`) or the last part of it.
 *
 * @throws TypeError if there is none of that name.
 */
export function extensionNamed(name: string): ExtensionClass {
  const short = name.replace(/^jinja2\.ext\./, '')
  const found = Object.hasOwn(byName, short) ? byName[short] : byIdentifier.get(name)
  if (found === undefined) {
    const known = Object.keys(byName).join(', ')
    throw new TypeError(
      `there is no extension named ${JSON.stringify(name)}: pass its class, or one of ${known}`,
    )
  }
  return found
}

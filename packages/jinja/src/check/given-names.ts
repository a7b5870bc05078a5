import type { TemplateFacts } from './template-facts.ts'

/** By template, the templates whose variables it may see: those that include it, extend it, or that it extends. */
function sources(templates: ReadonlyMap<string, TemplateFacts>): Map<string, Set<string>> {
  const result = new Map([...templates.keys()].map((name) => [name, new Set<string>()]))
  const link = (from: string, to: string): void => void result.get(to)?.add(from)
  for (const { name, references } of templates.values()) {
    for (const { kind, templates: named, withContext } of references) {
      if (!withContext) continue
      const others = named.includes(null) ? [...templates.keys()] : (named as readonly string[])
      for (const other of others) {
        link(name, other)
        if (kind === 'extends') link(other, name)
      }
    }
  }
  return result
}

/** By template, the names that it or a template around it gives values. */
export function givenNames(templates: ReadonlyMap<string, TemplateFacts>): Map<string, Set<string>> {
  const from = sources(templates)
  const given = new Map([...templates].map(([name, { stored }]) => [name, new Set(stored)]))
  for (let changed = true; changed; ) {
    changed = false
    for (const [name, names] of given) {
      const before = names.size
      for (const source of from.get(name) as Set<string>) {
        for (const stored of given.get(source) ?? []) names.add(stored)
      }
      changed ||= names.size > before
    }
  }
  return given
}

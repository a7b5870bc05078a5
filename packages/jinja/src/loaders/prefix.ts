import { TemplateNotFound } from '../errors.ts'
import { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loader.ts'

/** Chooses a loader by the first part of the name, and asks it for the rest. */
export class PrefixLoader extends BaseLoader {
  readonly mapping: Readonly<Record<string, BaseLoader>>
  readonly delimiter: string

  constructor(mapping: Readonly<Record<string, BaseLoader>>, delimiter = '/') {
    super()
    this.mapping = mapping
    this.delimiter = delimiter
  }

  #ask<T>(name: string, ask: (loader: BaseLoader, rest: string) => T): T {
    const end = name.indexOf(this.delimiter)
    const prefix = end < 0 ? '' : name.slice(0, end)
    const loader = end >= 0 && Object.hasOwn(this.mapping, prefix) ? this.mapping[prefix] : undefined
    if (loader === undefined) throw new TemplateNotFound(name)
    try {
      return ask(loader, name.slice(end + this.delimiter.length))
    } catch (error) {
      // The inner loader knows only the rest of the name.
      if (error instanceof TemplateNotFound) throw new TemplateNotFound(name)
      throw error
    }
  }

  override getSource(name: string): TemplateSource {
    return this.#ask(name, (loader, rest) => loader.getSource(rest))
  }

  override find(name: string): TemplateSource | PrecompiledTemplate {
    return this.#ask(name, (loader, rest) => loader.find(rest))
  }

  override listTemplates(): string[] {
    return Object.entries(this.mapping).flatMap(([prefix, loader]) =>
      loader.listTemplates().map((name) => prefix + this.delimiter + name),
    )
  }
}

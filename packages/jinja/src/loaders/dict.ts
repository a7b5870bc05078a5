import { TemplateNotFound } from '../errors.ts'
import { BaseLoader, type TemplateSource } from './loader.ts'

/** Loads templates from an object or `Map` of names and sources. */
export class DictLoader extends BaseLoader {
  readonly mapping: Readonly<Record<string, string>> | ReadonlyMap<string, string>

  constructor(mapping: Readonly<Record<string, string>> | ReadonlyMap<string, string>) {
    super()
    this.mapping = mapping
  }

  #source(name: string): string | undefined {
    const { mapping } = this
    if (mapping instanceof Map) return mapping.get(name)
    return Object.hasOwn(mapping, name) ? (mapping as Readonly<Record<string, string>>)[name] : undefined
  }

  override getSource(name: string): TemplateSource {
    const source = this.#source(name)
    if (source === undefined) throw new TemplateNotFound(name)
    return { source, filename: null, upToDate: () => this.#source(name) === source }
  }

  override listTemplates(): string[] {
    const names = this.mapping instanceof Map ? [...this.mapping.keys()] : Object.keys(this.mapping)
    return names.sort()
  }
}

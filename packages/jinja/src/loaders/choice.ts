import { TemplateNotFound } from '../errors.ts'
import { BaseLoader, type PrecompiledTemplate, type TemplateSource } from './loader.ts'

/** Asks several loaders in turn. */
export class ChoiceLoader extends BaseLoader {
  readonly loaders: readonly BaseLoader[]

  constructor(loaders: readonly BaseLoader[]) {
    super()
    this.loaders = loaders
  }

  #first<T>(name: string, ask: (loader: BaseLoader) => T): T {
    for (const loader of this.loaders) {
      try {
        return ask(loader)
      } catch (error) {
        if (!(error instanceof TemplateNotFound)) throw error
      }
    }
    throw new TemplateNotFound(name)
  }

  override getSource(name: string): TemplateSource {
    return this.#first(name, (loader) => loader.getSource(name))
  }

  override find(name: string): TemplateSource | PrecompiledTemplate {
    return this.#first(name, (loader) => loader.find(name))
  }

  override listTemplates(): string[] {
    return [...new Set(this.loaders.flatMap((loader) => loader.listTemplates()))].sort()
  }
}

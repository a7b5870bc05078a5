import { TemplateNotFound } from '../errors.ts'
import { BaseLoader, type TemplateSource } from './loader.ts'

/** Gives the source of a template, alone or with its file and a check for changes; null if there is none. */
export type LoadFunction = (name: string) => string | TemplateSource | null

/** Loads templates by a function. */
export class FunctionLoader extends BaseLoader {
  readonly #load: LoadFunction

  constructor(load: LoadFunction) {
    super()
    this.#load = load
  }

  override getSource(name: string): TemplateSource {
    const found = this.#load(name)
    if (found === null) throw new TemplateNotFound(name)
    return typeof found === 'string' ? { source: found, filename: null, upToDate: null } : found
  }
}

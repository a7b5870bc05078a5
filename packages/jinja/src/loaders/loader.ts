import { TemplateNotFound } from '../errors.ts'
import type { CompiledModule } from '../runtime/compiled-module.ts'

/** The source of a template, where it is from, and whether it has changed since. */
export interface TemplateSource {
  readonly source: string
  /** Its file, if it is in one. */
  readonly filename: string | null
  /** Whether the source is still the same; null if nobody can tell. */
  readonly upToDate: (() => boolean) | null
}

/** A template that has been compiled ahead of time. */
export interface PrecompiledTemplate {
  readonly module: CompiledModule
}

/** Finds templates by name. Subclasses implement `getSource`, and `listTemplates` if they can. */
export abstract class BaseLoader {
  /**
   * The source of a template.
   *
   * @throws TemplateNotFound if there is none of that name.
   */
  getSource(name: string): TemplateSource {
    throw new TemplateNotFound(name)
  }

  /** What the environment loads: the source, or something that is compiled already. */
  find(name: string): TemplateSource | PrecompiledTemplate {
    return this.getSource(name)
  }

  /**
   * The names of all templates, sorted.
   *
   * @throws TypeError if the loader cannot tell.
   */
  listTemplates(): string[] {
    throw new TypeError('this loader cannot iterate over all templates')
  }
}

/**
 * Splits the name of a template at the slashes.
 *
 * @throws TemplateNotFound if it leads out of its folder.
 */
export function splitTemplatePath(name: string): string[] {
  const pieces: string[] = []
  for (const piece of name.split('/')) {
    if (piece === '..' || piece.includes('\\') || piece.includes('\0')) throw new TemplateNotFound(name)
    if (piece !== '' && piece !== '.') pieces.push(piece)
  }
  return pieces
}

/** The base of everything the template engine throws on purpose. */
export class TemplateError extends Error {
  override name = 'TemplateError'
}

/**
 * A template that the loader does not have.
 *
 * `templateName` is the name that was wanted, `templates` all names that were tried.
 */
export class TemplateNotFound extends TemplateError {
  override name = 'TemplateNotFound'
  readonly templateName: string | null
  readonly templates: readonly string[]

  constructor(templateName: string | null, message?: string, templates?: readonly string[]) {
    super(message ?? String(templateName))
    this.templateName = templateName
    this.templates = templates ?? (templateName === null ? [] : [templateName])
  }
}

/** None of several templates could be found; `templates` lists them in the order of the search. */
export class TemplatesNotFound extends TemplateNotFound {
  override name = 'TemplatesNotFound'

  constructor(templates: readonly string[], message?: string) {
    super(
      templates.at(-1) ?? null,
      message ?? `none of the templates given were found: ${templates.join(', ')}`,
      templates,
    )
  }
}

/**
 * A template whose source is not valid.
 *
 * `description` is the sentence without the place; `message` has the place and, if known, the line of source.
 * `lineno` counts from 1.
 */
export class TemplateSyntaxError extends TemplateError {
  override name = 'TemplateSyntaxError'
  readonly description: string
  readonly lineno: number
  readonly templateName: string | null
  readonly filename: string | null
  #source: string | null = null

  constructor(description: string, lineno: number, templateName?: string | null, filename?: string | null) {
    super(description)
    this.description = description
    this.lineno = lineno
    this.templateName = templateName ?? null
    this.filename = filename ?? null
    this.message = this.#text()
  }

  /** The template's source, once it is known; setting it adds the faulty line to the message. */
  get source(): string | null {
    return this.#source
  }

  set source(source: string | null) {
    this.#source = source
    this.message = this.#text()
  }

  #text(): string {
    const place = this.filename ?? this.templateName
    const lines = [
      this.description,
      place === null ? `  line ${this.lineno}` : `  File "${place}", line ${this.lineno}`,
    ]
    const line = this.#source?.split(/\r\n|\r|\n/)[this.lineno - 1]
    if (line !== undefined) lines.push(`    ${line.trim()}`)
    return lines.join('\n')
  }
}

/** A template that is well formed but cannot be compiled, such as one that uses an unknown filter. */
export class TemplateAssertionError extends TemplateSyntaxError {
  override name = 'TemplateAssertionError'
}

/** A template that failed while it ran. */
export class TemplateRuntimeError extends TemplateError {
  override name = 'TemplateRuntimeError'
}

/** An operation on an undefined value. */
export class UndefinedError extends TemplateRuntimeError {
  override name = 'UndefinedError'
}

/** Something the sandbox does not allow. */
export class SecurityError extends TemplateRuntimeError {
  override name = 'SecurityError'
}

/** A filter that was called with arguments it cannot use. */
export class FilterArgumentError extends TemplateRuntimeError {
  override name = 'FilterArgumentError'
}

/** Python's `ValueError`: the right type, the wrong value. */
export class ValueError extends Error {
  override name = 'ValueError'
}

/** Python's `LookupError`, the base of failed subscripts. */
export class LookupError extends Error {
  override name = 'LookupError'
}

/** Python's `KeyError`: a mapping without that key. */
export class KeyError extends LookupError {
  override name = 'KeyError'
}

/** Python's `IndexError`: a sequence without that position. */
export class IndexError extends LookupError {
  override name = 'IndexError'
}

/** Python's `AttributeError`: a value without that attribute. */
export class AttributeError extends Error {
  override name = 'AttributeError'
}

/** Python's `ArithmeticError`, the base of failed calculations. */
export class ArithmeticError extends Error {
  override name = 'ArithmeticError'
}

/** Python's `ZeroDivisionError`. */
export class ZeroDivisionError extends ArithmeticError {
  override name = 'ZeroDivisionError'
}

/** Python's `OverflowError`: a number that is too large. */
export class OverflowError extends ArithmeticError {
  override name = 'OverflowError'
}

/** Python's `RuntimeError`. */
export class RuntimeError extends Error {
  override name = 'RuntimeError'
}

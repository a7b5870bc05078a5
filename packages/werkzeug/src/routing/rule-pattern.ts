import type { BaseConverter } from './converter.ts'
import { DynamicPart, type PartPiece, type RulePart } from './rule-part.ts'
import { type RuleToken, tokenizeRule } from './rule-syntax.ts'

/** A step of a rule in order of appearance: static text, or a variable. `|` parts the domain from the path. */
export type TraceStep =
  | { readonly variable: false; readonly text: string }
  | { readonly variable: true; readonly text: string }

/** Makes the converter of a variable. */
export type ConverterMaker = (token: Extract<RuleToken, { kind: 'variable' }>) => BaseConverter

/** What a rule's text comes to. */
export interface RulePattern {
  readonly parts: RulePart[]
  readonly trace: TraceStep[]
  readonly converters: Map<string, BaseConverter>
}

/** Thrown where a rule uses one variable twice. */
export class RepeatedVariableError extends SyntaxError {
  override name = 'RepeatedVariableError'
  constructor(variable: string, rule: string) {
    super(`the variable '${variable}' is twice in the url rule '${rule}': give each its own name`)
  }
}

/** Collects the pieces between two slashes. */
class PartBuilder {
  #pieces: PartPiece[] = []
  #staticLengths: number[] = []
  #converterWeights: number[] = []
  #final = false

  /** Whether a converter has taken over the rest of the path. */
  get final(): boolean {
    return this.#final
  }

  addStatic(text: string): void {
    this.#staticLengths.push(this.#staticLengths.length / 2, -[...text].length)
    this.#addText(text)
  }

  /** A slash within the rest of the path: part of the pattern, but without weight. */
  addSlash(): void {
    this.#addText('/')
  }

  addConverter(converter: BaseConverter): void {
    this.#pieces.push(converter)
    this.#converterWeights.push(converter.weight)
    if (!converter.partIsolating) this.#final = true
  }

  #addText(text: string): void {
    const last = this.#pieces.length - 1
    if (typeof this.#pieces[last] === 'string') this.#pieces[last] += text
    else this.#pieces.push(text)
  }

  /** The part; one without variables is static. */
  finish(): RulePart {
    if (this.#converterWeights.length === 0) return { dynamic: false, text: this.#pieces.join('') }
    const weight = {
      statics: -this.#staticLengths.length / 2,
      staticLengths: this.#staticLengths,
      variables: -this.#converterWeights.length,
      converterWeights: this.#converterWeights,
    }
    const suffixed = this.#takeSuffix()
    return new DynamicPart(this.#pieces, weight, this.#final, suffixed)
  }

  #takeSuffix(): boolean {
    const last = this.#pieces.length - 1
    const text = this.#pieces[last]
    if (!this.#final || typeof text !== 'string' || !text.endsWith('/')) return false
    if (text === '/') this.#pieces.pop()
    else this.#pieces[last] = text.slice(0, -1)
    return true
  }
}

/**
 * Reads one side of a rule, domain or path, and adds what it finds to a pattern.
 *
 * @throws RuleSyntaxError if it is malformed, RepeatedVariableError for a variable that is there twice.
 */
function addSide(text: string, pattern: RulePattern, makeConverter: ConverterMaker): void {
  let part = new PartBuilder()
  for (const token of tokenizeRule(text)) {
    if (token.kind === 'static') {
      pattern.trace.push({ variable: false, text: token.text })
      part.addStatic(token.text)
    } else if (token.kind === 'variable') {
      if (pattern.converters.has(token.name)) throw new RepeatedVariableError(token.name, text)
      const converter = makeConverter(token)
      pattern.converters.set(token.name, converter)
      pattern.trace.push({ variable: true, text: token.name })
      part.addConverter(converter)
    } else {
      pattern.trace.push({ variable: false, text: '/' })
      if (part.final) {
        part.addSlash()
      } else {
        pattern.parts.push(part.finish())
        part = new PartBuilder()
      }
    }
  }
  const last = part.finish()
  pattern.parts.push(last)
  if (last.dynamic && last.suffixed) pattern.parts.push({ dynamic: false, text: '' })
}

/**
 * Reads a rule into the parts that the matcher walks and the steps that a URL is built from.
 *
 * @param domain - The rule for the subdomain or host, or `undefined` for none.
 * @param path - The rule for the path.
 * @param makeConverter - Called for each variable.
 * @throws RuleSyntaxError if the rule is malformed, RepeatedVariableError for a variable that is there twice.
 */
export function readRule(
  domain: string | undefined,
  path: string,
  makeConverter: ConverterMaker,
): RulePattern {
  const pattern: RulePattern = { parts: [], trace: [], converters: new Map() }
  addSide(domain ?? '', pattern, makeConverter)
  pattern.trace.push({ variable: false, text: '|' })
  addSide(path, pattern, makeConverter)
  return pattern
}

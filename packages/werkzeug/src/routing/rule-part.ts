import type { BaseConverter } from './converter.ts'
import { type SegmentScan, scanFor } from './segment-scan.ts'
import { escapeRegex } from './text-converters.ts'

/** How early a part is tried; compared field by field, lower first. */
export interface Weighting {
  /** Minus the number of static pieces. */
  readonly statics: number
  /** Position and minus the length of each static piece. */
  readonly staticLengths: readonly number[]
  /** Minus the number of variables. */
  readonly variables: number
  /** The converters' weights. */
  readonly converterWeights: readonly number[]
}

function compareLists(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const difference = (left[i] as number) - (right[i] as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Orders two weightings; below zero if the left one is tried first. */
export function compareWeightings(left: Weighting, right: Weighting): number {
  return (
    left.statics - right.statics ||
    compareLists(left.staticLengths, right.staticLengths) ||
    left.variables - right.variables ||
    compareLists(left.converterWeights, right.converterWeights)
  )
}

/** A part without variables: it matches just its text. */
export interface StaticPart {
  readonly dynamic: false
  readonly text: string
}

/** A piece of a part with variables: static text, or a converter. */
export type PartPiece = string | BaseConverter

function compileRegex(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    // Without the flag JavaScript forgives escapes that other dialects allow. The short class is all it has then.
    return new RegExp(source.replaceAll('\\p{Nd}', '\\d'))
  }
}

/** How many groups a pattern captures. */
function groupCount(regex: string): number {
  return (compileRegex(`${regex}|`).exec('') as RegExpExecArray).length - 1
}

/** A part with variables: one segment of the path, or (`final`) all the rest of it. */
export class DynamicPart {
  readonly dynamic = true
  readonly weight: Weighting
  /** Whether the part sees all the rest of the path. */
  readonly final: boolean
  /** Whether a trailing slash belongs to the rule and not to the last variable. */
  readonly suffixed: boolean
  /** Two parts with equal keys match the same and are tried at the same place. */
  readonly key: string
  readonly #pieces: readonly PartPiece[]
  readonly #scan: SegmentScan | undefined
  #regex: RegExp | undefined
  #groups: number[] = []

  /**
   * @param pieces - Static text and converters in turn, without the slash of a suffix.
   */
  constructor(pieces: readonly PartPiece[], weight: Weighting, final: boolean, suffixed: boolean) {
    this.#pieces = pieces
    this.weight = weight
    this.final = final
    this.suffixed = suffixed
    const [only] = pieces
    if (pieces.length === 1 && typeof only === 'object' && !suffixed) this.#scan = scanFor(only.regex, final)
    const sources = pieces.map((piece) => (typeof piece === 'string' ? piece : [piece.regex]))
    this.key = JSON.stringify([sources, final, suffixed, weight])
  }

  /** The pattern is made when a path first asks for it: most rules of a large map are never asked in a process's life. */
  #compile(): RegExp {
    let source = '^'
    let group = 1
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') {
        source += escapeRegex(piece)
        continue
      }
      source += `(${piece.regex})`
      this.#groups.push(group)
      group += 1 + groupCount(piece.regex)
    }
    this.#regex = compileRegex(`${source}${this.suffixed ? '(?<!/)(/?)' : ''}$`)
    return this.#regex
  }

  /**
   * Matches a segment, or the rest of the path.
   *
   * @param target - Decoded text.
   * @param values - The text of each variable is added here.
   * @returns 0 for no match, 1 for a match, 2 for a match with the slash of a suffix.
   */
  test(target: string, values: string[]): 0 | 1 | 2 {
    const scan = this.#scan
    if (scan !== undefined) {
      if (!scan(target)) return 0
      values.push(target)
      return 1
    }
    const match = (this.#regex ?? this.#compile()).exec(target)
    if (match === null) return 0
    for (const group of this.#groups) values.push(match[group] as string)
    return this.suffixed && match.at(-1) === '/' ? 2 : 1
  }
}

/** What lies between two slashes of a rule. */
export type RulePart = StaticPart | DynamicPart

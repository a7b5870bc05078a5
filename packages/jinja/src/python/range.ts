import { ValueError } from '../errors.ts'
import { PY_EQ, PY_TYPE } from './protocol.ts'

/** Python's `range`: an arithmetic sequence that takes no room. */
export class Range {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly length: number
  readonly [PY_TYPE] = 'range'

  constructor(start: number, stop: number, step: number) {
    if (step === 0) throw new ValueError('range() arg 3 must not be zero')
    this.start = start
    this.stop = stop
    this.step = step
    this.length = Math.max(0, Math.ceil((stop - start) / step))
  }

  /** The item at a position that is in the range. */
  at(index: number): number {
    return this.start + index * this.step
  }

  /** Whether a value is one of the numbers. */
  includes(value: unknown): boolean {
    if (typeof value !== 'number' && typeof value !== 'boolean') return false
    const index = (Number(value) - this.start) / this.step
    return Number.isInteger(index) && index >= 0 && index < this.length
  }

  [PY_EQ](other: unknown): boolean {
    if (!(other instanceof Range) || other.length !== this.length) return false
    if (this.length === 0) return true
    return this.start === other.start && (this.length === 1 || this.step === other.step)
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.length; index++) yield this.at(index)
  }

  toString(): string {
    const step = this.step === 1 ? '' : `, ${this.step}`
    return `range(${this.start}, ${this.stop}${step})`
  }
}

import type * as nodes from './nodes.ts'
import { OperandParser } from './operands.ts'

const comparisons = new Set(['eq', 'ne', 'lt', 'lteq', 'gt', 'gteq'])
const additive: Readonly<Record<string, nodes.BinaryType>> = { add: 'Add', sub: 'Sub' }
const multiplicative: Readonly<Record<string, nodes.BinaryType>> = {
  mul: 'Mul',
  div: 'Div',
  floordiv: 'FloorDiv',
  mod: 'Mod',
}
/** The part of the parser that reads expressions, by precedence from the loosest to the tightest. */
export abstract class ExpressionParser extends OperandParser {
  override parseExpression(withConditional = true): nodes.Expression {
    return this.nested(() => (withConditional ? this.#conditional() : this.#or()))
  }

  #conditional(): nodes.Expression {
    let { lineno } = this.stream.current
    let then = this.#or()
    while (this.stream.skipIf('name:if')) {
      const test = this.#or()
      const otherwise = this.stream.skipIf('name:else') ? this.parseExpression() : null
      then = { type: 'CondExpr', test, then, otherwise, lineno }
      lineno = this.stream.current.lineno
    }
    return then
  }

  #or(): nodes.Expression {
    let { lineno } = this.stream.current
    let left = this.#and()
    while (this.stream.skipIf('name:or')) {
      left = { type: 'Or', left, right: this.#and(), lineno }
      lineno = this.stream.current.lineno
    }
    return left
  }

  #and(): nodes.Expression {
    let { lineno } = this.stream.current
    let left = this.#not()
    while (this.stream.skipIf('name:and')) {
      left = { type: 'And', left, right: this.#not(), lineno }
      lineno = this.stream.current.lineno
    }
    return left
  }

  #not(): nodes.Expression {
    const token = this.stream.nextIf('name:not')
    if (token === null) return this.#compare()
    return { type: 'Not', node: this.nested(() => this.#not()), lineno: token.lineno }
  }

  #compare(): nodes.Expression {
    let { lineno } = this.stream.current
    const expr = this.#additive()
    const ops: nodes.Operand[] = []
    while (true) {
      const op = this.#comparison()
      if (op === null) break
      ops.push({ type: 'Operand', op, expr: this.#additive(), lineno })
      lineno = this.stream.current.lineno
    }
    return ops.length === 0 ? expr : { type: 'Compare', expr, ops, lineno }
  }

  #comparison(): nodes.ComparisonOperator | null {
    const { current } = this.stream
    if (comparisons.has(current.type)) return this.stream.next().type as nodes.ComparisonOperator
    if (this.stream.skipIf('name:in')) return 'in'
    if (!this.stream.test('name:not')) return null
    const following = this.stream.look()
    if (following.type !== 'name' || following.value !== 'in') return null
    this.stream.skip(2)
    return 'notin'
  }

  #binary(
    types: Readonly<Record<string, nodes.BinaryType>>,
    operand: () => nodes.Expression,
  ): nodes.Expression {
    let { lineno } = this.stream.current
    let left = operand()
    while (true) {
      const { type } = this.stream.current
      if (!Object.hasOwn(types, type)) return left
      this.stream.next()
      left = { type: types[type] as nodes.BinaryType, left, right: operand(), lineno }
      lineno = this.stream.current.lineno
    }
  }

  #additive(): nodes.Expression {
    return this.#binary(additive, () => this.#concat())
  }

  #concat(): nodes.Expression {
    const { lineno } = this.stream.current
    const parts = [this.#multiplicative()]
    while (this.stream.skipIf('tilde')) parts.push(this.#multiplicative())
    return parts.length === 1 ? (parts[0] as nodes.Expression) : { type: 'Concat', nodes: parts, lineno }
  }

  #multiplicative(): nodes.Expression {
    return this.#binary(multiplicative, () => this.#power())
  }

  #power(): nodes.Expression {
    return this.#binary({ pow: 'Pow' }, () => this.#unary(true))
  }

  #unary(withFilter: boolean): nodes.Expression {
    const { type, lineno } = this.stream.current
    let node: nodes.Expression
    if (type === 'sub' || type === 'add') {
      this.stream.next()
      const operand = this.nested(() => this.#unary(false))
      node = { type: type === 'sub' ? 'Neg' : 'Pos', node: operand, lineno }
    } else {
      node = this.parsePrimary()
    }
    node = this.postfix(node)
    return withFilter ? this.filters(node) : node
  }
}

import { unsafe } from '../../src/sandbox/policy.ts'

/** What no template may ever print. */
export const SECRET = 'top-secret-value'

/** Things that a careless program could hand to a template. */
export function makeVictims(): { context: Record<string, unknown>; calls: string[] } {
  const calls: string[] = []
  const hidden = Symbol('hidden')

  class Point {
    x = 1
    _hidden = SECRET

    get secret(): string {
      calls.push('accessor')
      return SECRET
    }

    shout(): string {
      calls.push('method')
      return SECRET
    }

    static create(): Point {
      calls.push('static')
      return new Point()
    }
  }

  const getters = Object.create({
    get secret() {
      calls.push('inherited accessor')
      return SECRET
    },
  })
  const plain = {
    get secret() {
      calls.push('own accessor')
      return SECRET
    },
  }
  const proxy = new Proxy(new Point(), {
    get(_target, name) {
      // By a symbol of its own the engine recognises its objects: that is not the template's doing.
      if (typeof name === 'symbol') return undefined
      calls.push(`proxy ${String(name)}`)
      return SECRET
    },
  })
  const context = {
    point: new Point(),
    Point,
    getters,
    plain,
    proxy,
    symbols: { [hidden]: SECRET, [Symbol.iterator]: undefined },
    hidden,
    iterator: Symbol.iterator,
    func: (...args: unknown[]) => {
      calls.push(`function ${args.length}`)
      return SECRET
    },
    text: 'text',
    dict: { a: 1 },
    map: new Map([['a', 1]]),
    big: 10n,
    FunctionItself: Function,
    AsyncFunction: (async () => undefined).constructor,
    // biome-ignore lint/security/noGlobalEval: the test is that it is refused
    evaluate: globalThis.eval,
    reflectGet: Reflect.get,
    objectStatic: Object.getPrototypeOf,
    ObjectItself: Object,
    marked: unsafe(() => {
      calls.push('marked')
      return SECRET
    }),
  }
  return { context, calls }
}

/** A password's hash names a method that does not exist, or parameters that it cannot have. */
export class InvalidHashMethod extends Error {
  override readonly name = 'InvalidHashMethod'

  constructor(method: string, reason: string, options?: ErrorOptions) {
    const remedy = "use 'scrypt' or 'pbkdf2', as in 'scrypt:32768:8:1'"
    super(`the password hash method ${JSON.stringify(method)} ${reason}: ${remedy}`, options)
  }
}

/** How a password is hashed; `text` is the method with all its parameters, as it is stored. */
export type PasswordMethod =
  | {
      readonly kind: 'scrypt'
      readonly cost: number
      readonly blockSize: number
      readonly parallelism: number
      readonly text: string
    }
  | { readonly kind: 'pbkdf2'; readonly digest: string; readonly iterations: number; readonly text: string }

const defaultIterations = 1_000_000
const number = /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/

function wholeNumbers(method: string, texts: readonly string[]): number[] {
  return texts.map((text) => {
    if (!number.test(text)) throw new InvalidHashMethod(method, `has ${JSON.stringify(text)} for a number`)
    return Number(text.replaceAll('_', ''))
  })
}

function scryptMethod(method: string, parameters: readonly string[]): PasswordMethod {
  if (parameters.length !== 0 && parameters.length !== 3) {
    throw new InvalidHashMethod(method, 'needs three parameters')
  }
  const [cost = 32768, blockSize = 8, parallelism = 1] = wholeNumbers(method, parameters)
  const powerOfTwo = cost > 1 && Number.isInteger(Math.log2(cost))
  if (!powerOfTwo || blockSize < 1 || parallelism < 1) {
    throw new InvalidHashMethod(method, 'has parameters out of range')
  }
  return { kind: 'scrypt', cost, blockSize, parallelism, text: `scrypt:${cost}:${blockSize}:${parallelism}` }
}

function pbkdf2Method(method: string, parameters: readonly string[]): PasswordMethod {
  if (parameters.length > 2) throw new InvalidHashMethod(method, 'takes two parameters')
  const [digest = 'sha256', rounds] = parameters
  const [iterations = defaultIterations] = wholeNumbers(method, rounds === undefined ? [] : [rounds])
  if (iterations < 1) throw new InvalidHashMethod(method, 'needs one iteration or more')
  return { kind: 'pbkdf2', digest, iterations, text: `pbkdf2:${digest}:${iterations}` }
}

/**
 * Reads a method such as `scrypt`, `scrypt:32768:8:1` or `pbkdf2:sha256:1000000`.
 *
 * @param method - Parameters that are left out are Werkzeug's.
 * @throws InvalidHashMethod
 */
export function parsePasswordMethod(method: string): PasswordMethod {
  const [name, ...parameters] = method.split(':')
  if (name === 'scrypt') return scryptMethod(method, parameters)
  if (name === 'pbkdf2') return pbkdf2Method(method, parameters)
  throw new InvalidHashMethod(method, 'is not known')
}

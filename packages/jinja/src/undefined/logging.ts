import { PY_BOOL, PY_STR } from '../python/protocol.ts'
import { Undefined, type UndefinedClass } from './undefined.ts'

/** Where undefined values report their use. */
export interface UndefinedLogger {
  warning(message: string): void
  error(message: string): void
}

const CONSOLE: UndefinedLogger = {
  warning: (message) => console.warn(message),
  error: (message) => console.error(message),
}

/**
 * A class of undefined values that reports every use before it behaves as its base.
 *
 * @param logger Gets a warning for each printing, test or loop, and an error for each failure; the console if absent.
 * @param base The class to extend.
 */
export function makeLoggingUndefined(logger = CONSOLE, base: UndefinedClass = Undefined): UndefinedClass {
  return class LoggingUndefined extends base {
    #warn(): void {
      logger.warning(`Template variable warning: ${this.undefinedMessage}`)
    }

    override failWithUndefinedError(): never {
      logger.error(`Template variable error: ${this.undefinedMessage}`)
      return super.failWithUndefinedError()
    }

    override [PY_STR](): string {
      this.#warn()
      return super[PY_STR]()
    }

    override [PY_BOOL](): boolean {
      this.#warn()
      return super[PY_BOOL]()
    }

    override [Symbol.iterator](): Iterator<unknown> {
      this.#warn()
      return super[Symbol.iterator]()
    }
  }
}

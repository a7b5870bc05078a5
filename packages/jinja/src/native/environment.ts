import { Environment } from '../environment/environment.ts'
import { nativeConcat } from './native-concat.ts'

/**
 * An environment whose templates give values instead of text: a list, a number, whatever the expression is.
 *
 * @see https://jinja.palletsprojects.com/en/stable/nativetypes/
 */
export class NativeEnvironment extends Environment {
  override readonly nativeTypes: boolean = true

  override concat(values: Iterable<unknown>): unknown {
    return nativeConcat(values)
  }
}

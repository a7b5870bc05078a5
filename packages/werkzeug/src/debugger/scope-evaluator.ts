import type { Evaluator } from './evaluator.ts'

/**
 * An evaluator over names that are not JavaScript variables: a template's, or those of the console page.
 *
 * @param names - Read at every evaluation; assignments go to it.
 */
export function scopeEvaluator(names: object): Evaluator {
  // Only functions made from text are allowed to use `with`, which is what makes names of the members.
  const make = new Function('__names', 'return (__s, __h) => { with (__names) { return eval(__s) } }') as (
    names: object,
  ) => Evaluator
  return make(names)
}

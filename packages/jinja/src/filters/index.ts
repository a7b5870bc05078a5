export type { FilterContext, FilterEnvironment, FilterEvalContext } from './host.ts'
export { FILTERS } from './registry.ts'

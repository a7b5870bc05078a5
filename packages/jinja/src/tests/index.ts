export { TESTS } from './registry.ts'

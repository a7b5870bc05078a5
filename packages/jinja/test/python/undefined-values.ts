export { UndefinedError } from '../../src/errors.ts'
export { StrictUndefined } from '../../src/undefined/strict.ts'
export { Undefined } from '../../src/undefined/undefined.ts'

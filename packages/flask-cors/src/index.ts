/**
 * Cross-origin resource sharing for applications, blueprints and views.
 * @module
 */
export { crossOrigin } from './cross-origin.ts'
export { CORS } from './extension.ts'
export {
  CorsConfigError,
  type CorsOptions,
  type OneOrMany,
  type Origin,
  type OriginFunction,
} from './options.ts'
export type { Pattern } from './pattern.ts'
export type { AppCorsOptions, Resources } from './resources.ts'

/**
 * The `flask` command, and what custom commands are made of.
 * @module
 */

export { loadDotenv } from './cli/dotenv.ts'
export { CommandFailure, NoAppException } from './cli/errors.ts'
export { CommandGroup, type CommandOptions, CommandSpec, type ParameterOptions } from './cli/group.ts'
export { locateApp } from './cli/locate-app.ts'
export { main } from './cli/main.ts'
export { listRoutes, type RoutesOptions } from './cli/routes.ts'

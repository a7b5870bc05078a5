/**
 * Testing applications: the client, the command runner, and requests made by hand.
 * @module
 */
export { type CliResult, FlaskCliRunner } from './testing/cli-runner.ts'
export { FlaskClient, type FlaskClientOptions } from './testing/client.ts'
export { FlaskEnvironBuilder, type FlaskEnvironOptions } from './testing/environ.ts'

/**
 * The production server, for those that start or configure it from code. Usually it is the command `gunicorn`.
 * @module
 */

export { toApplication } from './app/application-kind.ts'
export { importApp } from './app/import-app.ts'
export { main } from './cli.ts'
export { AppImportError, BindError, HaltServer, SettingError } from './errors.ts'
export { type AccessFormat, compileAccessFormat } from './logging/access-format.ts'
export { settingsPage } from './settings/page.ts'
export { type Config, type ConfigFile, type SettingName, settings } from './settings/registry.ts'
export type { ArbiterView, HookLog, WorkerView } from './settings/server-hooks.ts'

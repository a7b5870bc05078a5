import { configFile } from './config-file.ts'
import { debugging } from './debugging.ts'
import { logging } from './logging.ts'
import { processNaming } from './process-naming.ts'
import { security } from './security.ts'
import { serverHooks } from './server-hooks.ts'
import { serverMechanics } from './server-mechanics.ts'
import { serverSocket } from './server-socket.ts'
import type { Chapter, Setting } from './setting.ts'
import { ssl } from './ssl.ts'
import { workerProcesses } from './worker-processes.ts'

/** Every setting by its name. */
export const settings = {
  ...configFile,
  ...serverSocket,
  ...workerProcesses,
  ...security,
  ...debugging,
  ...serverMechanics,
  ...logging,
  ...processNaming,
  ...ssl,
  ...serverHooks,
} as const

/** The chapters in the order of the documentation. */
export const chapters: readonly Chapter[] = [
  { title: 'Config File', settings: configFile },
  { title: 'Debugging', settings: debugging },
  { title: 'Logging', settings: logging },
  { title: 'Process Naming', settings: processNaming },
  { title: 'SSL', settings: ssl },
  { title: 'Security', settings: security },
  { title: 'Server Hooks', settings: serverHooks },
  { title: 'Server Mechanics', settings: serverMechanics },
  { title: 'Server Socket', settings: serverSocket },
  { title: 'Worker Processes', settings: workerProcesses },
]

type Values<S> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never }

/** The value of every setting. */
export type Config = Values<typeof settings>

/** The name of a setting. */
export type SettingName = keyof Config

/** Every setting as an untyped table, for those that go through all of them. */
export const settingTable: ReadonlyMap<string, Setting<unknown>> = new Map(
  Object.entries(settings) as [string, Setting<unknown>][],
)

/** All defaults. */
export function defaultConfig(): Config {
  const entries = [...settingTable].map(([name, setting]) => [name, setting.default])
  return Object.fromEntries(entries) as Config
}

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S

/** What a config file may hold: `export default { workers: 4 } satisfies ConfigFile`. Names may be in camelCase. */
export type ConfigFile = {
  readonly [K in SettingName]?: Config[K] | string
} & { readonly [K in SettingName as Camel<K>]?: Config[K] | string }

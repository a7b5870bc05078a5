/** How the process is made ready. */
export interface PrepareOptions {
  readonly instrument: boolean
}

/** Makes the process ready to look into the frames of errors, before the program is loaded. */
export function prepareDebugger(_options: PrepareOptions): void {}

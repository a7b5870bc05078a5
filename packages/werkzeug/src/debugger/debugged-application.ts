import type { Application } from '@flask-ts/wsgi'
import type { DebuggerOptions } from './debugger-options.ts'

export function debuggedApplication(app: Application, _options: DebuggerOptions = {}): Application {
  return app
}

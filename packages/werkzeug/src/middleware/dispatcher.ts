import { type Application, deriveEnviron } from '@flask-ts/wsgi'
import { targetPath } from '../wrappers/target.ts'

/**
 * Makes one application of several, each mounted at a path.
 *
 * @param app - For requests that are below no mount point.
 * @param mounts - Applications by the path that they are mounted at, such as `/api`.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/dispatcher/
 */
export function dispatcherMiddleware(
  app: Application,
  mounts: Readonly<Record<string, Application>> = {},
): Application {
  const table = new Map(Object.entries(mounts))
  return (environ) => {
    const { scriptName } = environ
    const path = targetPath(environ.target)
    let mount = path.startsWith(scriptName) ? path.slice(scriptName.length) : path
    while (mount.includes('/') && !table.has(mount)) mount = mount.slice(0, mount.lastIndexOf('/'))
    const mounted = table.get(mount) ?? app
    return mounted(mount === '' ? environ : deriveEnviron(environ, { scriptName: scriptName + mount }))
  }
}

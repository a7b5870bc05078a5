import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Notes every file that is imported from now on, packages excepted, for the reloader.
 *
 * @param onLoad - Called with the absolute path of each.
 */
export function watchLoads(onLoad: (file: string) => void): void {
  registerHooks({
    load(url, context, next) {
      // Noted before it is loaded: a file with an error in it is the one whose change matters most.
      if (url.startsWith('file:') && !url.includes('/node_modules/'))
        onLoad(fileURLToPath(url.split('?')[0]!))
      return next(url, context)
    },
  })
}
